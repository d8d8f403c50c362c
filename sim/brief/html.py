"""A brief as one web page that needs nothing beside itself: its charts and fonts are part of the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.brief.characters import plain
from sim.brief.fonts import CHINESE, LATIN, Face, faces
from sim.brief.model import Brief, Heading, Picture, Table, texts
from sim.brief.page import imprint, labels, origin_words, wholes
from sim.brief.svg import drawing
from sim.words import say

LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def html(brief: Brief) -> str:
    """Return the page. Its text must have passed `characters.check`."""
    drawings = {block.key: drawing(block, f"pic-{n}") for n, block in enumerate(_pictures(brief), 1)}
    named = labels(brief)
    around = [imprint(brief), *(say(f"page.{key}", brief.lang) for key in ("skip", "main", "annex"))]
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            language=LANGUAGES[brief.lang],
            imprint=around[0],
            labels={key: say("page.caption", brief.lang, label=label) for key, label in named.items()},
            drawings={key: Markup(picture.markup) for key, picture in drawings.items()},
            widths={key: round(picture.width) for key, picture in drawings.items()},
            faces=_faces(brief, [*around, *named.values()], drawings.values()),
            families=(LATIN, CHINESE),
            style=Markup(resources.files("sim.brief").joinpath("templates/brief.css").read_text(encoding="utf-8")),
            kind=lambda block: type(block).__name__,
            wholes=wholes,
            origin=lambda number: origin_words(number.origin, brief.lang),
            say=lambda key: say(f"page.{key}", brief.lang),
        )
    )


def _pictures(brief: Brief) -> Iterator[Picture]:
    return (block for block in brief.blocks if isinstance(block, Picture))


def _faces(brief: Brief, around: list[str], drawings: Any) -> tuple[Face, ...]:
    """Return the fonts with what the page shows: all of it, what is bold, what stands in pictures."""
    words = [brief.title, brief.subtitle, *around]
    strong = [brief.title, *around]
    for block in brief.blocks:
        shown = [plain(text) for text in texts(block)]
        words += shown
        if isinstance(block, Heading):
            strong += shown
        elif isinstance(block, Table | Picture):
            strong += [block.caption, *getattr(block, "heads", ())]
    pictures: set[str] = set().union(*(picture.characters for picture in drawings))
    return faces(set("".join(words)) - {"\n"}, set("".join(strong)), pictures - {"\n"}, brief.lang)


@cache
def _environment() -> Environment:
    loader = PackageLoader("sim.brief")
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, **options)
