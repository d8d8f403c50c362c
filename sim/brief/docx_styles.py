"""The styles of a Word file without an office's template: near GB/T 9704 in Chinese, plain in English.

GB/T 9704-2012 sets the text of an official document in 仿宋 at 三号 (16 points), 22 lines of 28 characters a page.
Two charts and two tables would leave room for half a page of it. So the page, the typefaces (小标宋 for the title,
黑体 and 楷体 for headings, 仿宋 for the text, 宋体 for the page number) and the page number itself are those of the
standard; the text is as large as two pages allow, 五号 (10.5 points) at most, and the title is 二号 (22 points) beside
that, and shrinks with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sim.brief.docx_fonts import forget_theme, name_fonts, set_fonts, speak
from sim.brief.docx_footer import page_numbers
from sim.brief.docx_parts import CENTRE, JUSTIFIED, element
from sim.brief.typeset import Sheet
from sim.words import Lang

LEAD, NOTE, SMALL, TYPED, OWN_TABLE = "Brief Lead", "Brief Note", "Brief Small", "Brief Command", "Brief Table"
BODY_TEXT, KICKER, PICTURE = "Brief Text", "Brief Annex", "Brief Picture"
OWN_STYLES = (BODY_TEXT, KICKER, LEAD, NOTE, PICTURE, SMALL, TYPED)

ACCENT = RGBColor(0x17, 0x4A, 0x7C)
INK = RGBColor(0x1C, 0x24, 0x30)
FAINT = RGBColor(0x55, 0x60, 0x6E)


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks: fonts for Latin and Chinese, size [of that of the text], space before and after [points]."""

    latin: str
    chinese: str
    size: float
    before: float = 0
    after: float = 0
    colour: RGBColor = INK
    bold: bool = False


SANS, SERIF = "Arial", "Times New Roman"

LOOKS: dict[Lang, dict[str, Look]] = {
    "zh": {
        "Normal": Look(SERIF, "仿宋_GB2312", 1),
        "Title": Look(SERIF, "方正小标宋简体", 22 / 10.5, 0, 6),
        "Subtitle": Look(SERIF, "楷体_GB2312", 1.15, 0, 2),
        "Heading 1": Look(SERIF, "黑体", 1.15, 7, 3),
        "Heading 2": Look(SERIF, "楷体_GB2312", 1.05, 4, 2, INK, True),
        "Caption": Look(SERIF, "黑体", 0.9, 5, 2),
        "List Bullet": Look(SERIF, "仿宋_GB2312", 1, 0, 1),
        "List Number": Look(SERIF, "仿宋_GB2312", 1, 0, 1),
        "Header": Look(SERIF, "宋体", 0.9),
        BODY_TEXT: Look(SERIF, "仿宋_GB2312", 1, 0, 3),
        KICKER: Look(SERIF, "黑体", 1.15),
        LEAD: Look(SERIF, "楷体_GB2312", 1.12, 2, 4),
        NOTE: Look(SERIF, "仿宋_GB2312", 0.84, 0, 2, FAINT),
        PICTURE: Look(SERIF, "宋体", 1, 4, 0),
        SMALL: Look(SERIF, "宋体", 0.87),
        TYPED: Look("Consolas", "宋体", 0.82, 3, 3),
    },
    "en": {
        "Normal": Look(SANS, "宋体", 1),
        "Title": Look(SANS, "黑体", 1.8, 0, 5, INK, True),
        "Subtitle": Look(SANS, "黑体", 1.06, 0, 2),
        "Heading 1": Look(SANS, "黑体", 1.2, 8, 3, ACCENT, True),
        "Heading 2": Look(SANS, "黑体", 1, 5, 2, INK, True),
        "Caption": Look(SANS, "黑体", 0.9, 5, 2),
        "List Bullet": Look(SANS, "宋体", 1, 0, 2),
        "List Number": Look(SANS, "宋体", 1, 0, 2),
        "Header": Look(SANS, "宋体", 0.85),
        BODY_TEXT: Look(SANS, "宋体", 1, 0, 3),
        KICKER: Look(SANS, "黑体", 1, 0, 0, FAINT, True),
        LEAD: Look(SANS, "黑体", 1.1, 3, 5),
        NOTE: Look(SANS, "宋体", 0.8, 0, 2, FAINT),
        PICTURE: Look(SANS, "宋体", 1, 4, 0),
        SMALL: Look(SANS, "宋体", 0.85),
        TYPED: Look("Consolas", "宋体", 0.82, 3, 3),
    },
}
"""By language and style."""

