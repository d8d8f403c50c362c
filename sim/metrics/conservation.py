"""The run checks itself: no box is lost or made, no milestone runs backwards, every load is of the boxes aboard.

The milestones that a box has depend on how it comes and goes, so a chain holds for some boxes only. A milestone that
is missing is not checked: NaN is neither early nor late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.metrics.loading import loading
from sim.metrics.passage import Mask, entered, left
from sim.records import Column, Flow, Mode, RunLog, Table

TOLERANCE_H = 1e-9
Chain = tuple[str, ...]


def _all(boxes: Table) -> Mask:
    return np.ones(boxes["box"].size, dtype=np.bool_)


def _discharged(boxes: Table) -> Mask:
    """Boxes off a vessel, whose clocks start with its arrival."""
    return np.asarray(boxes["booked"] < 0)


def _brought(boxes: Table) -> Mask:
    """Boxes that a truck brings."""
    return np.asarray(boxes["by_in"] == Mode.ROAD)


def _fetched(boxes: Table) -> Mask:
    """Boxes off a vessel or barge: a truck of theirs is one that fetches them."""
    return np.asarray(boxes["by_in"] != Mode.ROAD)


def _reported(boxes: Table) -> Mask:
    """Boxes released on the report of their arrival: not those cleared elsewhere, or loaded straight from the truck."""
    return np.asarray(~(boxes["one_port"] | boxes["direct"]))


BOX_CHAINS: tuple[tuple[Callable[[Table], Mask], tuple[Chain, ...]], ...] = (
    (
        _all,
        (
            ("t_berthed", "t_discharged", "t_tallied"),
            ("t_prepared", "t_lodged", "t_reviewed", "t_released"),
            ("t_lodged", "t_taxed"),
            ("t_arrived", "t_discharged", "t_notified", "t_at_site", "t_scanned", "t_released"),
            ("t_at_site", "t_examined", "t_released"),
            ("t_examined", "t_tested"),
            ("t_arrived", "t_released", "t_loaded"),
            ("t_released", "t_gate_out"),
            ("t_discharged", "t_gate_out"),
            ("t_discharged", "t_loaded"),
            ("t_gate_in", "t_gate_out"),
        ),
    ),
    (_discharged, (("t_arrived", "t_berthed"),)),
    (_reported, (("t_tallied", "t_released"),)),
    (
        _brought,
        (
            ("t_truck", "t_gate_in", "t_tallied"),
            ("t_gate_in", "t_notified"),
            ("t_gate_in", "t_loaded"),
        ),
    ),
    (_fetched, (("t_released", "t_truck", "t_gate_in"), ("t_discharged", "t_truck"))),
)
"""Which boxes, and the milestones that follow one another for them."""

CALL_CHAINS: tuple[Chain, ...] = (
    ("t_arrived", "t_assigned", "t_piloted", "t_entered", "t_berthed", "t_started", "t_discharged"),
    ("t_discharged", "t_worked", "t_unberthed", "t_departed"),
)


def conservation(log: RunLog) -> list[str]:
    """Return what does not hold in the log, one sentence each; an empty list if all holds."""
    return [*_backwards(log), *_clocks(log), *_beyond_end(log), *_lost(log), *loading(log), *_hours(log)]


def _backwards(log: RunLog) -> Iterator[str]:
    for who, chains in BOX_CHAINS:
        yield from _unordered(log.boxes, "boxes", chains, who(log.boxes))
    yield from _unordered(log.calls, "calls", CALL_CHAINS, np.ones(log.calls["call"].size, dtype=np.bool_))


def _unordered(table: Table, what: str, chains: tuple[Chain, ...], members: Mask) -> Iterator[str]:
    for before, after in (pair for chain in chains for pair in pairwise(chain)):
        wrong = np.count_nonzero((table[after] < table[before] - TOLERANCE_H) & members)
        if wrong:
            yield f"{wrong} {what} have {after} before {before}"


def _clocks(log: RunLog) -> Iterator[str]:
    """The clocks of a booked box start when it is in the port; only a call that brings a box can berth for it."""
    booked = np.flatnonzero(log.boxes["booked"] >= 0)
    came = entered(lambda name: log.boxes[name][booked])
    arrived = log.boxes["t_arrived"][booked]
    same = (np.abs(arrived - came) <= TOLERANCE_H) | (np.isnan(arrived) & np.isnan(came))
    wrong = np.count_nonzero(~same)
    if wrong:
        yield f"{wrong} booked boxes have t_arrived at another time than they come into the port"
    alone = np.count_nonzero((log.boxes["call"] < 0) & np.isfinite(log.boxes["t_berthed"]))
    if alone:
        yield f"{alone} boxes have t_berthed, and no call that brought them"


def _beyond_end(log: RunLog) -> Iterator[str]:
    for name, column in log.boxes.items():
        late = np.count_nonzero(column > log.end + TOLERANCE_H) if name.startswith("t_") else 0
        if late:
            yield f"{late} boxes have {name} after the end of the run"


def _lost(log: RunLog) -> Iterator[str]:
    """Every call brings what it was to bring; what is in the port from before the run came with none."""
    landed = np.isfinite(log.boxes["t_discharged"]) & (log.boxes["call"] >= 0)
    by_call = np.bincount(log.boxes["call"][landed], minlength=log.calls["call"].size)
    full = np.isfinite(log.calls["t_discharged"])
    wrong = np.count_nonzero(by_call[full] != log.calls["discharge_boxes"][full])
    if wrong:
        yield f"{wrong} calls ended their discharge with more or fewer boxes than they brought"


def _hours(log: RunLog) -> Iterator[str]:
    """At every full hour, of every flow and size: what came = what left + what is in the port, each counted on its own.

    What came and left is counted by quays and gates, whichever way a box should have taken; what is in the port, box
    by box, from its own way in to its own way out.
    """
    boxes, hours = log.boxes, int(np.floor(log.end)) + 1
    kinds = _Kinds(boxes, hours)
    brought = boxes["by_in"] == Mode.ROAD
    by_gate = np.where(brought, boxes["t_gate_in"], np.nan)
    came = kinds.until(boxes["t_discharged"]) + kinds.until(by_gate)
    gone = kinds.until(boxes["t_loaded"]) + kinds.until(boxes["t_gate_out"])
    start, end = entered(boxes.__getitem__), left(boxes.__getitem__)
    inside = kinds.until(start) - kinds.until(np.where(np.isfinite(start), end, np.nan))
    wrong = came != gone + inside
    at = np.flatnonzero(wrong.any(axis=0))
    if at.size:
        names = ", ".join(kinds.name(kind) for kind in np.flatnonzero(wrong.any(axis=1)).tolist())
        yield f"boxes in are not boxes out and boxes in the port at {at.size} full hours, first at {at[0]} h ({names})"


class _Kinds:
    """Counts boxes by flow and by kind of slot: dry or reefer."""

    def __init__(self, boxes: Table, hours: int) -> None:
        self._hours = hours
        self._cell = (boxes["flow"] * np.intp(2) + boxes["reefer"]) * np.intp(hours + 1)

    def until(self, times: Column) -> NDArray[np.int64]:
        """Return how many `times` [h] (n,) have come by each full hour from 0 on, shape (kinds, hours)."""
        come = np.flatnonzero(np.isfinite(times))
        hour = np.clip(np.ceil(times[come]), 0, self._hours).astype(np.intp)
        kinds = len(Flow) * 2
        at = np.bincount(self._cell[come] + hour, minlength=kinds * (self._hours + 1)).reshape(kinds, -1)
        return np.asarray(np.cumsum(at[:, :-1], axis=1))

    @staticmethod
    def name(kind: int) -> str:
        """Return flow and kind in words."""
        return f"{Flow(kind // 2).name.lower()} {('dry', 'reefer')[kind % 2]}"
