"""What a brief is before it is a page: blocks of text, tables and pictures, whose numbers know their origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sim.words import Lang

Kind = Literal["result", "input", "count"]
"""Of a number: measured in stored runs; an input or a fact from a source; counted or set by the study."""

Mark = Literal["", "†", "‡"]
"""†: rests on assumed inputs of the port. ‡: what a measure itself is taken to do, or a price, is assumed as well."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from.

    digests: of the run, or of base and reform of a difference. metric: `metric.flow.group.statistic`; of an input its
    dotted path or the key of its source; of a count what was counted. part: which number of it, as mean, low, high,
    base, reform, difference. replications: the numbers of the replications that it is over; none for an input.
    """

    kind: Kind
    digests: tuple[str, ...]
    metric: str
    part: str
    replications: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, without its unit: its words, its value [unit], where it comes from, its mark."""

    text: str
    value: float
    unit: str
    origin: Origin
    mark: Mark = ""


Piece: TypeAlias = str | Number
Text: TypeAlias = tuple[Piece, ...]
"""Running text. Digits stand in a plain piece only as part of a name: P90, 48 h, phase IV, a date, a document."""

Role = Literal["lead", "body", "note"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the brief or the annex, 2 a part of it."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. lead: the answer, set larger. note: small, below a table."""

    text: Text
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of a row is its head. numeric: which columns hold numbers, set to the right.

    widths: share of the width for each column; they add up to 1.
    """

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: SVG (text stays text, in the charts' font), PNG of the same, its caption, and what it shows."""

    key: str
    caption: str
    alt: str
    svg: bytes
    png: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed at a prompt, to be copied as it is."""

    text: str


Block: TypeAlias = Heading | Paragraph | Items | Table | Picture | Command


@dataclass(frozen=True)
class Brief:
    """A brief in one language. body: what fits two pages. annex: what stands after them. digests: of all runs used.

    dated: ISO date of the brief, of the text and of the document's properties. made_by: program and version.
    """

    lang: Lang
    title: str
    subtitle: str
    dated: str
    made_by: str
    body: tuple[Block, ...]
    annex: tuple[Block, ...]
    digests: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the pages."""
        return self.body + self.annex


def texts(block: Block) -> Iterator[Text]:
    """Yield every running text of a block in reading order, captions and heads included."""
    if isinstance(block, Heading):
        yield (block.text,)
    elif isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Items):
        yield from block.items
    elif isinstance(block, Table):
        yield (block.caption,)
        yield from ((head,) for head in block.heads)
        for row in block.rows:
            yield from row
        yield from block.notes
    elif isinstance(block, Picture):
        yield (block.caption,)
    else:
        yield (block.text,)


def numbers(brief: Brief) -> Iterator[Number]:
    """Yield every number of a brief in reading order."""
    for block in brief.blocks:
        for text in texts(block):
            yield from (piece for piece in text if isinstance(piece, Number))
