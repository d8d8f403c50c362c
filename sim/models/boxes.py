"""The boxes of a run as columns: what each box is and every time that is its own, drawn before the run starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models.calls import Calls
from sim.models.cohorts import Cohorts
from sim.models.control import control
from sim.models.durations import Durations, durations
from sim.models.luck import Luck
from sim.port.port import PortTimeline
from sim.records import BOX_FIELDS, Column, Flow, empty

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Boxes:
    """The boxes of a run.

    table: columns as in BOX_FIELDS. imports: rows of the import boxes. slot: row -> place in the arrays over imports,
    -1 for the others. times: hours of each import box. stay: hours in the yard of the others [h]. start: first row
    of each call, shape (calls,).
    """

    table: dict[str, Column]
    imports: NDArray[np.intp]
    slot: NDArray[np.int64]
    times: Durations
    stay: Floats
    start: NDArray[np.int64]


def draw_boxes(timeline: PortTimeline, calls: Calls, draws: Draws) -> Boxes:
    """Return every box that the calls of the run discharge, in order of call and working order."""
    n = int(calls.discharge.sum())
    call = np.repeat(np.arange(len(calls)), calls.discharge)
    table = empty(BOX_FIELDS, n)
    table["box"], table["call"] = np.arange(n), call.astype(np.int32)
    table["terminal"] = calls.terminal[call].astype(np.int16)
    table["t_arrived"] = calls.t_arrived[call]
    luck, cohorts = Luck(draws, calls), Cohorts(timeline, table["t_arrived"])
    goods = _describe(table, timeline, cohorts, luck)
    imports = np.flatnonzero(table["flow"] == Flow.IMPORT)
    slot = np.full(n, -1)
    slot[imports] = np.arange(len(imports))
    own = Cohorts(timeline, table["t_arrived"][imports])
    decided = control(own, luck.narrowed(imports), goods[imports]) | {"terminal": table["terminal"][imports]}
    for name, column in decided.items():
        if name in table:
            table[name][imports] = column
    times = durations(own, luck.narrowed(imports), decided)
    stay = _stays(timeline, table["flow"], luck)
    return Boxes(table, imports, slot, times, stay, np.cumsum(calls.discharge) - calls.discharge)


def _describe(table: dict[str, Column], timeline: PortTimeline, cohorts: Cohorts, luck: Luck) -> Column:
    """Fill in what can be seen of a box from outside; return the goods, which only import boxes keep."""
    codes = np.array([Flow[name.upper()] for name in timeline.ports[0].traffic.cargo.flows], dtype=np.int8)
    table["flow"] = codes[cohorts.category(lambda p: p.traffic.cargo.flows, luck("flow"))]
    forty = luck("size") < cohorts.value(lambda p: p.traffic.cargo.forty_foot_share.value)
    table["teu"] = np.where(forty, 2, 1).astype(np.int8)
    goods = cohorts.category(lambda p: p.traffic.cargo.goods, luck("goods"))
    reefer = cohorts.by_class(lambda p: [g.reefer_share.value for g in p.traffic.cargo.goods.values()], goods)
    table["reefer"] = (luck("reefer") < reefer) & (table["flow"] != Flow.EMPTY)
    return goods


def _stays(timeline: PortTimeline, flow: Column, luck: Luck) -> Floats:
    """Return the yard stay [h] of boxes outside the clearance chain, NaN for imports.

    It is read from the first port of the timeline: no policy on imports moves it.
    """
    u = luck("stay")
    stay = np.full(len(flow), np.nan)
    for name, entry in timeline.ports[0].traffic.cargo.flows.items():
        if entry.stay is not None:
            rows = np.flatnonzero(flow == Flow[name.upper()])
            stay[rows] = entry.stay.quantile(u[rows])
    return stay