PITCH = {"zh": 1.36, "en": 1.26}
"""From line to line, in sizes of the text: fixed as in the standard, since fonts that stand in have other heights."""

FOOTER = {"zh": Look(SERIF, "宋体", 14), "en": Look(SANS, "宋体", 8, colour=FAINT)}
"""The page number, of fixed size; in Chinese 四号 (14 points) as in the standard."""

MARGINS = {"zh": (37, 35, 28, 26), "en": (20, 20, 22, 22)}
"""Top, bottom, left and right [mm]; in Chinese those of GB/T 9704: type area of 156 by 225 mm."""

SPARE = 8
"""Of the height of a page [mm] as much is left free, since Word breaks lines otherwise than the program that fits."""


def own_sheet(lang: Lang) -> Sheet:
    """Return the page on which a text must fit."""
    top, bottom, left, right = MARGINS[lang]
    return Sheet(top=top, bottom=bottom + SPARE, left=left, right=right, floats=False)


def own_document(lang: Lang, size: float) -> Any:
    """Return an empty document on A4 with all styles that a brief needs, its text of this size [points]."""
    document = Document()
    forget_theme(document)
    add_missing(document, lang, size)
    for name, look in LOOKS[lang].items():
        _apply(document.styles[name], look, size)
        document.styles[name].paragraph_format.line_spacing = Pt(half_points(look.size * size * PITCH[lang]))
    document.styles[PICTURE].paragraph_format.line_spacing = 1.0
    _apply(document.styles["Footer"], FOOTER[lang], 1)
    _paragraphs(document, lang)
    _add_table_style(document)
    speak(document, lang)
    name_fonts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = map(Mm, MARGINS[lang])
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
    section.header_distance, section.footer_distance = Mm(15), Mm(27 if lang == "zh" else 10)
    page_numbers(document, lang)
    return document


def half_points(size: float) -> float:
    """Return a size [points] as Word has it, in halves of a point."""
    return round(2 * size) / 2


def add_missing(document: Any, lang: Lang, size: float) -> None:
    """Add the styles that are the brief's own, and Subtitle, where a document does not have them."""
    styles = document.styles
    known = {style.name for style in styles}
    for name in (*OWN_STYLES, "Subtitle"):
        if name not in known:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.quick_style = True
            look = LOOKS[lang][name]
            style.font.size = Pt(half_points(look.size * size))
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(look.before), Pt(look.after)


def _apply(style: Any, look: Look, size: float) -> None:
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(half_points(look.size * size)), look.bold, False
    font.color.rgb = look.colour
    set_fonts(style, look.latin, look.chinese)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    for old in style.element.findall(f".//{qn('w:spacing')}"):
        if old.getparent().tag == qn("w:rPr"):
            old.getparent().remove(old)


def _paragraphs(document: Any, lang: Lang) -> None:
    """Set what is not type: lines, indents, borders, what is kept together."""
    styles = document.styles
    if lang == "zh":
        styles["Title"].paragraph_format.alignment = styles["Subtitle"].paragraph_format.alignment = CENTRE
        styles[BODY_TEXT].paragraph_format.alignment = JUSTIFIED
    for name in ("Heading 1", "Heading 2"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.left_indent, styles[name].paragraph_format.first_line_indent = Pt(14), Pt(-12)
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    lead = styles[LEAD].element.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element("w:left", val="single", sz=18, space=8, color=str(ACCENT)))
    lead.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    styles[LEAD].paragraph_format.left_indent = Pt(10)


def _add_table_style(document: Any) -> None:
    """Add the table style: a rule above and below, one under the heads, thin ones between rows."""
    style = document.styles.add_style(OWN_TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    strong = {"val": "single", "sz": 6, "space": 0, "color": "7D8896"}
    thin = {"val": "single", "sz": 4, "space": 0, "color": "D5DAE1"}
    borders.extend([element("w:top", **strong), element("w:bottom", **strong), element("w:insideH", **thin)])
    margins = element("w:tblCellMar")
    sides = {"top": 15, "left": 60, "bottom": 15, "right": 60}
    margins.extend([element(f"w:{side}", w=size, type="dxa") for side, size in sides.items()])
    properties.extend([borders, margins])
    heads = element("w:tblStylePr", type="firstRow")
    cells = element("w:tcPr")
    under = element("w:tcBorders")
    under.append(element("w:bottom", **strong))
    cells.extend([under, element("w:vAlign", val="bottom")])
    heads.append(cells)
    style.element.extend([properties, heads])
