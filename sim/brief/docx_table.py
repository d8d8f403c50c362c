"""A table of a Word file, written as XML at once: cell by cell through the library takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sim.brief.model import Table, Text
from sim.brief.page import runs

TWIP = 635
"""A twentieth of a point in the library's unit of length."""

WHOLE_ROWS = 12
"""A table of so many rows, with its head, is not broken over two pages; a longer one keeps two of them together."""

LOOK = 'w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
"""The first row and the first column are heads, for the table's style and for screen readers."""


def table_element(block: Table, table_style: str, text_style: str, width: int) -> Any:
    """Return the table with the ids of two styles, as wide as `width`; its first row repeats, and no row is broken."""
    sizes = [round(width * share / TWIP) for share in block.widths]
    lines = [tuple((head,) for head in block.heads), *block.rows]
    held = len(lines) if len(lines) <= WHOLE_ROWS else 2
    rows = (_row(zip(line, block.numeric, sizes, strict=True), text_style, n, held) for n, line in enumerate(lines))
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblStyle w:val={quoteattr(table_style)}/>"
        f'<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {LOOK}/>'
        f"<w:tblCaption w:val={quoteattr(block.caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Iterable[tuple[Text, bool, int]], style: str, place: int, held: int) -> str:
    """Return a row of cells: their text, whether it is a number, their width; the first `held` rows keep together."""
    laid = (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>'
        f"<w:p>{_paragraph(style, numeric, place < held - 1)}{''.join(_runs(text, bold=place == 0))}</w:p></w:tc>"
        for text, numeric, size in cells
    )
    head = "" if place else "<w:tblHeader/>"
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(laid)}</w:tr>"


def _paragraph(style: str, numeric: bool, keep: bool) -> str:
    side = "right" if numeric else "left"
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:pPr><w:pStyle w:val={quoteattr(style)}/>{kept}<w:jc w:val="{side}"/></w:pPr>'


def _runs(text: Text, *, bold: bool) -> Iterator[str]:
    for run in runs(text):
        looks = ("<w:b/>" if bold else "") + ('<w:vertAlign w:val="superscript"/>' if run.raised else "")
        yield f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
