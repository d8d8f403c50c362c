"""The boxes booked on the vessel calls: what they are, and when and how each is brought to the port."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.boarding import board, calls_of, choose, line_weight, services_at
from sim.models.calls import Calls
from sim.models.cohorts import Cohorts
from sim.models.luck import Luck
from sim.port.port import Port, PortTimeline
from sim.port.rail import Rail
from sim.port.traffic import Bookings
from sim.port.units import Quantity
from sim.records import Column, Flow, Mode

Floats = NDArray[np.float64]


def bookings_of(port: Port) -> Bookings:
    """Return the bookings of a port that has them."""
    if port.traffic.cargo.bookings is None:
        raise TypeError("a port cannot lose its bookings within a run")
    return port.traffic.cargo.bookings


def bring(table: dict[str, Column], cohorts: Cohorts, luck: Luck, due: Floats) -> Floats:
    """Set by_in and the one-port mark of booked boxes; return the hour at which each is planned to reach the port.

    table: columns of the booked boxes only; by_in stays where a trace has said it. due: arrival of the call that each
    is booked on [h].
    """
    by_barge = luck("by barge") < cohorts.by_class(_barge_shares, _places(table["flow"], cohorts.first))
    by_barge = np.where(table["by_in"] == Mode.NONE, by_barge, table["by_in"] == Mode.BARGE)
    table["by_in"][:] = np.where(by_barge, Mode.BARGE, Mode.ROAD)
    export = table["flow"] == Flow.EXPORT
    table["one_port"][:] = export & by_barge & (luck("one port") < cohorts.value(_one_port_share))
    u = luck("lead")
    lead = np.empty(len(due))
    one_port = table["one_port"]
    for rows, read in (
        (np.flatnonzero(~by_barge), lambda p: bookings_of(p).road_lead),
        (np.flatnonzero(by_barge & ~one_port), lambda p: bookings_of(p).barge_lead),
        (np.flatnonzero(one_port), _one_port_lead),
    ):
        lead[rows] = cohorts.at(rows).quantile(read, u[rows])
    return np.asarray(due - lead)


def _barge_shares(port: Port) -> list[float]:
    return [flow.barge_share.value for flow in bookings_of(port).flows.values()]


def _places(flow: Column, port: Port) -> Column:
    """Return the place of each box's flow in the bookings."""
    place = np.zeros(len(Flow), dtype=np.int8)
    for k, name in enumerate(bookings_of(port).flows):
        place[Flow[name.upper()]] = k
    return np.asarray(place[flow])


def _one_port_share(port: Port) -> float:
    share = bookings_of(port).one_port_share
    return 0.0 if share is None else share.value


def _one_port_lead(port: Port) -> Quantity:
    bookings = bookings_of(port)
    return bookings.barge_lead if bookings.one_port_lead is None else bookings.one_port_lead


def to_europe(table: dict[str, Column], cohorts: Cohorts, luck: Luck) -> None:
    """Mark the export boxes bound for Europe, and set by_out of all booked boxes: to sea, or to the rail station."""
    table["by_out"][:] = Mode.SEA
    if cohorts.first.rail is None:
        return
    bound = luck("europe") < cohorts.value(lambda p: _value(bookings_of(p).europe_share))
    table["europe"][:] = (table["flow"] == Flow.EXPORT) & bound
    train = luck("by sea") >= cohorts.value(_sea_share)
    table["by_out"][table["europe"] & train] = Mode.RAIL


def _value(share: Quantity | None) -> float:
    return 0.0 if share is None else share.value


def _sea_share(port: Port) -> float:
    """Return the part of the boxes for Europe that goes by sea: none once one supervision reaches to the station."""
    rail = rail_of(port)
    return 0.0 if rail.seamless.value else rail.sea_share.value


def rail_of(port: Port) -> Rail:
    """Return the rail of a port that has one."""
    if port.rail is None:
        raise TypeError("a port cannot lose its rail within a run")
    return port.rail


def by_barges(table: dict[str, Column], planned: Floats, calls: Calls, luck: Luck, timeline: PortTimeline) -> None:
    """Put the booked boxes that come by barge onto barges: sets `call`, but where a trace has said it.

    A box takes the first barge of its line that reaches the port at or after its planned hour and has room; at the
    river port the first come is served first. Boxes planned before hour 0 are in the port when the run begins.
    """
    port = timeline.ports[0]
    capacities = np.array([c.capacity.value for c in port.traffic.vessel_classes.values()])
    u, said = luck("barge line"), table["call"] >= 0
    taken_up = np.bincount(table["call"][said], table["teu"][said], minlength=len(calls))
    waiting = (table["by_in"] == Mode.BARGE) & (planned >= 0) & ~said
    for terminal in range(len(port.terminals)):
        mine = np.flatnonzero(waiting & (table["terminal"] == terminal))
        if not mine.size:
            continue
        line = choose(services_at(port, terminal, "basin", line_weight), u[mine])
        for code in np.unique(line).tolist():
            rows = mine[line == code]
            rows = rows[np.argsort(planned[rows], kind="stable")]
            barges = calls_of(calls, code)
            room = np.maximum(0.0, capacities[calls.vessel_class[barges]] - taken_up[barges])
            taken = board(planned[rows], table["teu"][rows], calls.t_arrived[barges], room)
            aboard = rows[taken >= 0]
            table["call"][aboard] = barges[taken[taken >= 0]]
