"""The quay as a line of metres, and the pool of cranes that works along it."""

from __future__ import annotations

from bisect import insort
from collections import deque
from heapq import heappop, heappush

import simpy

Event = simpy.Event

ROUNDING = 1e-6
"""Metres that adding up lengths may lose, so that a vessel still fits where her sister lay."""


class QuayLine:
    """Berths by length: first fit from the low end, with a gap between vessels.

    First come first served within a priority (smaller first); the head of the line keeps its place until it fits, so
    a small vessel never overtakes a large one of its own priority.
    """

    def __init__(self, env: simpy.Environment, length: float, gap: float) -> None:
        self._env, self._room, self._gap = env, length + gap, gap
        self._taken: list[tuple[float, float]] = []
        self._line: list[tuple[int, int, float, Event]] = []
        self._turn = 0

    def request(self, loa: float, priority: int) -> Event:
        """Return an event that fires with the position [m] of the bow when the vessel has a berth."""
        event = self._env.event()
        self._turn += 1
        heappush(self._line, (priority, self._turn, loa + self._gap, event))
        self._allocate()
        return event

    def release(self, position: float) -> None:
        """Free the berth at `position`."""
        self._taken = [berth for berth in self._taken if berth[0] != position]
        self._allocate()

    def _allocate(self) -> None:
        while self._line:
            _, _, length, event = self._line[0]
            position = self._first_fit(length)
            if position is None:
                return
            heappop(self._line)
            insort(self._taken, (position, position + length))
            event.succeed(position)

    def _first_fit(self, length: float) -> float | None:
        edge = 0.0
        for start, end in self._taken:
            if start - edge >= length - ROUNDING:
                return edge
            edge = end
        return edge if self._room - edge >= length - ROUNDING else None


class CranePool:
    """Cranes shared by the calls alongside, looked at when a call starts and at the end of each of its lots.

    A call takes as many as it wants of those free, waits if there is none, and gives one up at the end of a lot when
    it has more than one and another call waits with none.
    """

    def __init__(self, env: simpy.Environment, count: int) -> None:
        self._env, self.free = env, count
        self._line: deque[Event] = deque()

    def first(self) -> Event:
        """Return an event that fires when one crane is the caller's; first come first served."""
        event = self._env.event()
        self._line.append(event)
        self._hand_out()
        return event

    def more(self, wanted: int) -> int:
        """Take up to `wanted` free cranes at once; none while somebody waits for a first one."""
        taken = 0 if self._line else max(0, min(wanted, self.free))
        self.free -= taken
        return taken

    def give(self, cranes: int) -> None:
        """Give cranes back."""
        self.free += cranes
        self._hand_out()

    @property
    def wanted(self) -> bool:
        """Whether a call waits with no crane."""
        return bool(self._line)

    def _hand_out(self) -> None:
        while self._line and self.free > 0:
            self.free -= 1
            self._line.popleft().succeed()
