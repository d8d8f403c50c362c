"""The values that a run leaves in memory: metrics and histograms of every replication of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.metrics import Checked, DwellHistogram, Inside
from sim.records import Column, MetricRow

if TYPE_CHECKING:
    from sim.scenario import Scenario

Key = tuple[str, str, str, str]
"""metric, flow, group, statistic"""

Keep = Callable[[Key], bool]
"""Says of a key whether its number is wanted."""


@dataclass(frozen=True)
class Outcome:
    """What one replication leaves: its numbers, what it broke (a self-check), and what it cost.

    tables: the run log's tables with the names of its codes decoded by `names`; empty once they are stored.
    seconds: wall time of the run that made it. counts: SimPy events, boxes, calls. checked: what the self-check
    looked at; None if that is not known. inside: what was in the port hour by hour; None likewise.
    """

    metrics: tuple[MetricRow, ...]
    dwell: tuple[DwellHistogram, ...]
    violations: tuple[str, ...]
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checked: Checked | None = None
    inside: Inside | None = None


@dataclass(frozen=True)
class ScenarioResult:
    """A scenario and the outcomes of its replications, in order; tables are in the store, not here."""

    scenario: Scenario
    outcomes: tuple[Outcome, ...]

    @property
    def metrics(self) -> tuple[tuple[MetricRow, ...], ...]:
        """The metric rows of each replication."""
        return tuple(outcome.metrics for outcome in self.outcomes)

    @property
    def violations(self) -> tuple[str, ...]:
        """What the self-checks of the replications found broken, each with its replication."""
        return tuple(
            f"replication {number}: {what}"
            for number, outcome in enumerate(self.outcomes)
            for what in outcome.violations
        )

    @property
    def checked(self) -> Checked | None:
        """What the self-checks of all replications looked at, boxes and calls in all; None if one does not say."""
        known = [outcome.checked for outcome in self.outcomes if outcome.checked is not None]
        if not known or len(known) < len(self.outcomes):
            return None
        return Checked(
            stations=tuple(dict.fromkeys(name for checked in known for name in checked.stations)),
            boxes=sum(checked.boxes for checked in known),
            calls=sum(checked.calls for checked in known),
            difference=max(checked.difference for checked in known),
        )

    def dwell(self, metric: str, flow: str = "import") -> NDArray[np.int64]:
        """Return the counts (241,) over DWELL_EDGES of one clock and flow, summed over the replications."""
        chosen = [h.counts for outcome in self.outcomes for h in outcome.dwell if (h.metric, h.flow) == (metric, flow)]
        return np.asarray(np.sum(chosen, axis=0, dtype=np.int64))

    def values(self, keep: Keep | None = None) -> dict[Key, tuple[str, dict[int, float]]]:
        """Return (metric, flow, group, statistic) -> unit and value by replication, in the order of first sight.

        All numbers, or those that `keep` wants.
        """
        found: dict[Key, tuple[str, dict[int, float]]] = {}
        for number, rows in enumerate(self.metrics):
            for row in rows:
                key = (row.metric, row.flow, row.group, row.statistic)
                if keep is None or keep(key):
                    found.setdefault(key, (row.unit, {}))[1][number] = row.value
        return found
