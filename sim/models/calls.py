"""The vessel and barge calls of a run, drawn service by service before it starts: when, and how many boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sim.kernel.draws import Draws
from sim.models.cohorts import Cohorts
from sim.models.traced import Block, is_traced, traced_calls
from sim.port.calendar import DAYS, hour_of_day
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.terminal import Basin, Terminal
from sim.port.traffic import Service, VesselClass, Weekly
from sim.port.units import Quantity

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Part = TypeVar("Part")
WEEK = 168.0
BOOKED = " booked"
"""Marks the draws of the boxes booked on a service, next to those of the boxes it discharges."""


@dataclass(frozen=True)
class Calls:
    """Vessel and barge calls in order of arrival; arrays of shape (calls,).

    service, terminal, vessel_class: codes by the order of the port's mappings. discharge: boxes off a vessel; what a
    barge brings was booked on a vessel. load: nominal load of a vessel, of which `booked` boxes are booked on her.
    first, first_booked: number of the call's first box within its service, so that a box keeps its draws whatever
    other services do. trace: row of the call in the trace that it comes from, -1 for a drawn one. boxes: owner of
    draws -> boxes discharged by, or booked on, each service.
    """

    t_arrived: Floats
    service: Integers
    terminal: Integers
    vessel_class: Integers
    draft: Floats
    barge: NDArray[np.bool_]
    discharge: Integers
    load: Integers
    booked: Integers
    crane_rate: Floats
    transit_speed: Floats
    berth_service: Floats
    first: Integers
    first_booked: Integers
    trace: Integers
    boxes: dict[str, int]

    def __len__(self) -> int:
        return len(self.t_arrived)


def draw_calls(timeline: PortTimeline, horizon: Horizon, draws: Draws) -> Calls:
    """Return the calls that arrive within the horizon. Equal arrival times keep the order of the services."""
    port = timeline.ports[0]
    drawn = [_block(name, timeline, horizon, draws) for name in port.traffic.services]
    columns = {key: np.concatenate([block[key] for block in drawn]) for key in drawn[0]}
    boxes = {
        owner: int(block[column].sum())
        for column, suffix in (("discharge", ""), ("booked", BOOKED))
        for owner, block in zip((name + suffix for name in port.traffic.services), drawn, strict=True)
    }
    inside = np.flatnonzero((columns["t_arrived"] >= 0) & (columns["t_arrived"] < horizon.total_hours))
    order = inside[np.argsort(columns["t_arrived"][inside], kind="stable")]
    return Calls(**{key: column[order] for key, column in columns.items()}, boxes=boxes)


def _block(name: str, timeline: PortTimeline, horizon: Horizon, draws: Draws) -> Block:
    """Return the columns of one service's calls, in the order of their places in the service."""
    traffic = timeline.ports[0].traffic
    service = list(traffic.services).index(name)

    def draw(t: Floats, vessel_class: int) -> Block:
        return _calls_of(name, list(traffic.vessel_classes)[vessel_class], t, timeline, draws)

    if is_traced(timeline, service):
        block = traced_calls(timeline, service, draw, _booked_share)
    else:
        t = _arrival_times(name, timeline, horizon, draws)
        block = draw(t, list(traffic.vessel_classes).index(traffic.services[name].vessel_class))
        block["trace"] = np.full(len(t), -1)
    for first, column in (("first", "discharge"), ("first_booked", "booked")):
        block[first] = np.cumsum(block[column]) - block[column]
    return block


