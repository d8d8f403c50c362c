"""Whether the warm-up of a run suffices: MSER-5 on the vessels and the boxes in the port, hour by hour.

Looked at from the start of the run to the end of the measured days: the cool-down is not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.experiment.mser import Cut, mser5
from sim.metrics.inside import Counts

if TYPE_CHECKING:
    from sim.experiment.result import ScenarioResult

HOURS_PER_DAY = 24.0
Series = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Settling:
    """A series in which the port settles, its mean over the replications hour by hour (hours,), and where to cut it."""

    series: Series
    cut: Cut

    @property
    def days(self) -> float | None:
        """Days after which it has settled; None if the run is too short to tell."""
        return None if self.cut.left_out is None else self.cut.left_out / HOURS_PER_DAY


@dataclass(frozen=True)
class WarmUp:
    """How the port settles, and the days that the scenario leaves out."""

    vessels: Settling
    boxes: Settling
    given: int

    @property
    def needed(self) -> int | None:
        """Whole days after which both have settled; None if the run is too short to tell."""
        days = [settling.days for settling in (self.vessels, self.boxes)]
        return None if None in days else int(np.ceil(max(day for day in days if day is not None)))

    @property
    def suffices(self) -> bool:
        """Whether what is left out is enough."""
        return self.needed is not None and self.needed <= self.given


def warm_up(result: ScenarioResult) -> WarmUp | None:
    """Return how the port of a result settles.

    None where that is no question: with policies that begin or end within the run it is not to settle, and results of
    before this was recorded do not tell.
    """
    records = [outcome.inside for outcome in result.outcomes if outcome.inside is not None]
    if len(records) < len(result.outcomes) or len(result.scenario.timeline.ports) > 1:
        return None
    horizon = result.scenario.horizon
    hours = int(horizon.window[1]) + 1  # towards the end of a run boxes for later vessels stay away
    vessels = _settling([record.vessels[:hours] for record in records])
    boxes = _settling([record.boxes[:hours] for record in records])
    return WarmUp(vessels, boxes, horizon.warm_up_days)


def _settling(counts: Sequence[Counts]) -> Settling:
    series: Series = np.array(counts, dtype=np.float64).mean(axis=0)
    return Settling(series, mser5(series))
