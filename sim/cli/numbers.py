"""The numbers of a result, to be asked for by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.words.numbers import figure, plus_minus

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult, Summary

BARE = frozenset({"count", "unfinished", "in", "out", "inside_start", "inside_end", "difference"})
"""Statistics printed without an interval: how many boxes there were is no estimate of anything."""

MARK = "*"
"""Behind an interval that is not to be trusted: the runs are too short for it."""

FIRST = ("mean", "value", "count")
"""The statistic that stands for a metric, whichever of them it has."""


class Numbers:
    """Every number of a result: its mean over the replications with the interval."""

    def __init__(self, result: ScenarioResult) -> None:
        from sim.experiment import summarise

        self._lines: dict[tuple[str, str, str], dict[str, Summary]] = {}
        for item in summarise(result):
            self._lines.setdefault((item.metric, item.flow, item.group), {})[item.statistic] = item

    def line(self, metric: str, flow: str, group: str = "all") -> Mapping[str, Summary]:
        """Return statistic -> number of one metric, flow and group; empty if there is none."""
        return self._lines.get((metric, flow, group), {})

    def groups(self, metric: str, flow: str) -> list[str]:
        """Return the groups that a metric has, in their order."""
        return [group for name, of, group in self._lines if (name, of) == (metric, flow)]


def first(line: Mapping[str, Summary]) -> Summary | None:
    """Return the number that stands for a line."""
    return next((line[key] for key in FIRST if key in line), None)


def cell(item: Summary | None) -> str:
    """Return a number as it stands in a table."""
    if item is None:
        return ""
    if item.statistic in BARE or item.low is None or item.high is None:
        return figure(item.mean, item.unit)
    return plus_minus(item.mean, (item.high - item.low) / 2, item.unit) + MARK * item.short
