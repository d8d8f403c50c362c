"""The TEU in the yard by Little's law: what comes in a week, times how long it stays.

Stays are estimates without queues: what takes its time whatever else is done, and half the time between two carriers
for what goes on by water. Closed desks and gates come on top.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.load_flows import Stream, shares
from sim.models.load_station import WEEK, StationLoad
from sim.models.load_week import MeanCall, Week, split
from sim.port.port import Port
from sim.port.terminal import SLOT_KINDS, SlotKind, Yard
from sim.port.traffic import Bookings
from sim.records import Mode


def yard(week: Week, key: str) -> Iterator[StationLoad]:
    """The slots of each kind; all together where no bookings are described, as those boxes are not told apart."""
    slots, at = week.port.terminals[key].yard, f"terminals.{key}.yard"
    held = dict.fromkeys(SLOT_KINDS, 0.0)
    for stream in week.streams:
        if stream.terminal == key:
            teu = week.teu(stream.boxes) * stay(week, stream) / WEEK
            for kind, share in slot_shares(week.port, slots, stream.flow == "empty").items():
                held[kind] += teu * share
    pools = {kind: pool.teu.value for kind in SLOT_KINDS if (pool := getattr(slots, kind)) is not None}
    if week.port.traffic.cargo.bookings is None:
        yield StationLoad(f"yard {key}", f"{at}.dry.teu", sum(held.values()), sum(pools.values()), "TEU")
        return
    for kind, teu in pools.items():
        yield StationLoad(f"yard {key} {kind}", f"{at}.{kind}.teu", held[kind], teu, "TEU")


def slot_shares(port: Port, slots: Yard, empty: bool) -> dict[SlotKind, float]:
    """Return the parts of boxes, laden or empty, by the kind of slot that they take."""
    if empty:
        return {"dry" if slots.empty is None else "empty": 1.0}
    goods = port.traffic.cargo.goods
    reefer = sum(share * goods[key].reefer_share.value for key, share in shares(goods).items())
    return {"dry": 1 - reefer, "reefer": reefer}


def stay(week: Week, stream: Stream) -> float:
    """Return the mean hours for which a box of a stream has a slot."""
    if stream.direct:
        return 0.0
    if stream.by_in is not Mode.SEA:
        return _booked_stay(week, stream)
    hours = _owner_stay(week.port, stream)
    if stream.by_out is Mode.BARGE:
        hours += _wait(week, stream.terminal, "basin")
    if stream.by_out is Mode.SEA:
        hours += _wait(week, stream.terminal, "sea")
    return hours


def _owner_stay(port: Port, stream: Stream) -> float:
    """Return the hours until a discharged box is free to go on."""
    flow = port.traffic.cargo.flows[stream.flow]  # type: ignore[index]
    if flow.stay is None:
        return _import_stay(port, by_road=stream.by_out is Mode.ROAD)
    if stream.flow != "transhipment" or stream.by_out is Mode.NONE:
        return flow.stay.mean
    # a box in transit is not the owner's to keep: to sea it goes on as soon as it is released
    released = _transhipment_release(port)
    return released if stream.by_out is Mode.SEA else max(flow.stay.mean, released)


def _import_stay(port: Port, *, by_road: bool) -> float:
    declaration, pick_up = port.customs.declaration, port.customs.pick_up
    advance, two_step = declaration.advance_share.value, declaration.two_step_share.value
    documents = port.customs.preparation.documents.mean * port.customs.preparation.documents_factor.value
    documents *= 1 - two_step * (1 - min(1.0, declaration.two_step_documents_factor.value))
    shipside = advance * pick_up.shipside_share.value if by_road else 0.0
    return (1 - advance) * documents + (1 - shipside) * pick_up.delay.mean


def _transhipment_release(port: Port) -> float:
    release = port.customs.transhipment
    if release is None:
        return 0.0
    approval = (1 - release.automatic_share.value) * release.approval.mean
    return port.customs.tally.mean + approval + release.transfer.mean


def _booked_stay(week: Week, stream: Stream) -> float:
    """Return the hours of a box brought for a vessel or a train: from its coming to the hook, or to the shuttle."""
    bookings, port = week.port.traffic.cargo.bookings, week.port
    if bookings is None:
        return 0.0
    if stream.by_out is not Mode.RAIL:
        late = _headway(week.barges(stream.terminal)) / 2 if stream.by_in is Mode.BARGE else 0.0
        return max(0.0, _lead(bookings, stream) - late) + _hook(week.sea_calls(stream.terminal))
    rail = port.rail
    if rail is None:
        return 0.0
    cleared = 0.0 if stream.one_port else _export_clearance(port)
    timetable = rail.shuttle_interval.value / 2 if rail.shuttle_mode.value == "rail" else 0.0
    return cleared + rail.wait.mean + timetable


def _lead(bookings: Bookings, stream: Stream) -> float:
    if stream.by_in is Mode.ROAD:
        return bookings.road_lead.mean
    one_port = bookings.one_port_lead
    return one_port.mean if stream.one_port and one_port is not None else bookings.barge_lead.mean


def _export_clearance(port: Port) -> float:
    export = port.customs.export
    if export is None:
        return 0.0
    report, advance = export.arrival_report.mean, export.advance_share.value
    return advance * report + (1 - advance) * max(report, export.preparation.mean)


def _wait(week: Week, terminal: str, berth: str) -> float:
    """Return the hours until the next list and carrier, and until the hook, of a box that is free to go on."""
    bookings = week.port.traffic.cargo.bookings
    listed = 0.0 if bookings is None else bookings.list_interval.value / 2
    if berth == "basin":
        calls = week.barges(terminal)
        return listed + _headway(calls) / 2 + _hook(calls)
    calls = week.sea_calls(terminal)
    parts = split({call.key: call.connecting * call.calls for call in calls})
    return listed + sum(parts[call.key] * (WEEK / call.calls / 2 + call.to_hook) for call in calls)


def _headway(calls: tuple[MeanCall, ...]) -> float:
    """Return the hours between two barges of a line, as boxes meet it."""
    parts = split({call.key: (call.off + call.on) * call.calls for call in calls})
    return sum(parts[call.key] * WEEK / call.calls for call in calls)


def _hook(calls: tuple[MeanCall, ...]) -> float:
    """Return the hours from arrival to the hook, as loaded boxes meet them."""
    parts = split({call.key: call.on * call.calls for call in calls})
    return sum(parts[call.key] * call.to_hook for call in calls)
