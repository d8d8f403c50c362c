"""Page numbers of a Word file: in Chinese as GB/T 9704 has them, outside at the bottom between dashes."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt

from sim.brief.docx_parts import CENTRE, LEFT, RIGHT, element
from sim.words import Lang, say

INDENT = Pt(14)
"""One character of the page number, by which it stands in from the edge of the text."""


def page_numbers(document: Any, lang: Lang) -> None:
    """Write the page number into the footer; in Chinese right on odd pages, left on even ones."""
    section = document.sections[0]
    if lang == "zh":
        document.settings.odd_and_even_pages_header_footer = True
        _number(section.footer, lang, RIGHT).right_indent = INDENT
        _number(section.even_page_footer, lang, LEFT).left_indent = INDENT
    else:
        _number(section.footer, lang, CENTRE)


def _number(footer: Any, lang: Lang, side: int) -> Any:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    before, _, after = say("page.number", lang).partition("{page}")
    paragraph.add_run(before)
    field = element("w:fldSimple", instr=" PAGE ")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
    paragraph.add_run(after)
    return paragraph.paragraph_format
