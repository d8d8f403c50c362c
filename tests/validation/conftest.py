"""The shipped scenarios, run once for all tests of this folder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from sim.metrics import conservation, measure
from sim.models import simulate
from sim.scenario import Scenario, load

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


@dataclass(frozen=True, repr=False)
class Runs:
    """Replications of one scenario: their numbers, and the minutes that each ship-side box took to the gate."""

    scenario: Scenario
    numbers: Sequence[dict[tuple[str, str, str, str], float]]
    shipside_minutes: np.ndarray  # type: ignore[type-arg]

    def value(self, metric: str, *, flow: str = "import", group: str = "all", statistic: str = "mean") -> float:
        """Return the mean of a number over the replications."""
        return float(np.mean(self._each(metric, flow, group, statistic)))

    def error(self, metric: str, *, flow: str = "import", group: str = "all", statistic: str = "mean") -> float:
        """Return the standard error of that mean."""
        each = self._each(metric, flow, group, statistic)
        return float(np.std(each, ddof=1) / math.sqrt(len(each)))

    def total(self, metric: str, *, group: str = "all", statistic: str = "count") -> float:
        """Return the sum of a count of import boxes over the replications."""
        return float(np.sum(self._each(metric, "import", group, statistic)))

    def _each(self, *key: str) -> list[float]:
        return [numbers[key] for numbers in self.numbers]  # type: ignore[index]


def runs(name: str, replications: int, days: int | None = None) -> Runs:
    """Run a shipped scenario, as it is or over more days."""
    scenario = load(SCENARIOS / f"{name}.yaml", days=days)
    numbers, minutes = [], []
    for number in range(replications):
        log = simulate(scenario.timeline, scenario.horizon, scenario.seed, number)
        assert conservation(log) == []
        numbers.append({(r.metric, r.flow, r.group, r.statistic): r.value for r in measure(log)})
        shipside = log.boxes["shipside"]
        minutes.append(60 * (log.boxes["t_gate_out"] - log.boxes["t_discharged"])[shipside])
    return Runs(scenario, numbers, np.concatenate(minutes))


@pytest.fixture(scope="session")
def baseline() -> Runs:
    """Four replications of the baseline as shipped."""
    return runs("baseline", 4)


@pytest.fixture(scope="session")
def baseline_year() -> Runs:
    """The baseline over two whole years: enough boxes for rare events, all seasons."""
    return runs("baseline", 2, days=365)


@pytest.fixture(scope="session")
def year_2017() -> Runs:
    """Four replications of the year 2017 as shipped."""
    return runs("year_2017", 4)
