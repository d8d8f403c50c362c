"""A vessel class where one of its services calls: what both are, and where they stand in the port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.models.load_week import MeanCall, Week
from sim.port.port import Port
from sim.port.services import Quays
from sim.port.terminal import Basin, Terminal
from sim.port.traffic import VesselClass
from sim.port.units import Quantity

ONCE_IN = 1e6
"""Draws: what comes less often than once in so many calls is no reason to refuse a port."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A mean call of a service, for all of its class in the same place."""

    week: Week
    call: MeanCall

    @property
    def port(self) -> Port:
        """The whole port."""
        return self.week.port

    @property
    def class_key(self) -> str:
        """Name of the class."""
        return self.call.service.vessel_class

    @property
    def terminal_key(self) -> str:
        """Name of the terminal."""
        return self.call.service.terminal

    @property
    def vessel(self) -> VesselClass:
        """The class."""
        return self.call.vessel

    @property
    def terminal(self) -> Terminal:
        """The terminal, of whose yard its basin is a part."""
        return self.port.terminals[self.terminal_key]

    @property
    def place(self) -> Terminal | Basin:
        """The sea quay or the basin."""
        return self.call.place

    @property
    def at_sea_quay(self) -> bool:
        """Whether she lies at the sea quay, and so comes through the channel."""
        return self.call.service.berth == "sea"

    @property
    def here(self) -> str:
        """Path of the class."""
        return f"traffic.vessel_classes.{self.class_key}"

    @property
    def there(self) -> str:
        """Path of the place."""
        return f"terminals.{self.terminal_key}" + ("" if self.at_sea_quay else ".basin")

    @property
    def quay(self) -> str:
        """The place in words."""
        return f"{'the quay' if self.at_sea_quay else 'the barge basin'} of {self.terminal_key}"

    @property
    def elsewhere(self) -> str:
        """Where else her services could call, as the end of a remedy."""
        quays = Quays(self.port, self.call.service.berth)
        takers = list(quays.that_fit(self.call.key, self.port.terminals))
        if takers:
            return f"or let her services call at {' or '.join(takers)}"
        kind = "quay" if self.at_sea_quay else "barge basin"
        return f"or describe a terminal that takes her (no {kind} of {', '.join(self.port.terminals)} does)"


def visits(week: Week) -> Iterator[Visit]:
    """Yield every class once for each place where a service of it calls."""
    seen = set()
    for call in (*week.sea, *week.basin):
        place = (call.service.vessel_class, call.service.terminal, call.service.berth)
        if place not in seen:
            seen.add(place)
            yield Visit(week, call)


def extreme(quantity: Quantity, *, largest: bool) -> float:
    """Return what only one draw in a million is beyond."""
    u = 1 - 1 / ONCE_IN if largest else 1 / ONCE_IN
    return float(quantity.quantile(np.array([u]))[0])
