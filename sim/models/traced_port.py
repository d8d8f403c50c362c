"""The port as a trace uses it, for what is looked at before a run: who calls where, how often and with how much."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem
from sim.models.feasible_berth import at_quay
from sim.models.feasible_visit import Visit
from sim.models.feasible_water import in_channel, with_help
from sim.models.load_week import MeanCall, Week
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.traces import Traces
from sim.port.traffic import Renewal, Service, VesselClass
from sim.port.units import Quantity

Rows = NDArray[np.intp]
Integers = NDArray[np.int64]


def misfits(port: Port, service: str, vessel_class: str, draft: float | None) -> tuple[Problem, ...]:
    """Return why vessels of a class could not come to the berth of a service; with a draft [m], at that draft."""
    vessel = port.traffic.vessel_classes[vessel_class]
    if draft is not None:
        vessel = vessel.model_copy(update={"draft": _fixed(draft, "m")})
    called = port.traffic.services[service].model_copy(update={"vessel_class": vessel_class})
    port = _with_traffic(port, {**port.traffic.services, service: called}, {vessel_class: vessel})
    terminal = port.terminals[called.terminal]
    place = terminal if called.berth == "sea" else terminal.basin
    assert place is not None  # the port is refused where a line calls without a basin
    call = MeanCall(service, called, vessel, place, calls=1.0, off=0.0, on=0.0, connecting=0.0, transit=0.0)
    visit = Visit(Week(port, (), (call,), ()), call)
    return tuple([*at_quay(visit), *in_channel(visit), *with_help(visit)] if visit.at_sea_quay else at_quay(visit))


def traced_ports(timeline: PortTimeline, horizon: Horizon) -> tuple[Port, ...]:
    """Return the ports of a timeline with the traffic of its traces in a mean week, for the offered loads.

    None where boxes are recorded: loads are made of the port's shares of flows and ways, which do not hold for them.
    """
    if timeline.traces is None:
        return timeline.ports
    if timeline.traces.boxes is not None:
        return ()
    return tuple(_traced(port, timeline.traces, horizon.total_hours) for port in timeline.ports)


def _traced(port: Port, traces: Traces, hours: float) -> Port:
    """Return the port whose traced services call as often as in the trace, with what they bring there on average.

    A service whose vessels are of several classes is taken to have the commonest.
    """
    keys, classes = list(port.traffic.services), list(port.traffic.vessel_classes)
    services, vessels = dict(port.traffic.services), {}
    for code in traces.services:
        rows = np.flatnonzero((traces.calls.service == code) & (traces.calls.t_arrived < hours))
        own = services.pop(keys[code])
        if rows.size:
            name = classes[int(np.bincount(traces.calls.vessel_class[rows]).argmax())]
            arrivals = Renewal(process="renewal", interval=_fixed(hours / rows.size, "h"))
            key = f"{name} of {keys[code]}"
            vessels[key] = _vessel(port.traffic.vessel_classes[name], traces, rows)
            services[keys[code]] = own.model_copy(update={"vessel_class": key, "arrivals": arrivals})
    return _with_traffic(port, {key: services[key] for key in keys if key in services}, vessels)


def _vessel(vessel: VesselClass, traces: Traces, rows: Rows) -> VesselClass:
    """Return a class that brings and takes what these calls of a trace do on average, so far as it says."""
    share = min(1.0, vessel.discharge_share.mean)
    off, on = vessel.exchange.mean * share, vessel.exchange.mean * (1 - share)
    off, on = _mean(traces.calls.discharge[rows], off), _mean(traces.calls.load[rows], on)
    exchange, part = _fixed(off + on, "boxes"), _fixed(off / (off + on) if off + on > 0 else 0.0, "share")
    return vessel.model_copy(update={"exchange": exchange, "discharge_share": part})


def _mean(counts: Integers, drawn: float) -> float:
    """Return the mean number of boxes, of which calls that say none have the mean of what is drawn."""
    return float(np.mean(np.where(counts >= 0, counts, drawn)))


def _fixed(value: float, unit: str) -> Quantity:
    return Quantity(value=value, unit=unit, grade="seen", source="scenario")


def _with_traffic(port: Port, services: Mapping[str, Service], classes: Mapping[str, VesselClass]) -> Port:
    all_classes = {**port.traffic.vessel_classes, **classes}
    traffic = port.traffic.model_copy(update={"services": services, "vessel_classes": all_classes})
    return port.model_copy(update={"traffic": traffic})
