"""Setting a brief by typst: the page as data for the template, and the size at which the body fits its pages."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.brief.fonts import CHINESE, LATIN, folders, latin_characters
from sim.brief.model import Block, Brief, Command, Heading, Items, Paragraph, Picture, Table, Text
from sim.brief.page import day, imprint, labels, wholes
from sim.words import say

if TYPE_CHECKING:
    from typst import Compiler

REGIONS = {"zh": "CN", "en": "GB"}
PAGES = 2
"""So many pages the body may take."""

END = "<end-of-body>"


@dataclass(frozen=True, slots=True)
class Fit:
    """Size of the text [points], and width of the pictures as a share of the line."""

    size: float
    scale: float


FITS = tuple(
    Fit(size, scale)
    for size, scale in (
        *((10.5, 1.0), (10.25, 0.95), (10.0, 0.95), (9.75, 0.9), (9.5, 0.9), (9.25, 0.85), (9.0, 0.85)),
        *((9.0, 0.8), (9.0, 0.75), (9.0, 0.7), (9.0, 0.65), (9.0, 0.6), (9.0, 0.55), (9.0, 0.5), (9.0, 0.45)),
    )
)
"""From the largest to the smallest that still reads well."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: width and height, then its margins at top, bottom, left and right [mm]; whether pictures may float."""

    width: float = 210
    height: float = 297
    top: float = 17
    bottom: float = 18
    left: float = 21
    right: float = 21
    floats: bool = True


def fitted(brief: Brief, sheet: Sheet) -> Fit:
    """Return the largest of FITS at which the body takes no more than PAGES; if there is none, the smallest."""
    body = {**page_data(brief, sheet), "annex": []}
    place = bisect_left(FITS, True, key=lambda fit: _last_page(body, fit) <= PAGES)
    return FITS[min(place, len(FITS) - 1)]


def compiler(page: dict[str, Any], fit: Fit) -> Compiler:
    """Return what sets a page (of `page_data`) with the fonts of the brief and no others."""
    from typst import Compiler

    template = Path(str(resources.files("sim.brief"))) / "templates" / "brief.typ"
    inputs = {"brief": json.dumps({**page, "size": fit.size, "scale": fit.scale}, ensure_ascii=False)}
    return Compiler(template, font_paths=list(folders()), ignore_system_fonts=True, sys_inputs=inputs)


def _last_page(page: dict[str, Any], fit: Fit) -> int:
    """Return the number of the page on which the body ends."""
    return int(compiler(page, fit).query(END, field="value", one=True))


def page_data(brief: Brief, sheet: Sheet) -> dict[str, Any]:
    """Return the brief as data for the template."""
    named = {key: say("page.caption", brief.lang, label=label) for key, label in labels(brief).items()}
    when = day(brief)
    return {
        "sheet": asdict(sheet),
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


def _runs(text: Text) -> list[dict[str, Any]]:
    """Return the stretches of a text by what is held together; figures and a mark hold together by themselves."""
    return [
        {
            "held": len(whole) > 1 and whole[0].number is None,
            "runs": [{"text": run.text, "raised": run.raised} for run in whole],
        }
        for whole in wholes(text)
    ]
