"""The boxes of a trace: a row a box that a vessel discharges, or that is booked on one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.port.traces import BoxTrace
from sim.records import Flow, Mode
from sim.scenario.cells import Cells, Integers
from sim.scenario.nearest import with_nearest
from sim.scenario.trace_calls import Called, Into, numbered
from sim.scenario.trace_checks import checks

NEEDED = ("flow", "teu")
OPTIONAL = ("call", "booked", "by_in", "by_out", "onward", "reefer", "goods", "trader", "planned")
LARGEST = 2
"""TEU of a box."""
FLOWS = {flow.name.lower(): int(flow) for flow in Flow}
MODES = {mode.name.lower(): int(mode) for mode in Mode if mode is not Mode.NONE}


def read_boxes(cells: Cells, called: Called | None, into: Into) -> BoxTrace | None:
    """Return the boxes of a sheet; None after telling what is wrong with it, or where their calls are not known."""
    before = len(cells.problems)
    if not cells.has(NEEDED, OPTIONAL):
        return None
    for column in NEEDED:
        cells.full(column)
    port = into.port
    trace = BoxTrace(
        call=_calls(cells, "call", called),
        booked=_calls(cells, "booked", called),
        flow=cells.codes("flow", FLOWS, "flow"),
        teu=cells.counts("teu", (1, LARGEST)),
        reefer=cells.flags("reefer"),
        goods=cells.codes("goods", numbered(port.traffic.cargo.goods), "kind of goods"),
        trader=cells.codes("trader", numbered(port.customs.traders), "kind of trader"),
        by_in=cells.codes("by_in", MODES, "way in"),
        by_out=cells.codes("by_out", MODES, "way out"),
        onward=cells.codes("onward", numbered(into.all_services), "service"),
        planned=cells.hours("planned", into.start),
    )
    homeless = (cells.words("call").is_null() & cells.words("booked").is_null()).to_numpy()
    remedy = "write in call which one brings it, or in booked which one takes it"
    cells.tell("call", homeless, "a box without a call", remedy)
    if called is None or len(cells.problems) > before:
        return None
    trace = _filled(trace, called, into)
    for told in checks(trace, called, into):
        cells.tell(*told)
    _discharges(trace, called)
    return trace if len(cells.problems) == before else None


def _calls(cells: Cells, column: str, called: Called | None) -> Integers:
    """Return the rows of the calls that a column names, -1 where it is empty or the calls are not known."""
    words = cells.words(column)
    if called is None:
        return np.full(len(words), -1)
    rows = np.array([-1 if word is None else called.ids.get(word, -2) for word in words.to_list()], dtype=np.int64)
    file = called.cells.sheet.shown
    wrong = rows == -2
    if wrong.any():
        word = str(words[int(np.argmax(wrong))])
        what = with_nearest(
            f"call {word!r} is not in {file}", word, called.ids if len(called.ids) <= MOST_ALIKE else ()
        )
        cells.tell(column, wrong, what, f"add it to {file}, or name one that is there")
    return np.maximum(rows, -1)


MOST_ALIKE = 5000
"""Calls among which the nearest name is looked for."""


def _filled(trace: BoxTrace, called: Called, into: Into) -> BoxTrace:
    """Return the boxes with what follows from what is said: who names a barge says by barge."""
    by_barge = (trace.booked >= 0) & (trace.call >= 0) & (trace.by_in < 0)
    onward = np.where(into.in_basin(trace.onward), Mode.BARGE, Mode.SEA)
    return replace(
        trace,
        by_in=np.where(by_barge, Mode.BARGE, trace.by_in),
        by_out=np.where((trace.onward >= 0) & (trace.by_out < 0), onward, trace.by_out),
    )


def _discharges(trace: BoxTrace, called: Called) -> None:
    """Tell where the calls say how many boxes they discharge, and the boxes say otherwise."""
    said = called.trace.discharge
    counted = np.bincount(trace.call[(trace.booked < 0) & (trace.call >= 0)], minlength=len(said))
    wrong = (said >= 0) & (said != counted)
    if wrong.any():
        boxes = int(counted[int(np.argmax(wrong))])
        what = f"{{}}, and {boxes} boxes name this call as theirs"
        called.cells.tell("discharge_boxes", wrong, what, "leave the column out: the boxes are counted")
