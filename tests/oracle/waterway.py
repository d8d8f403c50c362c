"""The sea side: a channel whose entries are booked, and a quay of so many metres."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from math import acos, floor, inf, pi

import simpy

from sim.kernel.clock import OpenHours
from sim.port.channel import KNOT_KM_PER_H
from sim.port.port import Port
from tests.oracle.clock import Clock


@dataclass(frozen=True)
class Ship:
    """What the channel needs to know of a vessel: the port whose rules hold for her, speed [kn], beam and draft [m]."""

    port: Port
    speed: float
    beam: float
    draft: float

    @property
    def transit(self) -> float:
        """Hours through all reaches, no faster than each allows; 0 if the port has no channel."""
        reaches = self.port.channel.reaches.values() if self.port.channel else ()
        return sum(r.length.value / KNOT_KM_PER_H / min(self.speed, r.speed_limit.value) for r in reaches)


@dataclass(frozen=True)
class Booking:
    """One vessel's time in the channel."""

    entry: float
    exit: float
    inbound: bool
    beam: float


class Channel:
    """An entry is possible when the weather is open, the tide carries the vessel to the far end, and no booking is
    in the way: of those who go the same way none enters within the headway; of those who come the other way none is
    in the channel with her, unless the two beams together are narrow enough to meet. First to book, first served.
    """

    def __init__(self, weather: OpenHours) -> None:
        self._weather = weather
        self._bookings: list[Booking] = []

    def window(self, ship: Ship, ready: float) -> float:
        """Return the first hour from `ready` on at which weather and tide let the ship enter, whatever the traffic."""
        channel = ship.port.channel
        assert channel is not None
        needed = ship.draft * (1 + channel.under_keel_clearance.value) - channel.depth.value
        if needed <= 0:
            return self._weather.next_open(ready)
        tide = channel.tide
        if tide is None or needed > tide.range.value:
            return inf
        period, half = tide.period.value, acos(2 * needed / tide.range.value - 1) * tide.period.value / (2 * pi)
        if 2 * half < ship.transit:
            return inf
        for k in count(floor((ready - tide.high_water.value) / period) - 1):
            high_water = tide.high_water.value + k * period
            entry = self._weather.next_open(max(ready, high_water - half))
            if entry <= high_water + half - ship.transit:
                return entry
        raise AssertionError("the weather always opens again")

    def book(self, ship: Ship, inbound: bool, ready: float) -> float:
        """Return the first entry from `ready` on, and keep it."""
        channel = ship.port.channel
        assert channel is not None
        headway, narrow = channel.headway.value / 60, channel.meeting_beam_sum.value

        def clear(entry: float) -> bool:
            same_way = [b.entry for b in self._bookings if b.inbound == inbound]
            too_wide = [b for b in self._bookings if b.inbound != inbound and b.beam + ship.beam > narrow]
            return not any(abs(entry - other) < headway and entry != other + headway for other in same_way) and not any(
                b.entry < entry + ship.transit and entry < b.exit for b in too_wide
            )

        # she can enter at once, or as soon as one who is in the way is out of it
        moments = [ready, *(b.entry + headway for b in self._bookings), *(b.exit for b in self._bookings)]
        entries = sorted(self.window(ship, t) for t in moments if t >= ready)
        entry = next(t for t in entries if t == inf or clear(t))
        self._bookings.append(Booking(entry, entry + ship.transit, inbound, ship.beam))
        return entry


class Quay:
    """A line of metres. Vessels lie with a gap between them, each as near to the low end as she fits.

    Mainline vessels go first, then first come first served; while the first in line does not fit, nobody behind her
    is served.
    """

    def __init__(self, clock: Clock, length: float, gap: float) -> None:
        self._clock, self._length, self._gap = clock, length, gap
        self._alongside: dict[float, float] = {}
        self._line: list[tuple[bool, int, float, simpy.Event]] = []
        self._came = 0

    def request(self, loa: float, mainline: bool) -> simpy.Event:
        """Return the event of her berth; its value is her place [m] from the low end."""
        event = self._clock.event()
        self._came += 1
        self._line.append((not mainline, self._came, loa, event))
        self._line.sort(key=lambda waiting: waiting[:2])
        self._berth()
        return event

    def leave(self, place: float) -> None:
        """Give the berth back."""
        del self._alongside[place]
        self._berth()

    def _berth(self) -> None:
        while self._line:
            _, _, loa, event = self._line[0]
            places = [0.0, *(place + loa_there + self._gap for place, loa_there in self._alongside.items())]
            fitting = [place for place in places if self._fits(place, loa)]
            if not fitting:
                return
            self._line.pop(0)
            self._alongside[min(fitting)] = loa
            event.succeed(min(fitting))

    def _fits(self, place: float, loa: float) -> bool:
        return place + loa <= self._length and all(
            place >= other + length + self._gap or place + loa + self._gap <= other
            for other, length in self._alongside.items()
        )
