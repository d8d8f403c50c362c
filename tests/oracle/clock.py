"""SimPy's clock with two more kinds of waiting, both needed to break ties by rule and not by rounding."""

from __future__ import annotations

from heapq import heappush

import simpy

NORMAL = 1
LAST = 2


class Clock(simpy.Environment):
    """A SimPy environment whose processes wait for an hour, rather than for a while."""

    def at(self, t: float) -> simpy.Event:
        """Return the event of hour `t`, to the bit. Those who wait for one hour go on in the order of their waiting.

        `timeout(t - now)` will not do: now + (t - now) may miss t in the last place, and then who comes first when
        the fog lifts would hang on rounding. Hour +inf is never.
        """
        return self._put(t, NORMAL)

    def end_of_instant(self) -> simpy.Event:
        """Return the event that comes when all that happens now, and all that follows from it now, has happened."""
        return self._put(self.now, LAST)

    def _put(self, t: float, order: int) -> simpy.Event:
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (t, order, next(self._eid), event))
        return event
