"""Where services call: what they bring to each quay, where their vessels fit, and one sent to another terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from sim.port.evidence import replaced
from sim.port.port import Port
from sim.port.terminal import Basin, Terminal
from sim.port.traffic import Renewal, Service, VesselClass

Berth = Literal["sea", "basin"]
BERTHS: tuple[Berth, ...] = ("sea", "basin")

WEEK = 168.0
DEEPEST = 1 - 1e-6
"""The draft that one call in a million exceeds, as in the check of a port before a run."""


@dataclass(frozen=True, slots=True)
class Quays:
    """The sea quays of a port, or the quays of its barge basins, and who calls there."""

    port: Port
    berth: Berth

    def services(self, terminal: str) -> tuple[str, ...]:
        """Return the services that call here at a terminal, those of the longest vessels first, then as written."""
        services = self.port.traffic.services
        keys = [key for key, one in services.items() if (one.terminal, one.berth) == (terminal, self.berth)]
        return tuple(sorted(keys, key=lambda key: -self._vessel(key).loa.value))

    def in_use(self) -> tuple[str, ...]:
        """Return the terminals at which a service calls here, in the order of the port."""
        return tuple(key for key in self.port.terminals if self.services(key))

    def boxes(self, service: str) -> float:
        """Return the boxes a week that a service brings and takes, on average."""
        return self._vessel(service).exchange.mean * calls_per_week(self.port.traffic.services[service])

    def handled(self, terminal: str) -> float:
        """Return the boxes a week that come and go here at a terminal, on average."""
        return sum(self.boxes(key) for key in self.services(terminal))

    def crowding(self, terminal: str, more: Iterable[str] = ()) -> float:
        """Return the boxes a week of a terminal over its size, with `more` services beside its own; inf of no size."""
        boxes, size = self.handled(terminal) + sum(self.boxes(key) for key in more), self.size(terminal)
        return boxes / size if size > 0 else inf

    def mean_crowding(self, terminals: Iterable[str]) -> float:
        """Return the boxes a week of `terminals` together over the sum of their sizes."""
        several = tuple(terminals)
        return sum(map(self.handled, several)) / sum(map(self.size, several))

    def size(self, terminal: str) -> float:
        """Return what a terminal's due part is measured by: its sea quay [m], or for barges its boxes by sea a week.

        Barges bring and take what vessels do, so that their lines must follow the services.
        """
        if self.berth == "basin":
            return Quays(self.port, "sea").handled(terminal)
        return self.port.terminals[terminal].quay.length.value

    def fits(self, service: str, terminal: str) -> bool:
        """Return whether a terminal has a quay of this kind long and deep enough for a service, and enough cranes."""
        vessel, place = self._vessel(service), self._place(terminal)
        if place is None:
            return False
        quay = place.quay
        deep = float(vessel.draft.quantile(np.array([DEEPEST]))[0]) <= quay.depth.value
        served = quay.service is not None or vessel.cranes.value <= place.cranes.count.value
        return vessel.loa.value <= quay.length.value and deep and served

    def that_fit(self, service: str, terminals: Iterable[str]) -> Iterator[str]:
        """Yield those of `terminals` where a service fits."""
        return (terminal for terminal in terminals if self.fits(service, terminal))

    def sent(self, service: str, terminal: str) -> Quays:
        """Return the quays after a service is sent to another terminal; the port as a whole is not checked."""
        return Quays(replaced(self.port, f"traffic.services.{service}.terminal", terminal), self.berth)

    def _vessel(self, service: str) -> VesselClass:
        return self.port.traffic.vessel_classes[self.port.traffic.services[service].vessel_class]

    def _place(self, terminal: str) -> Terminal | Basin | None:
        place = self.port.terminals[terminal]
        return place if self.berth == "sea" else place.basin


def calls_per_week(service: Service) -> float:
    """Return the mean number of calls in a week."""
    return WEEK / service.arrivals.interval.mean if isinstance(service.arrivals, Renewal) else 1.0
