"""What is said of a station before a run: the work asked of it in a mean week, and what it can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.port.calendar import Calendar

WEEK = 168.0


@dataclass(frozen=True, slots=True)
class StationLoad:
    """The work asked of a station as a share of what it can do (1 or more: its queue grows for ever).

    path: where the capacity stands in the port. demand, capacity: per week, in `unit`. change: which way to move the
    value at `path` for more capacity.
    """

    station: str
    path: str
    demand: float
    capacity: float
    unit: str
    change: Literal["raise", "lower"] = "raise"

    @property
    def load(self) -> float:
        """Demand over capacity; nothing asked of nothing is no load."""
        return _ratio(self.demand, self.capacity)


def open_hours(calendar: Calendar) -> float:
    """Return the open hours of an ordinary week."""
    return sum(end - start for day in calendar.week() for start, end in day)


def until_the_first_is_full(demands: Mapping[str, float], capacities: Mapping[str, float]) -> tuple[str, float]:
    """Return which of several carriers is the fullest, and what all can take together at this split of the demand.

    A box keeps to its carrier, so room on the others is of no use to it. Both mappings have the same keys.
    """
    loads = {key: _ratio(demand, capacities[key]) for key, demand in demands.items()}
    fullest = max(loads, key=loads.__getitem__)
    if loads[fullest] == 0:
        return fullest, sum(capacities.values())
    return fullest, sum(demands.values()) / loads[fullest]


def _ratio(demand: float, capacity: float) -> float:
    if demand == 0:
        return 0.0
    return demand / capacity if capacity > 0 else float("inf")
