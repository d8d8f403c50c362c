"""SimPy's clock with more kinds of waiting, all of them needed to break ties by rule and not by rounding."""

from __future__ import annotations

from enum import IntEnum
from heapq import heappush

import simpy

LONG_AGO = -1e5
"""Hour at which the clock of an oracle starts: before every plan and every declaration."""


class Order(IntEnum):
    """What comes first at one hour. SimPy's own events are 0 (a process begins) and 1 (all others)."""

    LEAVING = -2
    """Boxes leave the yard, and stand ready where a carrier will look for them."""
    LISTING = -1
    """Loading lists are drawn up."""
    NORMAL = 1
    LAST = 2
    """When all else that happens at that hour, and all that follows from it at once, has happened."""


class Clock(simpy.Environment):
    """A SimPy environment whose processes wait for an hour, rather than for a while."""

    def at(self, t: float, order: Order = Order.NORMAL) -> simpy.Event:
        """Return the event of hour `t`, to the bit. Those who wait for one hour go on in the order of their waiting.

        `timeout(t - now)` will not do: now + (t - now) may miss t in the last place, and then who comes first when
        the fog lifts would hang on rounding. Hour +inf is never.
        """
        if not t >= self.now:
            raise ValueError(f"it is {self.now!r} h, and {t!r} h is past")
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (t, order, next(self._eid), event))
        return event

    def end_of_instant(self) -> simpy.Event:
        """Return the event that comes when all that happens now, and all that follows from it now, has happened."""
        return self.at(self.now, Order.LAST)
