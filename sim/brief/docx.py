"""A brief as a Word file, to be edited: real styles, numbered captions, tables with header rows, alt texts."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from sim.brief.docx_office import adopt, office_document, sheet_of
from sim.brief.docx_parts import caption, describe, fixed, nothing_above, restarted
from sim.brief.docx_styles import (
    BODY_TEXT,
    KICKER,
    LEAD,
    NOTE,
    OWN_TABLE,
    PICTURE,
    SMALL,
    TYPED,
    own_document,
    own_sheet,
)
from sim.brief.docx_table import table_element
from sim.brief.model import Block, Brief, Command, Heading, Items, Paragraph, Picture, Table, Text
from sim.brief.page import imprint, labels, moment, runs
from sim.brief.typeset import fitted
from sim.words import say

ROLES = {"lead": LEAD, "body": BODY_TEXT, "note": NOTE}
TALLEST = 0.85
"""A picture takes at most this share of the height of a page, so that its caption has room below it."""


def docx(brief: Brief, template: Path | None = None) -> bytes:
    """Return the file, in the styles and on the page of an office's own template if there is one.

    The text must have passed `characters.check`. Raises OutputError if the template is no Word file or lacks a style.
    """
    if template is None:
        fit = fitted(brief, own_sheet(brief.lang))
        document, table_style = own_document(brief.lang, fit.size), OWN_TABLE
    else:
        document, table_style = office_document(template), "Table Grid"
        fit = fitted(brief, sheet_of(document))
        adopt(document, brief.lang, fit.size)
    _Writer(document, brief, table_style, fit.scale).write()
    _properties(document, brief)
    out = BytesIO()
    document.save(out)
    return fixed(out.getvalue())


class _Writer:
    """Lays block after block into a document."""

    def __init__(self, document: Any, brief: Brief, table_style: str, scale: float) -> None:
        self._document = document
        self._brief = brief
        self._table_style = table_style
        self._styles = {style.name: style.style_id for style in document.styles}
        self._labels = labels(brief)
        section = document.sections[-1]
        self._width = section.page_width - section.left_margin - section.right_margin
        self._height = section.page_height - section.top_margin - section.bottom_margin
        self._scale = scale
        self._pictures = 0

    def write(self) -> None:
        """Write the whole brief: heading, body, annex on a page of its own."""
        self._paragraph((self._brief.title,), "Title")
        if self._brief.subtitle:
            self._paragraph((self._brief.subtitle,), "Subtitle")
        self._paragraph((imprint(self._brief),), NOTE)
        for block in self._brief.body:
            self._block(block)
        if self._brief.annex:
            kicker = self._paragraph((say("page.annex", self._brief.lang),), KICKER)
            kicker.paragraph_format.page_break_before = True
        for block in self._brief.annex:
            self._block(block)

    def _block(self, block: Block) -> None:
        laid = cast(dict[type, Callable[[Any], None]], {Heading: self._heading, Paragraph: self._running})
        laid |= {Items: self._items, Table: self._table, Picture: self._picture, Command: self._command}
        laid[type(block)](block)

    def _heading(self, block: Heading) -> None:
        self._paragraph((block.text,), f"Heading {block.level}")

    def _running(self, block: Paragraph) -> None:
        self._paragraph(block.text, ROLES[block.role])

    def _items(self, block: Items) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        paragraphs = [self._paragraph(item, style) for item in block.items]
        if block.ordered:
            restarted(self._document, paragraphs)

    def _command(self, block: Command) -> None:
        paragraph = self._paragraph((), TYPED)
        for place, line in enumerate(block.text.split("\n")):
            run = paragraph.add_run()
            if place:
                run.add_break()
            run.add_text(line)

    def _picture(self, block: Picture) -> None:
        paragraph = self._paragraph((), PICTURE)
        shape = paragraph.add_run().add_picture(BytesIO(block.png))
        share = min(self._scale * self._width / shape.width, TALLEST * self._height / shape.height)
        shape.width, shape.height = round(share * shape.width), round(share * shape.height)
        self._pictures += 1
        describe(shape, self._pictures, self._labels[block.key], block.alt)
        self._caption(block, "Figure")

    def _caption(self, block: Table | Picture, kind: str) -> Any:
        paragraph = self._paragraph((), "Caption")
        caption(paragraph, say("page.caption", self._brief.lang, label=self._labels[block.key]), kind)
        self._runs(paragraph, (block.caption,))
        return paragraph

    def _table(self, block: Table) -> None:
        self._caption(block, "Table").paragraph_format.keep_with_next = True
        table = table_element(block, self._styles[self._table_style], self._styles[SMALL], self._width)
        self._document.element.body.insert_element_before(table, "w:sectPr")
        for note in block.notes:
            nothing_above(self._paragraph(note, NOTE))
        if not block.notes:
            nothing_above(self._paragraph((), NOTE))

    def _paragraph(self, text: Text, style: str) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]  # the library looks through all styles at each paragraph
        self._runs(paragraph, text)
        return paragraph

    def _runs(self, paragraph: Any, text: Text) -> None:
        for run in runs(text):
            made = paragraph.add_run(run.text)
            made.font.superscript = run.raised or None


def _properties(document: Any, brief: Brief) -> None:
    """Set what the file says of itself; its date is that of the brief, so that the bytes are the same each time."""
    properties = document.core_properties
    properties.title = brief.title
    properties.subject = brief.subtitle
    properties.author = properties.last_modified_by = brief.made_by
    properties.comments = properties.keywords = ""
    properties.language = {"zh": "zh-CN", "en": "en-GB"}[brief.lang]
    properties.created = properties.modified = moment(brief).replace(tzinfo=None)
    properties.revision = 1
