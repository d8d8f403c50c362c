"""Fonts and languages of a Word file: named for Latin and Chinese, with what stands in where one is not installed."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from sim.brief.docx_parts import element
from sim.words import Lang

STAND_INS = {
    "方正小标宋简体": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "Consolas": "DejaVu Sans Mono",
}
"""A file can only name fonts. Word takes the second name where the first is not installed."""

KINDS = ("ascii", "hAnsi", "eastAsia", "cs")
THEME_KINDS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
TAGS = {"zh": ("en-US", "zh-CN"), "en": ("en-GB", "zh-CN")}
"""Languages of Latin and of Chinese text, for spelling and for reading aloud."""


def set_fonts(style: Any, latin: str, chinese: str) -> None:
    """Name the fonts of a style; those of the theme would win over them."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in THEME_KINDS:
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind, name in zip(KINDS, (latin, latin, chinese, latin), strict=True):
        fonts.set(qn(f"w:{kind}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def forget_theme(document: Any) -> None:
    """Take every font that is given by the theme out of the styles."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for kind in THEME_KINDS:
            fonts.attrib.pop(qn(f"w:{kind}"), None)


def speak(document: Any, lang: Lang) -> None:
    """Say in which languages the text is."""
    latin, chinese = TAGS[lang]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        return
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(element("w:lang", val=latin, eastAsia=chinese, bidi="ar-SA"))


def name_fonts(document: Any) -> None:
    """Write the table of fonts anew, with what stands in for each."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    for related in document.part.rels.values():
        if related.reltype.endswith("/fontTable"):
            part = related.target_part
            table = parse_xml(part.blob)
            for child in list(table):
                table.remove(child)
            for name, stand_in in STAND_INS.items():
                font = element("w:font", name=name)
                font.append(element("w:altName", val=stand_in))
                table.append(font)
            part._blob = serialize_part_xml(table)
