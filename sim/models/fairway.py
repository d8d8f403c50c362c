"""The channel: the earliest entry that headway, meetings, tide and weather allow, booked first come first served."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sim.kernel.clock import OpenHours
from sim.port.channel import KNOT_KM_PER_H, Channel, Tide

ROUNDING = 1e-9
"""Of a tide or an hour: what arithmetic may lose must not cost a vessel a tide."""


class Direction(IntEnum):
    """Which way a vessel goes."""

    INBOUND = 0
    OUTBOUND = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A vessel's way through the channel."""

    direction: Direction
    transit: float
    beam: float
    draft: float


@dataclass(frozen=True, slots=True)
class _Booking:
    entry: float
    exit: float
    beam: float
    direction: Direction


class Fairway:
    """Books entries into the channel; a booking once made stands."""

    def __init__(self, hours: OpenHours) -> None:
        self._hours = hours
        self._bookings: list[_Booking] = []

    def window(self, channel: Channel, passage: Passage, ready: float) -> float:
        """Return the first entry [h] at or after `ready` that weather and tide allow, whatever the traffic."""
        entry = ready
        while True:
            allowed = self._hours.next_open_one(tidal_entry(channel, passage, entry))
            if allowed == entry:
                return entry
            entry = allowed

    def book(self, channel: Channel, passage: Passage, ready: float) -> float:
        """Book and return the first possible entry [h] at or after `ready`; must be called at rising times."""
        headway = channel.headway.value / 60
        limit = channel.meeting_beam_sum.value
        entry = self.window(channel, passage, ready)
        while True:
            later = max((_clear_of(b, passage, entry, (headway, limit)) for b in self._bookings), default=entry)
            if later <= entry:
                break
            entry = self.window(channel, passage, later)
        self._bookings.append(_Booking(entry, entry + passage.transit, passage.beam, passage.direction))
        return entry

    def forget(self, now: float, channel: Channel) -> None:
        """Drop the bookings that no later entry can meet."""
        horizon = now - channel.headway.value / 60
        self._bookings = [b for b in self._bookings if b.exit > now or b.entry > horizon]


def _clear_of(booking: _Booking, passage: Passage, entry: float, rule: tuple[float, float]) -> float:
    """Return the first entry at or after `entry` that keeps clear of one booking."""
    headway, beam_sum = rule
    if booking.direction == passage.direction:
        return booking.entry + headway if abs(entry - booking.entry) < headway else entry
    meets = entry < booking.exit and booking.entry < entry + passage.transit
    return booking.exit if meets and booking.beam + passage.beam > beam_sum else entry


def transit_hours(channel: Channel, speed: float) -> float:
    """Return the hours through all reaches at `speed` [kn], kept to each reach's limit."""
    return sum(
        reach.length.value / (KNOT_KM_PER_H * min(speed, reach.speed_limit.value)) for reach in channel.reaches.values()
    )


def tide_needed(channel: Channel, draft: float) -> float:
    """Return the height of tide [m] that a draft needs over the channel's depth; 0 or less if none."""
    return draft * (1 + channel.under_keel_clearance.value) - channel.depth.value


def tidal_entry(channel: Channel, passage: Passage, ready: float) -> float:
    """Return the first entry [h] at or after `ready` from which the tide carries the draft through the transit.

    +inf if no tide is high enough for long enough.
    """
    needed = tide_needed(channel, passage.draft)
    if needed <= 0:
        return ready
    half = half_window(channel.tide, needed)
    if 2 * half < passage.transit - ROUNDING or channel.tide is None:
        return math.inf
    period, high = channel.tide.period.value, channel.tide.high_water.value
    # the first window that is still open long enough at `ready`; to rounding, so that one just long enough counts
    k = math.ceil((ready + passage.transit - half - high) / period - ROUNDING)
    return max(ready, high + k * period - half)


def half_window(tide: Tide | None, needed: float) -> float:
    """Return the hours about high water during which the tide stands at least `needed` [m]; -inf if never."""
    if tide is None or needed > tide.range.value:
        return -math.inf
    return float(np.arccos(2 * needed / tide.range.value - 1)) * tide.period.value / (2 * math.pi)
