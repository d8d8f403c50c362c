"""What the charts of a sweep are drawn from: one number at every point of a design."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.charts.table import Footing, Interval, Row
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import unit_of

Value = float | str


@dataclass(frozen=True)
class Name:
    """What a lever or a number is called in both languages; path: how files call it."""

    path: str
    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class SweepPoint:
    """The values of the levers at one point, and the number there."""

    levers: tuple[Value, ...]
    result: Interval
    digest: str


@dataclass(frozen=True)
class SweepTable:
    """One number of a sweep: its name and unit, the levers, and the points in their order; `base` is a digest."""

    number: Name
    unit: str
    levers: tuple[Name, ...]
    points: tuple[SweepPoint, ...]
    footing: Footing
    base: str

    @property
    def digests(self) -> tuple[str, ...]:
        """The digest of the scenario that the points depart from; those of the points are in the data."""
        return (self.base,)

    @property
    def scale(self) -> float:
        """Factor from values to what is drawn: shares are drawn in percent."""
        return 100.0 if self.unit == "share" else 1.0

    def values(self, lever: int) -> list[Value]:
        """Return the values of one lever: numbers in their order, words as they first come."""
        found = list(dict.fromkeys(point.levers[lever] for point in self.points))
        return found if any(isinstance(value, str) for value in found) else sorted(found, key=float)

    def rows(self) -> list[Row]:
        """Return one row per point."""
        return [
            {
                **{name.path: value for name, value in zip(self.levers, point.levers, strict=True)},
                "number": self.number.path,
                "unit": self.unit,
                "value": point.result.mean,
                "low": point.result.low,
                "high": point.result.high,
                "digest": point.digest,
            }
            for point in self.points
        ]

    def axis(self, lang: Lang) -> str:
        """Return the number with its unit, as an axis says it."""
        unit = unit_of(self.unit, lang)
        return say("sweep.chart.axis", lang, name=self.number.text(lang), unit=unit) if unit else self.number.text(lang)

    def title(self, lang: Lang) -> str:
        """Return the finding as a sentence: where the number is least, and where it is greatest."""
        ordered = sorted(self.points, key=lambda point: point.result.mean)
        low, high = ordered[0], ordered[-1]
        ends = {"low": number(low.result.mean, self.unit), "high": number(high.result.mean, self.unit)}
        unit = unit_of(self.unit, lang)
        if ends["low"] == ends["high"]:
            return say("sweep.chart.flat", lang, name=self.number.text(lang), value=ends["low"], unit=unit)
        at = {"at_low": self._at(low, lang), "at_high": self._at(high, lang)}
        return say("sweep.chart.found", lang, name=self.number.text(lang), unit=unit, **ends, **at)

    def _at(self, point: SweepPoint, lang: Lang) -> str:
        """Return where a point is: the values of its levers, or its number in the table where they are many."""
        if len(self.levers) > MOST_NAMED:
            return say("sweep.chart.point", lang, number=1 + self.points.index(point))
        if len(self.levers) == 1:
            return say("sweep.chart.at", lang, value=text_of(point.levers[0], lang))
        pairs = zip(self.levers, point.levers, strict=True)
        return say("mark.comma", lang).join(f"{name.text(lang)} = {text_of(value, lang)}" for name, value in pairs)


MOST_NAMED = 2
"""Levers whose values a title names."""


def text_of(value: Value, lang: Lang) -> str:
    """Return the value of a lever as an axis or a title shows it."""
    if isinstance(value, str):
        return say(f"sweep.value.{value}", lang) if value in ("off", "plan", "keep", "true", "false") else value
    return f"{value:g}" if math.isfinite(value) else "–"
