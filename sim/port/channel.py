"""The way in: channel, tide, pilots and tugs, and the weather that closes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from sim.port.units import (
    DrawnHours,
    DrawnKnots,
    EventsPerYear,
    Frozen,
    Hours,
    Kilometres,
    Knots,
    Metres,
    Minutes,
    PositiveHours,
    Servers,
    Share,
)

KNOT_KM_PER_H = 1.852

Month = Annotated[int, Field(ge=1, le=12)]


class Reach(Frozen):
    """One reach of the channel with its own speed limit."""

    length: Kilometres
    speed_limit: Knots


class Tide(Frozen):
    """A semi-diurnal tide above chart datum: range * (1 + cos(2 pi (t - high_water) / period)) / 2."""

    range: Metres
    period: PositiveHours
    high_water: Hours


class Channel(Frozen):
    """The approach channel: reaches, headway, meeting rule, depth and under-keel clearance.

    Two vessels may meet if their beams add up to at most `meeting_beam_sum`. A vessel enters when water depth less
    `under_keel_clearance` (a share of draft) carries her through the whole transit.
    """

    reaches: Mapping[str, Reach] = Field(min_length=1)
    speed: DrawnKnots
    headway: Minutes
    meeting_beam_sum: Metres
    depth: Metres
    under_keel_clearance: Share
    tide: Tide | None = None


class MarineServices(Frozen):
    """Pilots and tugs on duty around the clock."""

    pilots: Servers
    tugs: Servers


class Closure(Frozen):
    """A kind of bad weather: how often, in which months, for how long, and what it closes."""

    rate: EventsPerYear
    duration: DrawnHours
    months: tuple[Month, ...] = Field(min_length=1)
    closes_quay: bool
    closes_land: bool
