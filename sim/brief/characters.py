"""Characters that no page can show: refused before anything is written, with the text that they stand in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sim.brief.fonts import FAMILIES, covered
from sim.brief.model import Brief, Command, Text, texts
from sim.errors import OutputError, Problem

SHOWN = 40
"""So many characters of a text are shown in a message."""


def check(brief: Brief) -> None:
    """Raise OutputError with every text that holds a control character or one that the fonts of the brief lack."""
    problems = [problem for where, text in _texts(brief) for problem in _problems(where, text)]
    if problems:
        raise OutputError(dict.fromkeys(problems))


def plain(text: Text) -> str:
    """Return running text as one string, numbers with their marks."""
    return "".join(piece if isinstance(piece, str) else f"{piece.text}{piece.mark}" for piece in text)


def _texts(brief: Brief) -> Iterator[tuple[str, str]]:
    yield "title", brief.title
    yield "subtitle", brief.subtitle
    yield "made_by", brief.made_by
    for block in brief.blocks:
        for text in texts(block):
            words = plain(text)
            yield _shortened(words), words.replace("\n", " ") if isinstance(block, Command) else words


def _problems(where: str, text: str) -> Iterator[Problem]:
    for char in sorted(char for char in set(text) if not any(char in covered(family) for family in FAMILIES)):
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
            yield Problem(f"control character {_point(char)} in a text of the brief", where, "take it out of the text")
        else:
            what = f"no font of the brief has the character {char!r} ({_point(char)})"
            yield Problem(
                what, where, "write it otherwise: the fonts have Latin, Greek and the 8,105 standard characters"
            )


def _point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _shortened(text: str) -> str:
    words = "".join(char if char.isprintable() else "?" for char in text)
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
