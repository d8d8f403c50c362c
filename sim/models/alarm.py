"""One event for each hour that is waited for, so that rounding does not decide who is first when the fog lifts."""

from __future__ import annotations

import simpy


class Alarm:
    """Wakes all who wait for the same hour at the same instant, in the order in which they began to wait.

    A timeout each would not: now + (t - now) may miss t in the last place, to either side.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self._env = env
        self._events: dict[float, simpy.Event] = {}

    def at(self, t: float) -> simpy.Event:
        """Return the event of hour `t`, or of now if that is past."""
        event = self._events.get(t)
        if event is None or event.processed:
            event = self._events[t] = self._env.timeout(max(0.0, t - self._env.now))
        return event
