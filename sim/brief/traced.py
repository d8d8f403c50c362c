"""The table of all numbers of a brief, each with where it stands and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.brief.model import Block, Brief, Heading, Number, Picture, Table, Text, texts

COLUMNS = ("place", "text", "value", "unit", "kind", "digests", "metric", "part", "replications", "mark")
MARKS = "†‡"


def rows(brief: Brief) -> list[dict[str, Any]]:
    """Return a row for each number in reading order, its keys as COLUMNS.

    place: the heading that it stands under; in a table, its key, row and column. mark: its own, or that of its row,
    column or table.
    """
    return [
        {
            "place": place,
            "text": number.text,
            "value": number.value,
            "unit": number.unit,
            "kind": number.origin.kind,
            "digests": " ".join(number.origin.digests),
            "metric": number.origin.metric,
            "part": number.origin.part,
            "replications": _ranges(number.origin.replications),
            "mark": number.mark or mark,
        }
        for place, number, mark in _numbers(brief)
    ]


def _numbers(brief: Brief) -> Iterator[tuple[str, Number, str]]:
    heading = ""
    for block in brief.blocks:
        if isinstance(block, Heading):
            heading = block.text
        yield from _of_block(block, heading)


def _of_block(block: Block, heading: str) -> Iterator[tuple[str, Number, str]]:
    if not isinstance(block, Table):
        place = block.key if isinstance(block, Picture) else heading
        for text in texts(block):
            yield from ((place, number, "") for number in _in(text))
        return
    for row in block.rows:
        name = _words(row[0])
        for head, cell in zip(block.heads, row, strict=True):
            mark = _mark(head) or _mark(name) or _mark(block.caption)
            place = f"{block.key}: {name.rstrip(MARKS)}, {head.rstrip(MARKS)}"
            yield from ((place, number, mark) for number in _in(cell))
    for note in block.notes:
        yield from ((f"{block.key}: note", number, "") for number in _in(note))


def _in(text: Text) -> Iterator[Number]:
    return (piece for piece in text if isinstance(piece, Number))


def _words(text: Text) -> str:
    return "".join(piece.text if isinstance(piece, Number) else piece for piece in text)


def _mark(words: str) -> str:
    return words[-1] if words and words[-1] in MARKS else ""


def _ranges(numbers: tuple[int, ...]) -> str:
    """Return replications as "0-9", or "0 2 5" where they do not follow each other."""
    if len(numbers) > 1 and numbers == tuple(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}"
    return " ".join(str(number) for number in numbers)
