"""What composing has worked out: the points of an experiment share most of it, as they share the port they begin with.

Ports are told apart by identity, and kept here as long as what was worked out of them; the oldest go first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TypeVar

from sim.policies.base import Policy
from sim.port.port import Port
from sim.scenario.facts import Fact, moved, same_shape

Moves = Mapping[str, tuple[Fact, Fact]]
Found = TypeVar("Found")

MOST = 1024
"""Ports and comparisons kept of each kind; a port shares with its neighbours all that does not differ."""


class Workings:
    """Ports under one more policy, and what differs between two ports, each worked out once."""

    def __init__(self) -> None:
        self._under: OrderedDict[tuple[Policy, int], tuple[Port, Port]] = OrderedDict()
        self._moves: OrderedDict[tuple[int, int], tuple[Port, Port, Moves]] = OrderedDict()
        self._alike: OrderedDict[tuple[int, int], tuple[Port, Port, bool]] = OrderedDict()

    def under(self, policy: Policy, port: Port, work: Callable[[], Port | None]) -> Port:
        """Return the port under a policy; `port` itself if `work` finds that that cannot be, which is not kept."""
        place = (policy, id(port))
        known = self._under.get(place)
        if known is not None:
            self._under.move_to_end(place)
            return known[1]
        full = work()
        if full is None:
            return port
        _keep(self._under, place, (port, full))
        return full

    def moved(self, before: Port, after: Port) -> Moves:
        """Return what differs between two ports."""
        place = (id(before), id(after))
        known = self._moves.get(place)
        if known is None:
            known = _keep(self._moves, place, (before, after, moved(before, after)))
        return known[2]

    def alike(self, one: Port, other: Port) -> bool:
        """Return whether two ports would run alike."""
        place = (id(one), id(other))
        known = self._alike.get(place)
        if known is None:
            known = _keep(self._alike, place, (one, other, same_shape(one, other)))
        return known[2]


Place = TypeVar("Place")


def _keep(kept: OrderedDict[Place, Found], place: Place, found: Found) -> Found:
    kept[place] = found
    if len(kept) > MOST:
        kept.popitem(last=False)
    return found
