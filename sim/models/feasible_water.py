"""Vessels that could never come up the channel, or want more pilots or tugs than there are. Barges need neither."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.errors import Problem
from sim.models.fairway import ROUNDING, half_window, tide_needed, transit_hours
from sim.models.feasible_visit import Visit, extreme
from sim.port.channel import Channel


def in_channel(visit: Visit) -> Iterator[Problem]:
    """A draft for which no tide is high enough, or high enough for long enough."""
    channel = visit.port.channel
    if channel is None:
        return
    draft = extreme(visit.vessel.draft, largest=True)
    needed = tide_needed(channel, draft)
    if needed <= 0:
        return
    keel = f"{visit.class_key} may draw {draft:.4g} m, which needs {needed:.3g} m of tide over the channel's depth"
    transit = transit_hours(channel, extreme(channel.speed, largest=False))
    window = 2 * half_window(channel.tide, needed)
    if window < transit - ROUNDING:
        yield Problem(
            f"{keel}, and {_tide_says(channel, window, transit)}: she would wait at the anchorage for ever",
            f"{visit.here}.draft",
            f"limit {visit.here}.draft, or deepen channel.depth",
        )


def _tide_says(channel: Channel, window: float, transit: float) -> str:
    if channel.tide is None:
        return "no tide is described"
    if window == -math.inf:
        return f"the highest tide is {channel.tide.range.value:g} m"
    return f"the tide stands so high for {window:.2f} h, less than the transit of up to {transit:.2f} h"


def with_help(visit: Visit) -> Iterator[Problem]:
    """More pilots or tugs wanted than the port has."""
    marine = visit.port.marine
    for name in ("pilots", "tugs") if marine is not None else ():
        wanted, there = getattr(visit.vessel, name).value, getattr(marine, name).value
        if wanted > there:
            yield Problem(
                f"{visit.class_key} wants {wanted:g} {name} and the port has {there:g}: she would wait for ever",
                f"{visit.here}.{name}",
                f"lower {visit.here}.{name} to {there:g}, or raise marine.{name}",
            )
