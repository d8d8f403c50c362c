"""The boxes of a mean week: what they are, and how they come and go, by the shares of the port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sim.port.port import Port
from sim.port.services import calls_per_week
from sim.port.traffic import Bookings, Flow, Service
from sim.port.units import Quantity
from sim.records import Mode


class Part(Protocol):
    """One of several classes; the one without a share takes the rest."""

    @property
    def share(self) -> Quantity | None:
        """The class's own share."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Boxes of one flow that pass a terminal in one way. boxes: a week.

    one_port: cleared at the river port. direct: loaded straight from the truck.
    """

    terminal: str
    flow: str
    by_in: Mode
    by_out: Mode
    boxes: float
    one_port: bool = False
    direct: bool = False


def streams(port: Port) -> tuple[Stream, ...]:
    """Return all boxes of a mean week, those discharged before those booked."""
    return tuple(stream for stream in (*_discharged(port), *_booked(port)) if stream.boxes > 0)


def shares(parts: Mapping[Any, Part]) -> dict[str, float]:
    """Return every class's share; the one without takes the rest."""
    known = {key: part.share.value for key, part in parts.items() if part.share is not None}
    rest = 1 - sum(known.values())
    return {key: known.get(key, rest) for key in parts}


def value_of(share: Quantity | None) -> float:
    """Return a share, 0 where it is left out."""
    return 0.0 if share is None else share.value


def calling(port: Port, terminal: str, berth: str) -> dict[str, Service]:
    """Return the services at the sea quay ("sea") or in the basin ("basin") of a terminal."""
    return {
        key: service
        for key, service in port.traffic.services.items()
        if service.terminal == terminal and service.berth == berth
    }


def brought(port: Port, service: Service) -> float:
    """Return the boxes that a sea service discharges in a week."""
    vessel = port.traffic.vessel_classes[service.vessel_class]
    return calls_per_week(service) * vessel.exchange.mean * min(1.0, vessel.discharge_share.mean)


def nominal_load(port: Port, service: Service) -> float:
    """Return the boxes that the calls of a sea service are there to load in a week."""
    vessel = port.traffic.vessel_classes[service.vessel_class]
    return calls_per_week(service) * vessel.exchange.mean * (1 - min(1.0, vessel.discharge_share.mean))


def mean_teu(port: Port) -> float:
    """Return the mean TEU of a box."""
    return 1 + port.traffic.cargo.forty_foot_share.value


def _discharged(port: Port) -> Iterator[Stream]:
    flows = port.traffic.cargo.flows
    for terminal in port.terminals:
        boxes = sum(brought(port, service) for service in calling(port, terminal, "sea").values())
        for (name, flow), share in zip(flows.items(), shares(flows).values(), strict=True):
            for by_out, part in ways_out(name, flow).items():
                yield Stream(terminal, name, Mode.SEA, by_out, boxes * share * part)


def ways_out(name: str, flow: Flow) -> dict[Mode, float]:
    """Return the part of a discharged flow that leaves by each mode."""
    if flow.barge_share is None and flow.connection_share is None:
        return {Mode.ROAD if name == "import" else Mode.NONE: 1.0}
    by_sea, by_barge = value_of(flow.connection_share), value_of(flow.barge_share)
    return {Mode.SEA: by_sea, Mode.BARGE: by_barge, Mode.ROAD: 1 - by_sea - by_barge}


def _booked(port: Port) -> Iterator[Stream]:
    bookings = port.traffic.cargo.bookings
    if bookings is None:
        return
    for terminal in port.terminals:
        loads = sum(nominal_load(port, service) for service in calling(port, terminal, "sea").values())
        booked = loads * (1 - bookings.connection_room.value)
        for (name, flow), share in zip(bookings.flows.items(), shares(bookings.flows).values(), strict=True):
            barge = booked * share * flow.barge_share.value
            road = booked * share - barge
            if name == "export":
                yield from _exports(port, bookings, terminal, barge, road)
                continue
            yield Stream(terminal, name, Mode.BARGE, Mode.SEA, barge)
            yield Stream(terminal, name, Mode.ROAD, Mode.SEA, road)


def _exports(port: Port, bookings: Bookings, terminal: str, barge: float, road: float) -> Iterator[Stream]:
    """Yield the exports of a terminal. barge, road: how many come by each in a week."""
    one_port, train, direct = value_of(bookings.one_port_share), by_train(port), _direct_share(port)
    for by_out, part in ((Mode.SEA, 1 - train), (Mode.RAIL, train)):
        yield Stream(terminal, "export", Mode.BARGE, by_out, barge * part * (1 - one_port))
        yield Stream(terminal, "export", Mode.BARGE, by_out, barge * part * one_port, one_port=True)
        straight = direct if by_out is Mode.SEA else 0.0
        yield Stream(terminal, "export", Mode.ROAD, by_out, road * part * (1 - straight))
        yield Stream(terminal, "export", Mode.ROAD, by_out, road * part * straight, direct=True)


def by_train(port: Port) -> float:
    """Return the part of the export boxes that goes by train: those for Europe less what shuns a second clearance."""
    bookings, rail = port.traffic.cargo.bookings, port.rail
    if bookings is None or rail is None:
        return 0.0
    by_sea = 0.0 if rail.seamless.value else rail.sea_share.value
    return value_of(bookings.europe_share) * (1 - by_sea)


def _direct_share(port: Port) -> float:
    """Return the part of the exports by truck that is loaded straight from it: neither reviewed nor selected."""
    export = port.customs.export
    if export is None:
        return 0.0
    smooth = (1 - export.manual_share.value) * (1 - export_rate(port, by_rail=False))
    return export.direct_share.value * export.advance_share.value * smooth


def export_rate(port: Port, *, by_rail: bool) -> float:
    """Return the share of exports selected for inspection in the port; a train may ask for its own."""
    rail = port.rail
    if by_rail and rail is not None and rail.seamless.value:
        listed = rail.statutory_share.value
        return listed * rail.statutory_inspection_rate.value + (1 - listed) * rail.inspection_rate.value
    traders = port.customs.traders
    return sum(share * value_of(traders[key].export_inspection_rate) for key, share in shares(traders).items())
