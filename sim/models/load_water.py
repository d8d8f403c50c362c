"""The work asked of channel, pilots and tugs, and of the quays and cranes of sea berths and barge basins."""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.load_station import WEEK, StationLoad
from sim.models.load_week import MeanCall, Week
from sim.port.terminal import Basin, Terminal


def waterway(week: Week) -> Iterator[StationLoad]:
    """Entries into the channel, and pilots and tugs from the time they are taken until they are given back.

    No barge needs any of them.
    """
    movements = pilot_hours = tug_hours = 0.0
    for call in week.sea:
        quay = call.place.quay
        alongside = quay.berthing.value + quay.unberthing.value
        movements += call.calls
        pilot_hours += call.calls * call.vessel.pilots.value * (2 * call.transit + alongside)
        tug_hours += call.calls * call.vessel.tugs.value * alongside
    channel, marine = week.port.channel, week.port.marine
    if channel is not None:
        hours = movements * channel.headway.value / 60
        yield StationLoad("channel", "channel.headway", hours, WEEK, "h of headway each way", "lower")
    if marine is not None:
        for name, hours in (("pilots", pilot_hours), ("tugs", tug_hours)):
            number = getattr(marine, name).value
            yield StationLoad(name, f"marine.{name}", hours, WEEK * number, f"{name[:-1]}-hours")


def berths(week: Week, key: str) -> Iterator[StationLoad]:
    """Quay and cranes of a terminal, and those of its barge basin."""
    terminal = week.port.terminals[key]
    yield from _berths(key, f"terminals.{key}", terminal, week.sea_calls(key))
    if terminal.basin is not None:
        yield from _berths(f"{key} basin", f"terminals.{key}.basin", terminal.basin, week.barges(key))


def _berths(name: str, at: str, place: Terminal | Basin, calls: tuple[MeanCall, ...]) -> Iterator[StationLoad]:
    quay = place.quay
    metre_hours = sum(call.calls * call.kept * (call.vessel.loa.value + quay.gap.value) for call in calls)
    capacity = WEEK * (quay.length.value + quay.gap.value)
    yield StationLoad(f"quay {name}", f"{at}.quay.length", metre_hours, capacity, "m h")
    if quay.service is None:
        crane_hours = sum(call.calls * call.working * call.vessel.cranes.value for call in calls)
        count = place.cranes.count.value
        yield StationLoad(f"cranes {name}", f"{at}.cranes.count", crane_hours, WEEK * count, "crane-hours")
