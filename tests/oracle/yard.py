"""The yard of one terminal: TEU of each kind of slot, claimed before a box comes and given back as it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sim.port.port import PortTimeline
from sim.port.terminal import SLOT_KINDS
from sim.port.terminal import Yard as Slots
from sim.records import Flow
from tests.oracle.clock import Clock


class Stored(Protocol):
    """What the yard needs to know of a box."""

    flow: int
    reefer: bool
    teu: int


class Yard:
    """Counts TEU. The slots are those of the port as it is now, which a reform may have changed."""

    def __init__(self, clock: Clock, timeline: PortTimeline, key: str) -> None:
        self._clock, self._timeline, self._key = clock, timeline, key
        self._own_for_empties = timeline.ports[0].terminals[key].yard.empty is not None
        self._held = dict.fromkeys(SLOT_KINDS, 0)

    def claim(self, boxes: Iterable[Stored]) -> None:
        """Keep slots for these boxes, whether there are any or not."""
        for box in boxes:
            self._held[self._kind(box)] += box.teu

    def give_back(self, box: Stored) -> None:
        """Free the slot of a box that leaves."""
        self._held[self._kind(box)] -= box.teu

    def has_room(self, boxes: Iterable[Stored]) -> bool:
        """Return whether all of these boxes find a slot of their kind."""
        needed = dict(self._held)
        for box in boxes:
            needed[self._kind(box)] += box.teu
        return all(needed[kind] <= self._teu(kind) for kind in SLOT_KINDS)

    @property
    def fill(self) -> float:
        """The TEU held, over the slots of all kinds."""
        return sum(self._held.values()) / sum(self._teu(kind) for kind in SLOT_KINDS)

    @property
    def pace(self) -> float:
        """How fast cranes work: 1, falling in a line from `slow_from` to `slow_to` as the yard fills up."""
        begin, end = self._slots.slow_from.value, self._slots.slow_to.value
        if self.fill <= begin or begin >= 1:
            return 1.0
        return 1 + (end - 1) * min(1.0, (self.fill - begin) / (1 - begin))

    @property
    def _slots(self) -> Slots:
        return self._timeline.at(self._clock.now).terminals[self._key].yard

    def _teu(self, kind: str) -> float:
        pool = getattr(self._slots, kind)
        return 0.0 if pool is None else float(pool.teu.value)

    def _kind(self, box: Stored) -> str:
        """Empties take dry slots where they have none of their own; they are never reefers that want a plug."""
        if box.reefer:
            return "reefer"
        return "empty" if box.flow == Flow.EMPTY and self._own_for_empties else "dry"
