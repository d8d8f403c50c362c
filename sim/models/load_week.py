"""A mean week of the port: its boxes, and a mean call of every service with what it brings and takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.models.fairway import transit_hours
from sim.models.load_flows import (
    Stream,
    brought,
    calling,
    mean_teu,
    nominal_load,
    shares,
    streams,
    value_of,
)
from sim.port.port import Port
from sim.port.services import calls_per_week
from sim.port.terminal import Basin, Terminal
from sim.port.traffic import Service, VesselClass
from sim.records import Mode


@dataclass(frozen=True, slots=True)
class MeanCall:
    """A mean call of a service. calls: a week. off, on: boxes that it brings and takes, `connecting` of them off other
    vessels. transit: from sea [h].
    """

    key: str
    service: Service
    vessel: VesselClass
    place: Terminal | Basin
    calls: float
    off: float
    on: float
    connecting: float
    transit: float

    @property
    def working(self) -> float:
        """Hours of work with all the cranes that she wants."""
        if self.place.quay.service is not None:
            return self.place.quay.service.mean
        cranes = self.place.cranes
        pace = self.vessel.cranes.value**cranes.interference.value * cranes.rate.mean * cranes.availability.value
        return float((self.off + self.on) / pace)

    @property
    def kept(self) -> float:
        """Hours for which she has a berth: from its assignment on, while she comes up the channel."""
        quay = self.place.quay
        return self.transit + quay.berthing.value + self.working + quay.unberthing.value

    @property
    def to_hook(self) -> float:
        """Hours from her arrival until she has taken half of her load, if no queue holds her."""
        moves = self.off + self.on
        part = (self.off + self.on / 2) / moves if moves > 0 else 0.0
        return self.transit + self.place.quay.berthing.value + self.working * part


@dataclass(frozen=True, slots=True)
class Week:
    """The boxes of a mean week, and a mean call of each service: at the sea quays, and in the basins."""

    port: Port
    streams: tuple[Stream, ...]
    sea: tuple[MeanCall, ...]
    basin: tuple[MeanCall, ...]

    @staticmethod
    def of(port: Port) -> Week:
        """Return the mean week of a port."""
        boxes = streams(port)
        return Week(port, boxes, tuple(_sea_calls(port, boxes)), tuple(_barge_calls(port, boxes)))

    def boxes(self, terminal: str, by_in: Mode | None = None, by_out: Mode | None = None) -> float:
        """Return the boxes a week of a terminal that come and leave by these modes; None stands for any."""
        return sum(
            stream.boxes
            for stream in self.streams
            if stream.terminal == terminal and by_in in (None, stream.by_in) and by_out in (None, stream.by_out)
        )

    def teu(self, boxes: float) -> float:
        """Return the mean TEU of so many boxes."""
        return boxes * mean_teu(self.port)

    def sea_calls(self, terminal: str) -> tuple[MeanCall, ...]:
        """Return the calls at the sea quay of a terminal."""
        return tuple(call for call in self.sea if call.service.terminal == terminal)

    def barges(self, terminal: str) -> tuple[MeanCall, ...]:
        """Return the calls in the basin of a terminal."""
        return tuple(call for call in self.basin if call.service.terminal == terminal)


def _sea_calls(port: Port, boxes: tuple[Stream, ...]) -> Iterator[MeanCall]:
    """Yield the calls of every sea service. Without bookings loads are moves of the cranes only."""
    transit = transit_hours(port.channel, port.channel.speed.mean) if port.channel else 0.0
    loads, onto = _booked_by_sea(port, boxes), _connections(port)
    for key, service in port.traffic.services.items():
        if service.berth == "sea":
            calls, load = calls_per_week(service), nominal_load(port, service)
            if port.traffic.cargo.bookings is not None:
                load = loads[key] + onto[key]
            yield MeanCall(
                key=key,
                service=service,
                vessel=port.traffic.vessel_classes[service.vessel_class],
                place=port.terminals[service.terminal],
                calls=calls,
                off=brought(port, service) / calls,
                on=load / calls,
                connecting=onto[key] / calls,
                transit=transit,
            )


def _booked_by_sea(port: Port, boxes: tuple[Stream, ...]) -> dict[str, float]:
    """Return the boxes booked on each sea service that are to go with it, not by train; a week."""
    booked: dict[str, float] = {}
    for terminal in port.terminals:
        services = calling(port, terminal, "sea")
        loads = {key: nominal_load(port, service) for key, service in services.items()}
        mine = [stream for stream in boxes if stream.terminal == terminal and stream.by_in is not Mode.SEA]
        total = sum(stream.boxes for stream in mine if stream.by_out is Mode.SEA)
        booked |= {key: total * part for key, part in split(loads).items()}
    return booked


def _connections(port: Port) -> dict[str, float]:
    """Return the boxes off other services that go on with each sea service; a week.

    A box goes on with any other service of its terminal, likelier the more that one loads; if there is none, with its
    own.
    """
    flows = port.traffic.cargo.flows
    transhipment = flows.get("transhipment")
    part = 0.0 if transhipment is None else value_of(transhipment.connection_share) * shares(flows)["transhipment"]
    onto = {key: 0.0 for key, service in port.traffic.services.items() if service.berth == "sea"}
    for terminal in port.terminals if part > 0 else ():
        services = calling(port, terminal, "sea")
        loads = {key: nominal_load(port, service) for key, service in services.items()}
        for key, service in services.items():
            boxes = brought(port, service) * part
            others = {other: load for other, load in loads.items() if other != key and load > 0}
            for other, share in split(others or loads).items():
                onto[other] += boxes * share
    return onto


def _barge_calls(port: Port, boxes: tuple[Stream, ...]) -> Iterator[MeanCall]:
    for terminal, described in port.terminals.items():
        basin = described.basin
        lines = calling(port, terminal, "basin")
        parts = split({key: 1.0 if line.weight is None else line.weight.value for key, line in lines.items()})
        mine = [stream for stream in boxes if stream.terminal == terminal]
        off = sum(stream.boxes for stream in mine if stream.by_in is Mode.BARGE)
        on = sum(stream.boxes for stream in mine if stream.by_out is Mode.BARGE)
        for key, line in lines.items():
            assert basin is not None  # the port is refused where a line calls without one
            calls, vessel = calls_per_week(line), port.traffic.vessel_classes[line.vessel_class]
            each = parts[key] / calls
            yield MeanCall(key, line, vessel, basin, calls, off * each, on * each, 0.0, 0.0)


def split(weights: dict[str, float]) -> dict[str, float]:
    """Return each weight's part of their sum; no part where all are 0."""
    total = sum(weights.values())
    return {key: weight / total if total > 0 else 0.0 for key, weight in weights.items()}
