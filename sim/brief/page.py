"""What all three renderers put around the model in the same words: runs, labels of tables and figures, date, origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sim.brief.model import Brief, Number, Origin, Picture, Table, Text
from sim.words import Lang, say

MARKS = "†‡"
LAST = re.compile(r"\S[)\]%”’）】》」』％。，；：、]*\s*$")
DIGEST = 8
"""So many characters of a digest tell runs apart."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one way; raised: a mark. number: the number that the stretch, or the mark, is of."""

    text: str
    raised: bool = False
    number: Number | None = None


def runs(text: Text) -> Iterator[Run]:
    """Yield the stretches of a running text; marks within plain words are raised like those of numbers."""
    for piece in text:
        if isinstance(piece, Number):
            yield Run(piece.text, number=piece)
            if piece.mark:
                yield Run(piece.mark, raised=True, number=piece)
        else:
            yield from (Run(part, part in MARKS) for part in re.split(f"([{MARKS}])", piece) if part)


def wholes(text: Text) -> Iterator[tuple[Run, ...]]:
    """Yield the stretches of a running text, a mark together with what it must not be parted from by a line's end.

    That is the number that it is of, or the last character of the plain words before it with what closes after that.
    """
    before: Run | None = None
    for run in runs(text):
        if run.raised and before is not None and not before.raised:
            place = 0 if before.number else _last(before.text)
            if place:
                yield (Run(before.text[:place]),)
            yield Run(before.text[place:], number=before.number), run
            before = None
            continue
        if before is not None:
            yield (before,)
        before = run
    if before is not None:
        yield (before,)


def _last(text: str) -> int:
    """Return where the last character of a text begins, before the signs that close after it."""
    found = LAST.search(text)
    return found.start() if found else 0


def labels(brief: Brief) -> dict[str, str]:
    """Return "Table 1", "Figure 1" for the key of each table and picture, numbered in the order of the pages."""
    found: dict[str, str] = {}
    for kind, word in ((Table, "table"), (Picture, "figure")):
        keys = [block.key for block in brief.blocks if isinstance(block, kind)]
        found |= {key: say(f"page.{word}", brief.lang, n=n) for n, key in enumerate(keys, 1)}
    return found


def day(brief: Brief) -> date:
    """Return the date of a brief."""
    return date.fromisoformat(brief.dated)


def moment(brief: Brief) -> datetime:
    """Return the date of a brief as the time that its files carry: midnight, universal time."""
    return datetime.combine(day(brief), datetime.min.time(), UTC)


def date_words(brief: Brief) -> str:
    """Return the date in the habit of the language: 26 November 2026, 2026年11月26日."""
    when = day(brief)
    month = say(f"page.month_{when.month}", brief.lang)
    return say("page.date", brief.lang, day=when.day, month=month, year=when.year)


def imprint(brief: Brief) -> str:
    """Return the line below the title: date, and what made the brief."""
    return say("page.imprint", brief.lang, dated=date_words(brief), made_by=brief.made_by)


def origin_words(origin: Origin, lang: Lang) -> str:
    """Return where a number comes from, in words."""
    values = {"metric": origin.metric, "part": origin.part, "replications": spans(origin.replications)}
    digests = say("mark.comma", lang).join(digest[:DIGEST] for digest in origin.digests)
    key = origin.kind if origin.replications or origin.kind != "result" else "result_all"
    return say(f"page.origin.{key}", lang, digests=digests, **values)


def spans(numbers: Sequence[int]) -> str:
    """Return whole numbers as spans: 0–9, 12."""
    parts = []
    for _, group in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(parts)
