"""What a chart is drawn from: small frozen tables that can also be written as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sim.words import Lang, say

Row = Mapping[str, object]
Flow = Literal["import", "export"]
"""The flows that have charts of their own."""

GRADES = ("seen", "derived", "known", "assumed")


class ChartTable(Protocol):
    """A table that a figure was drawn from."""

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown, in the order shown."""

    def rows(self) -> list[Row]:
        """Return the data as flat rows with the same keys in each."""


@dataclass(frozen=True)
class Interval:
    """A mean with its 95 % interval; low and high are NaN where one replication gives none."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """Reform less base, paired by replication; `shown` as its verdict has it.

    good: whether what is shown is for the better; None if nothing is shown, or if neither way is better.
    """

    size: Interval
    shown: bool
    good: bool | None = None


@dataclass(frozen=True)
class Label:
    """A scenario's names and the digest of its run."""

    zh: str
    en: str
    digest: str

    def text(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.zh if lang == "zh" else self.en

    def short(self, lang: Lang) -> str:
        """Return the name up to its colon, after which titles of scenarios say the details."""
        return re.split("：|: ", self.text(lang))[0]

    def columns(self) -> dict[str, object]:
        """Return the first columns of every row of data."""
        return {"scenario": self.en, "scenario_zh": self.zh, "digest": self.digest}


class OfOneRun:
    """What the tables of one run have in common."""

    label: Label

    @property
    def digests(self) -> tuple[str, ...]:
        """The digest of the run."""
        return (self.label.digest,)


def short_names(labels: Sequence[Label], lang: Lang) -> tuple[str, ...]:
    """Return short names if they tell the scenarios apart, else the full ones."""
    names = tuple(label.short(lang) for label in labels)
    return names if len(set(names)) == len(names) else tuple(label.text(lang) for label in labels)


def row_names(labels: Sequence[Label], lang: Lang, *, narrow: bool) -> tuple[str, ...]:
    """Return the names of rows: short ones where there is little room."""
    return short_names(labels, lang) if narrow else tuple(label.text(lang) for label in labels)


@dataclass(frozen=True)
class Footing:
    """What the numbers of a chart rest on; written below it."""

    version: str
    replications: int
    days: int
    grades: Mapping[str, int] = field(default_factory=dict)
    """Input values by grade of evidence."""

    def text(self, digests: tuple[str, ...], lang: Lang) -> str:
        """Return one line: program, size of the experiment, evidence of the inputs, digests."""
        runs = "run" if self.replications == 1 else "runs"
        parts = [
            say("chart.note.made", lang, version=self.version),
            say(f"chart.note.{runs}", lang, replications=self.replications, days=self.days),
        ]
        if self.grades:
            counts = {grade: self.grades.get(grade, 0) for grade in GRADES}
            parts.append(say("chart.note.evidence", lang, **counts))
        parts.append(say("chart.note.digest", lang, digest=" ".join(digest[:8] for digest in digests)))
        return " · ".join(parts)
