"""Boxes that could never go on: no carrier takes them, they always come too late, or nobody ever opens for them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem
from sim.models.feasible_visit import extreme
from sim.models.load_flows import calling, mean_teu, nominal_load
from sim.models.load_station import open_hours
from sim.models.load_week import Week
from sim.port.traffic import Bookings
from sim.port.units import Quantity
from sim.records import Mode


def onward(week: Week) -> Iterator[Problem]:
    """Boxes for barges, vessels or trains of which none takes any."""
    for key in week.port.terminals:
        yield from _by_barge(week, key)
        yield from _by_connection(week, key)
    rail, largest = week.port.rail, 2 if mean_teu(week.port) > 1 else 1
    sent = any(stream.by_out is Mode.RAIL for stream in week.streams)
    if sent and rail is not None and rail.capacity.value < largest:
        yield Problem(
            f"a train has room for {rail.capacity.value:g} TEU and a box has up to {largest}: those behind it would "
            "wait for a train for ever",
            "rail.capacity",
            "raise rail.capacity",
        )


def _by_barge(week: Week, key: str) -> Iterator[Problem]:
    boxes = week.boxes(key, by_in=Mode.BARGE) + week.boxes(key, by_out=Mode.BARGE)
    lines = calling(week.port, key, "basin")
    weights = [1.0 if line.weight is None else line.weight.value for line in lines.values()]
    if boxes > 0 and lines and sum(weights) == 0:
        path = f"traffic.services.{next(iter(lines))}.weight"
        yield Problem(
            f"boxes come or go by barge at {key}, and every barge line there has the weight 0: none would take them",
            path,
            f"raise {path}, or leave it out",
        )


def _by_connection(week: Week, key: str) -> Iterator[Problem]:
    boxes, calls = week.boxes(key, by_in=Mode.SEA, by_out=Mode.SEA), week.sea_calls(key)
    if boxes > 0 and all(nominal_load(week.port, call.service) == 0 for call in calls):
        yield Problem(
            f"boxes go on by sea from {key}, and no service there loads any: all only discharge",
            "traffic.cargo.flows.transhipment.connection_share",
            f"lower discharge_share of {', '.join(dict.fromkeys(call.service.vessel_class for call in calls))} in "
            "traffic.vessel_classes, or set traffic.cargo.flows.transhipment.connection_share to 0",
        )


def in_time(week: Week) -> Iterator[Problem]:
    """Booked boxes that all come after the cut-off of their call, so that every one misses it."""
    bookings = week.port.traffic.cargo.bookings
    if bookings is None:
        return
    for name, lead in _leads(week, bookings).items():
        longest = extreme(lead, largest=True)
        if longest < bookings.cut_off.value:
            yield Problem(
                f"boxes are brought up to {longest:.4g} h before their call and must be there "
                f"{bookings.cut_off.value:g} h before it: all of them would miss it",
                f"traffic.cargo.bookings.{name}",
                f"raise traffic.cargo.bookings.{name}, or lower traffic.cargo.bookings.cut_off",
            )


def _leads(week: Week, bookings: Bookings) -> dict[str, Quantity]:
    """Return the leads of the boxes that there are, by name. One that is loaded from the truck knows no cut-off."""
    booked = [stream for stream in week.streams if stream.by_in is not Mode.SEA and stream.by_out is Mode.SEA]
    leads = {}
    if any(stream.by_in is Mode.ROAD and not stream.direct for stream in booked):
        leads["road_lead"] = bookings.road_lead
    if any(stream.by_in is Mode.BARGE and not stream.one_port for stream in booked):
        leads["barge_lead"] = bookings.barge_lead
    if bookings.one_port_lead is not None and any(stream.one_port for stream in booked):
        leads["one_port_lead"] = bookings.one_port_lead
    return leads


def ever_open(week: Week) -> Iterator[Problem]:
    """Gates that let no truck in, and hours of brokers and officers that never come, where no line tells of it."""
    customs = week.port.customs
    waiting = {}
    if any(stream.flow in ("import", "export") and not stream.one_port for stream in week.streams):
        waiting["customs.declaration.calendar"] = (customs.declaration.calendar, "no declaration is ever lodged")
    release = customs.transhipment
    if release is not None and release.automatic_share.value < 1 and _released(week):
        waiting["customs.transhipment.calendar"] = (release.calendar, "no transhipment is ever approved")
    for key, terminal in week.port.terminals.items():
        gate, at = terminal.gate, f"terminals.{key}.gate"
        if week.boxes(key, by_in=Mode.ROAD) == 0:
            continue
        if gate.drop_off_lanes is None:
            waiting[f"{at}.calendar"] = (gate.calendar, f"no truck ever brings a box to {key}")
        if gate.stop_from is not None and gate.stop_from.value == 0:
            yield Problem(
                f"the gate of {key} lets no truck in from a fill of the yard of 0: it is shut for ever",
                f"{at}.stop_from",
                f"raise {at}.stop_from, or leave it out",
            )
    for path, (calendar, effect) in waiting.items():
        if open_hours(week.port.calendars[calendar.value]) == 0:
            yield Problem(
                f"the calendar {calendar.value} is never open: {effect}",
                path,
                f"name another calendar in {path}, or give calendars.{calendar.value}.hours",
            )


def _released(week: Week) -> bool:
    return any(stream.flow == "transhipment" and stream.by_out is not Mode.NONE for stream in week.streams)