def _calls_of(name: str, vessel_class: str, t: Floats, timeline: PortTimeline, draws: Draws) -> Block:
    """Return what is drawn of one service's calls at hours `t`, by vessels of one class."""
    port = timeline.ports[0]
    service = port.traffic.services[name]
    n = len(t)
    cohorts, zero = Cohorts(timeline, t), np.zeros(n)

    def drawn(purpose: str, read: Callable[[Port], Quantity]) -> Floats:
        return cohorts.quantile(read, draws.uniform(purpose, name, n))

    def of_class(purpose: str, read: Callable[[VesselClass], Quantity]) -> Floats:
        return drawn(purpose, lambda p: read(p.traffic.vessel_classes[vessel_class]))

    discharge, load, booked = np.zeros((3, n), dtype=np.int64)
    basin = service.berth == "basin"
    if not basin:
        exchange = np.maximum(1, np.rint(of_class("exchange", lambda c: c.exchange))).astype(np.int64)
        share = of_class("discharge share", lambda c: c.discharge_share)
        discharge = np.rint(exchange * np.clip(share, 0, 1)).astype(np.int64)
        load = exchange - discharge
        booked = np.rint(load * cohorts.value(_booked_share)).astype(np.int64)
    berth = _berth(port, service)
    direct = berth.quay.service is not None
    return {
        "t_arrived": t,
        "service": np.full(n, list(port.traffic.services).index(name)),
        "terminal": np.full(n, list(port.terminals).index(service.terminal)),
        "vessel_class": np.full(n, list(port.traffic.vessel_classes).index(vessel_class)),
        "draft": of_class("draft", lambda c: c.draft),
        "barge": np.full(n, basin),
        "discharge": discharge,
        "load": load,
        "booked": booked,
        "crane_rate": drawn("crane rate", lambda p: _berth(p, service).cranes.rate),
        "transit_speed": drawn("speed", lambda p: _given(p.channel).speed) if port.channel and not basin else zero,
        "berth_service": drawn("berth service", lambda p: _given(_berth(p, service).quay.service)) if direct else zero,
    }


def _berth(port: Port, service: Service) -> Terminal | Basin:
    """Return where the service lies: the sea quay of its terminal, or the basin."""
    terminal = port.terminals[service.terminal]
    return terminal if service.berth == "sea" else _given(terminal.basin)


def _booked_share(port: Port) -> float:
    """Return the part of a call's nominal load that is booked; the rest is for boxes off other vessels."""
    bookings = port.traffic.cargo.bookings
    return 0.0 if bookings is None else 1 - bookings.connection_room.value


def _given(part: Part | None) -> Part:
    """Return a part that the first port of the timeline has; policies move values, they do not take parts away."""
    if part is None:
        raise TypeError("a port cannot lose its channel, its berth service or its basin within a run")
    return part


def _arrival_times(name: str, timeline: PortTimeline, horizon: Horizon, draws: Draws) -> Floats:
    first = timeline.ports[0].traffic.services[name]
    if isinstance(first.arrivals, Weekly):
        return _weekly(name, first.arrivals, horizon, draws)
    return _renewal(name, timeline, horizon.total_hours, draws)


def _weekly(name: str, arrivals: Weekly, horizon: Horizon, draws: Draws) -> Floats:
    """Return the arrivals of a weekly service, each with its own normal deviation from the pro-forma time.

    Weeks from one before the start to one after the end take part, so that deviations carry calls both ways; place k
    is the week's number, and a call that falls outside the horizon keeps its draws.
    """
    day, _, clock = arrivals.at.value.partition(" ")
    slot = 24.0 * ((DAYS.index(day) - horizon.start.weekday()) % 7) + hour_of_day(clock)
    weeks = int(horizon.total_hours // WEEK) + 3
    pro_forma = slot + WEEK * np.arange(-1, weeks - 1)
    deviation = arrivals.deviation.value * ndtri(draws.uniform("deviation", name, weeks))
    return np.asarray(pro_forma + deviation)


def _renewal(name: str, timeline: PortTimeline, end: float, draws: Draws) -> Floats:
    """Return the arrivals of a renewal process; each gap follows the port that holds when it begins."""
    shortest = min(_interval(port.traffic.services[name]).mean for port in timeline.ports)
    n = int(2 * end / shortest + 50)
    u = draws.uniform("interval", name, n)
    times: list[Floats] = []
    last, used = 0.0, 0
    for k, port in enumerate(timeline.ports):
        until = min(end, timeline.hours[k + 1]) if k + 1 < len(timeline.hours) else end
        if last >= until:
            continue
        # summed one by one from the last arrival, so that a cut that leaves the gaps alone leaves every bit alone
        gaps = _interval(port.traffic.services[name]).quantile(u[used:])
        arrivals = np.cumsum(np.append(last, gaps))[1:]
        times.append(arrivals[: np.searchsorted(arrivals, until) + 1])
        used += len(times[-1])
        last = float(times[-1][-1])
    arrived = np.concatenate(times)
    return np.asarray(arrived[arrived < end])


def _interval(service: Service) -> Quantity:
    """Return the gap between calls. A service must keep its kind of process along the timeline."""
    if isinstance(service.arrivals, Weekly):
        raise TypeError("a service cannot turn from renewal to weekly within a run")
    return service.arrivals.interval
