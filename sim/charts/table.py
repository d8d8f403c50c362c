"""What a chart is drawn from: small frozen tables that can also be written as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sim.words import Lang, say

Row = Mapping[str, object]
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
    """Reform less base, paired by replication; `shown` if the interval leaves 0 out."""

    hours: Interval
    shown: bool


@dataclass(frozen=True)
class Label:
    """A scenario's names and the digest of its run."""

    zh: str
    en: str
    digest: str

    def text(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.zh if lang == "zh" else self.en

    def columns(self) -> dict[str, object]:
        """Return the first columns of every row of data."""
        return {"scenario": self.en, "scenario_zh": self.zh, "digest": self.digest}


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
        parts = [
            say("chart.note.made", lang, version=self.version),
            say("chart.note.runs", lang, replications=self.replications, days=self.days),
        ]
        if self.grades:
            counts = {grade: self.grades.get(grade, 0) for grade in GRADES}
            parts.append(say("chart.note.evidence", lang, **counts))
        parts.append(say("chart.note.digest", lang, digest=" ".join(digest[:8] for digest in digests)))
        return " · ".join(parts)
