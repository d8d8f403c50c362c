"""Parts of a Word file that its library has no calls for: caption fields, alt text, header rows, dateless bytes."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell

from sim.brief.model import Table

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file within the archive: the earliest that the format knows."""

DEFLATED = 6
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFIED = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def element(tag: str, **attributes: object) -> Any:
    """Return a new element such as w:jc, its attributes with the prefix of the tag."""
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), str(value))
    return made


def caption(paragraph: Any, label: str, kind: str) -> None:
    """Begin a caption with its label; its number is a SEQ field, so that Word counts on when figures are added."""
    before, number, after = re.split(r"(\d+)", label, maxsplit=1)
    paragraph.add_run(before).bold = True
    field = element("w:fldSimple", instr=f" SEQ {kind} \\* ARABIC ")
    run = paragraph.add_run(number)
    run.bold = True
    field.append(run._r)
    paragraph._p.append(field)
    paragraph.add_run(after).bold = True


def describe(shape: Any, number: int, name: str, alt: str) -> None:
    """Give a picture its number in the document, its name and the text that is read instead of it."""
    properties = shape._inline.docPr
    properties.set("id", str(number))
    properties.set("name", name)
    properties.set("descr", alt)


def cells_of(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row of a table without merged cells; the library's own way looks every cell up anew."""
    for row in table._tbl.tr_lst:
        yield [_Cell(cell, table) for cell in row.tc_lst]


def header_row(table: Any) -> None:
    """Repeat the first row on every page, and break no row over two of them."""
    for place, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if place == 0:
            properties.append(element("w:tblHeader"))


def table_look(table: Any, block: Table, width: int) -> None:
    """Set widths of columns [share of `width`], and say that the first row and the first column are heads."""
    table.autofit = False
    widths = [round(width * share) for share in block.widths]
    for column, size in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = size
    for cells in cells_of(table):
        for cell, size in zip(cells, widths, strict=True):
            cell.width = size
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")) + properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.insert(1, element("w:tblW", type="dxa", w=round(width / Pt(1) * 20)))
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties.append(element("w:tblLook", val="06A0", **look))
    properties.append(element("w:tblCaption", val=block.caption))


def nothing_above(paragraph: Any) -> None:
    """Let a note stand close under its table."""
    paragraph.paragraph_format.space_before = Pt(2)


def restarted(document: Any, paragraphs: Sequence[Any]) -> None:
    """Number a list from 1 again: a list style alone counts on through the whole document."""
    style = document.styles["List Number"].element.find(f".//{qn('w:numId')}")
    if style is None:
        return
    numbering = document.part.numbering_part.element
    kinds = {num.get(qn("w:numId")): num for num in numbering.findall(qn("w:num"))}
    model = kinds.get(style.get(qn("w:val")))
    if model is None:
        return
    number = max(int(key) for key in kinds) + 1
    num = element("w:num", numId=number)
    num.append(copy.deepcopy(model.find(qn("w:abstractNumId"))))
    override = element("w:lvlOverride", ilvl=0)
    override.append(element("w:startOverride", val=1))
    num.append(override)
    list(kinds.values())[-1].addnext(num)
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def fixed(content: bytes) -> bytes:
    """Return the archive with every file dated the same, so that equal briefs are equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=DEFLATED)
    return out.getvalue()
