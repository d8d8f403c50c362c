"""What a brief says, as text to look into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.brief.model import Block, Brief, Command, Number, Paragraph, Table, Text, texts

NO_BREAK = "\u00a0"


def spelled(text: Text) -> str:
    """Return a running text as it reads, marks left out; a space that does not break is a space."""
    return "".join(piece.text if isinstance(piece, Number) else piece for piece in text).replace(NO_BREAK, " ")


def plain(text: Text) -> str:
    """Return what a running text says beside its numbers; a number leaves a gap."""
    return "".join(" # " if isinstance(piece, Number) else piece for piece in text).replace(NO_BREAK, " ")


def said(blocks: Sequence[Block]) -> str:
    """Return all that blocks say, a line for each text."""
    return "\n".join(spelled(text) for block in blocks for text in texts(block))


def lead(brief: Brief) -> str:
    """Return the answer."""
    return next(spelled(block.text) for block in brief.body if isinstance(block, Paragraph) and block.role == "lead")


def table(brief: Brief, key: str) -> Table:
    """Return the table of a key."""
    return next(block for block in brief.blocks if isinstance(block, Table) and block.key == key)


def commands(blocks: Sequence[Block]) -> list[str]:
    """Return what is to be typed."""
    return [block.text for block in blocks if isinstance(block, Command)]


def number(text: Text) -> Number:
    """Return the first number of a text."""
    return next(piece for piece in text if isinstance(piece, Number))


def results_in(brief: Brief) -> Iterator[Number]:
    """Yield every number that was measured in runs."""
    for block in brief.blocks:
        for text in texts(block):
            yield from (p for p in text if isinstance(p, Number) and p.origin.kind == "result")
