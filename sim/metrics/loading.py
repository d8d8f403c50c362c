"""The run checks its loads: a box is aboard once, of a call of its way and service, and a call's load is its boxes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import Mask, by_ship, of_calls
from sim.records import Mode, RunLog

TOLERANCE_H = 1e-9
Rows = NDArray[np.intp]


def loading(log: RunLog) -> Iterator[str]:
    """Yield what does not hold, one sentence each."""
    boxes = log.boxes
    aboard, called = np.isfinite(boxes["t_loaded"]), np.asarray(boxes["call_out"] >= 0)
    yield from _said(aboard != called, "boxes have t_loaded or call_out, not both")
    yield from _said(aboard & ~by_ship(boxes.__getitem__), "boxes are aboard that do not leave by sea or barge")
    yield from _said(aboard & np.isfinite(boxes["t_gate_out"]), "boxes left the port twice")
    rows = np.flatnonzero(aboard & called)
    yield from _by_call(log, rows)
    yield from _by_box(log, rows)


def _said(wrong: Mask, what: str) -> Iterator[str]:
    if wrong.any():
        yield f"{np.count_nonzero(wrong)} {what}"


def _by_call(log: RunLog, rows: Rows) -> Iterator[str]:
    """Where boxes are booked, a call that has ended its work loaded its boxes; a barge has no others anyway."""
    calls = log.calls
    call = log.boxes["call_out"][rows]
    boxes = np.bincount(call, minlength=calls["call"].size)
    teu = np.bincount(call, log.boxes["teu"][rows], calls["call"].size)
    done = np.isfinite(calls["t_worked"])
    if not np.any(log.boxes["booked"] >= 0):
        done = done & calls["barge"]
    other = (boxes != calls["load_boxes"]) | (teu != calls["load_teu"])
    yield from _said(other & done, "calls ended their work with another load than the boxes aboard")


def _by_box(log: RunLog, rows: Rows) -> Iterator[str]:
    """Each box is aboard a call of its own way, at its terminal, while that call works; a booked one of its service."""
    calls = log.calls
    call, by_out, booked, rolled, terminal, loaded = (
        log.boxes[name][rows] for name in ("call_out", "by_out", "booked", "rolled", "terminal", "t_loaded")
    )
    yield from _said(calls["barge"][call] != (by_out == Mode.BARGE), "boxes are aboard a call of another kind")
    yield from _said(calls["terminal"][call] != terminal, "boxes are aboard a call at another terminal")
    early = loaded < of_calls(log, "t_berthed", call) - TOLERANCE_H
    late = loaded > of_calls(log, "t_worked", call) + TOLERANCE_H
    yield from _said(early | late, "boxes are aboard at another time than their call works")
    own, service = booked >= 0, calls["service"]
    yield from _said(own & (service[call] != service[booked]), "booked boxes are aboard a call of another service")
    missed = own & ((call != booked) != (rolled > 0))
    yield from _said(missed, "booked boxes changed their call without rolling, or rolled and did not")
