"""The room asked of barges each way, of vessels by what is booked and by what connects, and of trains."""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.load_flows import nominal_load
from sim.models.load_station import StationLoad, until_the_first_is_full
from sim.models.load_week import Week
from sim.records import Mode


def carriers(week: Week) -> Iterator[StationLoad]:
    """Barges in and out and calls at each terminal, then the trains. A box keeps to its line and to its service."""
    for key in week.port.terminals:
        yield from _barges(week, key)
        yield from _calls(week, key)
    rail = week.port.rail
    if rail is not None:
        boxes = sum(stream.boxes for stream in week.streams if stream.by_out is Mode.RAIL)
        room = rail.trains_per_week.value * rail.capacity.value
        yield StationLoad("trains", "rail.trains_per_week", week.teu(boxes), room, "TEU")


def _barges(week: Week, key: str) -> Iterator[StationLoad]:
    lines = week.barges(key)
    rooms = {line.key: line.calls * line.vessel.capacity.value for line in lines}
    for way in ("in", "out") if lines else ():
        boxes = {line.key: line.calls * (line.off if way == "in" else line.on) for line in lines}
        asked = {line: week.teu(number) for line, number in boxes.items()}
        fullest, room = until_the_first_is_full(asked, rooms)
        path = f"traffic.vessel_classes.{week.port.traffic.services[fullest].vessel_class}.capacity"
        yield StationLoad(f"barges {way} {key}", path, sum(asked.values()), room, "TEU")


def _calls(week: Week, key: str) -> Iterator[StationLoad]:
    """What the calls are to load, booked and connecting, over what they can."""
    bookings, calls = week.port.traffic.cargo.bookings, week.sea_calls(key)
    if bookings is None or not calls:
        return
    asked = {call.key: call.calls * call.on for call in calls}
    rooms = {call.key: nominal_load(week.port, call.service) * bookings.room.value for call in calls}
    _, room = until_the_first_is_full(asked, rooms)
    yield StationLoad(f"call room {key}", "traffic.cargo.bookings.room", sum(asked.values()), room, "boxes")
