"""Macro-replications: many experiments of a few runs each, and how many of their intervals hold the true value.

The intervals are those that the program reports: rows of each run -> `summarise` and `compare`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.experiment import Effect, Outcome, ScenarioResult, Summary, compare, summarise
from sim.experiment.result import Key
from sim.records import MetricRow
from sim.scenario import Scenario

Rows = tuple[MetricRow, ...]
Pair = tuple[float, float]
"""Of the base and of the reform."""

PER_INTERVAL = 10
"""Replications of an experiment: as many as a scenario has by default."""

STATISTICS = ("mean", "p50", "p90", "p95", "within_24h")
NORMAL = 1.959963984540054


@dataclass(frozen=True)
class Case:
    """Runs whose true values are known.

    runs: replication -> rows of base and reform on common draws. true: number of an experiment -> key -> true values of
    base and reform; how: where they are from.
    """

    key: str
    how: str
    runs: Callable[[int], tuple[Rows, Rows]]
    true: Callable[[int], Mapping[Key, Pair]]


@dataclass(frozen=True)
class Coverage:
    """How often the interval of one number held the true value. half_width: in the mean, in `unit`."""

    case: str
    group: str
    statistic: str
    difference: bool
    unit: str
    how: str
    experiments: int
    per_interval: int
    true: float
    held: int
    half_width: float
    short: int

    @property
    def share(self) -> float:
        """The share of intervals that held it."""
        return self.held / self.experiments

    @property
    def bounds(self) -> Pair:
        """The 95 % interval of that share (Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953)."""
        n, z = self.experiments, NORMAL
        middle = (self.share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(self.share * (1 - self.share) / n + z * z / (4 * n * n))
        return middle - half, middle + half


@dataclass(frozen=True)
class Size:
    """How much to run: so many experiments of so many replications each."""

    experiments: int
    per_interval: int = PER_INTERVAL


Progress = Callable[[int, int], None]


def study(case: Case, size: Size, scenario: Scenario, progress: Progress | None = None) -> list[Coverage]:
    """Run the experiments of a case and return its coverages: of the base, then of the differences.

    scenario: stands for both in the results; nothing is read of it but that the two share seed and horizon.
    """
    judged: dict[tuple[bool, Key], _Tally] = {}
    for number in range(size.experiments):
        first = number * size.per_interval
        runs = [case.runs(first + k) for k in range(size.per_interval)]
        base, reform = (_result(scenario, [run[side] for run in runs]) for side in (0, 1))
        true = case.true(number)
        for item in (*summarise(base), *compare(base, reform)):
            key = (item.metric, item.flow, item.group, item.statistic)
            if item.statistic in STATISTICS and key in true:
                paired = isinstance(item, Effect)
                tally = judged.setdefault((paired, key), _Tally(item.unit))
                tally.add(item, true[key][1] - true[key][0] if paired else true[key][0])
        if progress:
            progress(number + 1, size.experiments)
    return list(_coverages(case, size, judged))


class _Tally:
    def __init__(self, unit: str) -> None:
        self.unit, self.held, self.widths, self.short = unit, 0, 0.0, 0
        self.true: list[float] = []

    def add(self, item: Summary | Effect, true: float) -> None:
        if item.low is None or item.high is None:
            raise ValueError("an experiment of one replication has no interval")
        self.held += item.low <= true <= item.high
        self.widths += (item.high - item.low) / 2
        self.short += item.short
        self.true.append(true)


def _result(scenario: Scenario, runs: Sequence[Rows]) -> ScenarioResult:
    return ScenarioResult(scenario, tuple(Outcome(rows, (), (), 0.0) for rows in runs))


def _coverages(case: Case, size: Size, judged: Mapping[tuple[bool, Key], _Tally]) -> Iterator[Coverage]:
    for (paired, key), tally in judged.items():
        n = len(tally.true)
        yield Coverage(
            case.key,
            key[2],
            key[3],
            paired,
            tally.unit,
            case.how,
            n,
            size.per_interval,
            sum(tally.true) / n,
            tally.held,
            tally.widths / n,
            tally.short,
        )
