"""The boxes of a run as columns: what each box is and every time that is its own, drawn before the run starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models.bookings import bookings_of, bring, by_barges, to_europe
from sim.models.calls import Calls
from sim.models.cohorts import Cohorts
from sim.models.control import import_control
from sim.models.durations import Durations, import_durations, joined
from sim.models.exports import export_control, export_durations
from sim.models.haulage import Haulage, haulage
from sim.models.luck import Luck
from sim.models.onward import destinations, onward
from sim.models.rail import RailTimes, draw_rail
from sim.models.traced import Said, said_of
from sim.models.transhipment import Transhipment, transhipment
from sim.port.port import PortTimeline
from sim.records import BOX_FIELDS, Column, Flow, Mode, empty

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Boxes:
    """The boxes of a run: first those that calls discharge, then those booked on calls.

    table: columns as in BOX_FIELDS. cleared: rows that pass the clearance chain. slot: row -> place in `times`, the
    hours of each cleared box, -1 for the others. haulage: hours of trucks. transhipment, rail: hours of those boxes.
    stay: hours until the owner of a discharged box other than an import moves it on [h]. planned: hours at which the
    booked boxes are to be in the port, shape (booked,). destination: barge line or connecting service, by code, of
    the discharged boxes, shape (discharged,). start, first_booked: first row discharged by and booked on each call,
    shape (calls,). brought: call -> rows that a barge brings.
    """

    table: dict[str, Column]
    cleared: Rows
    slot: NDArray[np.int64]
    times: Durations
    haulage: Haulage
    transhipment: Transhipment
    rail: RailTimes
    stay: Floats
    planned: Floats
    destination: NDArray[np.int64]
    start: NDArray[np.int64]
    first_booked: NDArray[np.int64]
    brought: dict[int, Rows]

    @property
    def discharged(self) -> int:
        """How many boxes vessels discharge: the booked ones begin at this row."""
        return len(self.destination)


def draw_boxes(timeline: PortTimeline, calls: Calls, draws: Draws) -> Boxes:
    """Return every box that the calls of the run discharge, and every box booked on them."""
    off = int(calls.discharge.sum())
    table = _table(calls)
    luck, said = Luck(draws, calls), said_of(timeline, calls)
    due = calls.t_arrived[np.where(table["call"] >= 0, table["call"], table["booked"])]
    cohorts = Cohorts(timeline, due)
    goods = _describe(table, cohorts, luck, said)
    onward(table, off, cohorts, luck)
    said.fill(table, "by_out")
    planned = _book(table, timeline, calls, luck, said) if len(due) > off else np.empty(0)
    # a booked box is cleared under the rules of the day on which it is to be in the port
    own = Cohorts(timeline, np.concatenate([due[:off], planned]))
    cleared, times = _clear(table, own, luck, goods)
    slot = np.full(len(due), -1)
    slot[cleared] = np.arange(len(cleared))
    return Boxes(
        table=table,
        cleared=cleared,
        slot=slot,
        times=times,
        haulage=haulage(own, luck, table),
        transhipment=transhipment(own, luck, table),
        rail=draw_rail(own, luck, table),
        stay=_stays(timeline, table["flow"][:off], luck),
        planned=planned,
        destination=said.over("onward", destinations(table, off, calls, luck, timeline.ports[0])),
        start=np.cumsum(calls.discharge) - calls.discharge,
        first_booked=off + np.cumsum(calls.booked) - calls.booked,
        brought=_brought(table, off),
    )


def _table(calls: Calls) -> dict[str, Column]:
    """Return the table with what a box has from its call."""
    off, booked = int(calls.discharge.sum()), int(calls.booked.sum())
    numbers = np.arange(len(calls))
    table = empty(BOX_FIELDS, off + booked)
    table["box"] = np.arange(off + booked)
    table["call"][:off] = np.repeat(numbers, calls.discharge)
    table["booked"][off:] = np.repeat(numbers, calls.booked)
    owner = np.where(table["call"] >= 0, table["call"], table["booked"])
    table["terminal"] = calls.terminal[owner].astype(np.int16)
    table["t_arrived"][:off] = calls.t_arrived[table["call"][:off]]
    table["rolled"][:] = 0
    return table


def _describe(table: dict[str, Column], cohorts: Cohorts, luck: Luck, said: Said) -> Column:
    """Fill in what can be seen of a box from outside; return the goods, which only cleared boxes keep."""
    u, early, later = luck("flow"), np.flatnonzero(table["call"] >= 0), np.flatnonzero(table["booked"] >= 0)
    off = len(early)
    port = cohorts.first
    codes = np.array([Flow[name.upper()] for name in port.traffic.cargo.flows], dtype=np.int8)
    table["flow"][:off] = codes[cohorts.at(early).category(lambda p: p.traffic.cargo.flows, u[:off])]
    if later.size:
        codes = np.array([Flow[name.upper()] for name in bookings_of(port).flows], dtype=np.int8)
        table["flow"][off:] = codes[cohorts.at(later).category(lambda p: bookings_of(p).flows, u[off:])]
    said.fill(table, "flow", "trader")
    forty = luck("size") < cohorts.value(lambda p: p.traffic.cargo.forty_foot_share.value)
    table["teu"] = said.over("teu", np.where(forty, 2, 1).astype(np.int8))
    goods = said.over("goods", cohorts.category(lambda p: p.traffic.cargo.goods, luck("goods")))
    reefer = cohorts.by_class(lambda p: [g.reefer_share.value for g in p.traffic.cargo.goods.values()], goods)
    table["reefer"] = said.over("reefer", (luck("reefer") < reefer) & (table["flow"] != Flow.EMPTY))
    return goods


def _book(table: dict[str, Column], timeline: PortTimeline, calls: Calls, luck: Luck, said: Said) -> Floats:
    """Settle how the booked boxes come and go; return when they are to be in the port."""
    first = int(calls.discharge.sum())
    rows = np.arange(first, len(table["booked"]))
    due, own_luck, own = calls.t_arrived[table["booked"][rows]], luck.narrowed(rows), said.since(first)
    booked = {name: column[first:] for name, column in table.items()}
    own.fill(booked, "by_in", "call")
    planned = own.over("planned", bring(booked, Cohorts(timeline, due), own_luck, due))
    to_europe(booked, Cohorts(timeline, planned), own_luck)
    own.fill(booked, "by_out")
    booked["europe"] |= booked["by_out"] == Mode.RAIL
    by_barges(booked, planned, calls, own_luck, timeline)
    return planned


def _clear(table: dict[str, Column], cohorts: Cohorts, luck: Luck, goods: Column) -> tuple[Rows, Durations]:
    """Settle how imports and exports are cleared: return their rows, and the hours of each."""
    trader, table["trader"] = table["trader"], np.full_like(table["trader"], -1)
    imports = np.flatnonzero(table["flow"] == Flow.IMPORT)
    own = cohorts.at(imports)
    decided = import_control(own, luck.narrowed(imports), goods[imports], trader[imports])
    _keep(table, imports, decided)
    times = import_durations(own, luck.narrowed(imports), decided)
    exports = np.flatnonzero((table["flow"] == Flow.EXPORT) & ~table["one_port"])
    if not exports.size:
        return imports, times
    own, their_luck = cohorts.at(exports), luck.narrowed(exports)
    boxes = {name: table[name][exports] for name in ("by_in", "by_out")}
    boxes |= {"goods": goods[exports], "trader": trader[exports]}
    decided = export_control(own, their_luck, boxes)
    _keep(table, exports, decided)
    return np.concatenate([imports, exports]), joined([times, export_durations(own, their_luck, decided)])


def _keep(table: dict[str, Column], rows: Rows, decided: dict[str, Column]) -> None:
    for name, column in decided.items():
        if name in table:
            table[name][rows] = column


def _stays(timeline: PortTimeline, flow: Column, luck: Luck) -> Floats:
    """Return the stay [h] of discharged boxes other than imports, NaN for those.

    It is read from the first port of the timeline: no policy moves it.
    """
    u = luck("stay")
    stay = np.full(len(flow), np.nan)
    for name, entry in timeline.ports[0].traffic.cargo.flows.items():
        if entry.stay is not None:
            rows = np.flatnonzero(flow == Flow[name.upper()])
            stay[rows] = entry.stay.quantile(u[rows])
    return stay


def _brought(table: dict[str, Column], off: int) -> dict[int, Rows]:
    """Return the rows that each barge brings, in the order of the table."""
    rows = off + np.flatnonzero((table["by_in"][off:] == Mode.BARGE) & (table["call"][off:] >= 0))
    rows = rows[np.argsort(table["call"][rows], kind="stable")]
    barges, first = np.unique(table["call"][rows], return_index=True)
    return dict(zip(barges.tolist(), np.split(rows, first[1:]), strict=True)) if rows.size else {}
