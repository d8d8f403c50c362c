"""A brief as PDF by typst: tagged, for archives (PDF/A-2a) and screen readers (PDF/UA-1), the same bytes each time."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.brief.fonts import CHINESE, LATIN, folders, latin_characters
from sim.brief.model import Block, Brief, Command, Heading, Items, Paragraph, Picture, Table, Text
from sim.brief.page import day, imprint, labels, moment, wholes
from sim.words import say

if TYPE_CHECKING:
    from typst import Compiler

STANDARDS: Any = ["a-2a", "ua-1"]
REGIONS = {"zh": "CN", "en": "GB"}
PAGES = 2
"""So many pages the body may take."""

FITS = (
    *((10.5, 1.0), (10.25, 0.95), (10.0, 0.95), (9.75, 0.9), (9.5, 0.9), (9.25, 0.85), (9.0, 0.85)),
    *((9.0, 0.8), (9.0, 0.75), (9.0, 0.7), (9.0, 0.65), (9.0, 0.6), (9.0, 0.55)),
)
"""Size of the text [points] and width of the pictures [of the line], from the largest to the least that reads well."""

END = "<end-of-body>"


def pdf(brief: Brief) -> bytes:
    """Return the PDF. Its text must have passed `characters.check`.

    The body is set as large as two pages allow; if it does not fit at the smallest size that reads well, it is set at
    that size on more pages.
    """
    page = _page(brief)
    body = {**page, "annex": []}
    place = bisect_left(FITS, True, key=lambda fit: _last_page(body, fit) <= PAGES)
    made = _compiler(page, FITS[min(place, len(FITS) - 1)]).compile(
        format="pdf", pdf_standards=STANDARDS, timestamp=int(moment(brief).timestamp())
    )
    assert isinstance(made, bytes)
    return made


def _last_page(page: dict[str, Any], fit: tuple[float, float]) -> int:
    """Return the number of the page on which the body ends."""
    return int(_compiler(page, fit).query(END, field="value", one=True))


def _compiler(page: dict[str, Any], fit: tuple[float, float]) -> Compiler:
    """Return what sets a page at a size, with the fonts of the brief and no others."""
    from typst import Compiler

    template = Path(str(resources.files("sim.brief"))) / "templates" / "brief.typ"
    size, scale = fit
    inputs = {"brief": json.dumps({**page, "size": size, "scale": scale}, ensure_ascii=False)}
    return Compiler(template, font_paths=list(folders()), ignore_system_fonts=True, sys_inputs=inputs)


def _page(brief: Brief) -> dict[str, Any]:
    """Return the brief as data for the template."""
    named = {key: say("page.caption", brief.lang, label=label) for key, label in labels(brief).items()}
    when = day(brief)
    return {
        "lang": brief.lang,
        "region": REGIONS[brief.lang],
        "title": brief.title,
        "subtitle": brief.subtitle,
        "imprint": imprint(brief),
        "made_by": brief.made_by,
        "date": [when.year, when.month, when.day],
        "kicker": say("page.annex", brief.lang),
        "page": say("page.number", brief.lang),
        "families": [LATIN, CHINESE],
        "latin": f"[{re.escape(''.join(sorted(latin_characters(brief.lang))))}]",
        "body": [_block(block, named) for block in brief.body],
        "annex": [_block(block, named) for block in brief.annex],
    }


def _block(block: Block, named: dict[str, str]) -> dict[str, Any]:
    """Return one block as data."""
    if isinstance(block, Heading):
        return {"is": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"is": block.role, "text": _runs(block.text)}
    if isinstance(block, Items):
        return {"is": "items", "ordered": block.ordered, "items": [_runs(item) for item in block.items]}
    if isinstance(block, Command):
        return {"is": "command", "text": block.text}
    caption = {"label": named[block.key], "caption": _runs((block.caption,))}
    if isinstance(block, Picture):
        return {"is": "picture", **caption, "alt": block.alt, "svg": block.svg.decode("utf-8")}
    return {"is": "table", **caption, **_table(block)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "heads": [_runs((head,)) for head in table.heads],
        "rows": [[{"text": _runs(cell)} for cell in row] for row in table.rows],
        "numeric": table.numeric,
        "widths": table.widths,
        "notes": [_runs(note) for note in table.notes],
    }


def _runs(text: Text) -> list[list[dict[str, Any]]]:
    """Return what is not parted by a line's end, each as its stretches."""
    return [[{"text": run.text, "raised": run.raised} for run in whole] for whole in wholes(text)]
