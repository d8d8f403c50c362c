"""The run checks itself: no box is lost or made, and no milestone runs backwards."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sim.records import RunLog

BOX_CHAINS = (
    ("t_arrived", "t_berthed", "t_discharged", "t_tallied", "t_released"),
    ("t_prepared", "t_lodged", "t_reviewed", "t_released"),
    ("t_lodged", "t_taxed"),
    ("t_discharged", "t_notified", "t_at_site", "t_scanned", "t_released"),
    ("t_at_site", "t_examined", "t_released"),
    ("t_examined", "t_tested"),
    ("t_released", "t_truck", "t_gate_in", "t_gate_out"),
    ("t_discharged", "t_gate_out"),
)
CALL_CHAINS = (
    ("t_arrived", "t_assigned", "t_piloted", "t_entered", "t_berthed", "t_started", "t_discharged"),
    ("t_discharged", "t_worked", "t_unberthed", "t_departed"),
)
TOLERANCE_H = 1e-9


def conservation(log: RunLog) -> list[str]:
    """Return what does not hold in the log, one sentence each; an empty list if all holds."""
    return [*_backwards(log), *_beyond_end(log), *_lost(log), *_hours(log)]


def _backwards(log: RunLog) -> Iterator[str]:
    for table, what, chains in ((log.boxes, "boxes", BOX_CHAINS), (log.calls, "calls", CALL_CHAINS)):
        for before, after in (pair for chain in chains for pair in pairwise(chain)):
            wrong = np.count_nonzero(table[after] < table[before] - TOLERANCE_H)
            if wrong:
                yield f"{wrong} {what} have {after} before {before}"


def _beyond_end(log: RunLog) -> Iterator[str]:
    for name, column in log.boxes.items():
        late = np.count_nonzero(column > log.end + TOLERANCE_H) if name.startswith("t_") else 0
        if late:
            yield f"{late} boxes have {name} after the end of the run"


def _lost(log: RunLog) -> Iterator[str]:
    landed = np.isfinite(log.boxes["t_discharged"])
    by_call = np.bincount(log.boxes["call"][landed], minlength=log.calls["call"].size)
    full = np.isfinite(log.calls["t_discharged"])
    wrong = np.count_nonzero(by_call[full] != log.calls["discharge_boxes"][full])
    if wrong:
        yield f"{wrong} calls ended their discharge with more or fewer boxes than they brought"


def _hours(log: RunLog) -> Iterator[str]:
    """At every full hour: boxes discharged = boxes out + boxes in the port, each counted on its own."""
    hours = np.arange(0.0, np.floor(log.end) + 1.0)
    came, left = log.boxes["t_discharged"], log.boxes["t_gate_out"]
    landed = np.isfinite(came)
    inside = np.zeros(hours.size + 1, dtype=np.int64)
    np.add.at(inside, np.searchsorted(hours, came[landed], side="left"), 1)
    np.add.at(inside, np.searchsorted(hours, np.fmin(left[landed], np.inf), side="left"), -1)
    level = np.cumsum(inside)[:-1]
    total_in = np.searchsorted(np.sort(came[landed]), hours, side="right")
    gone = left[np.isfinite(left)]
    total_out = np.searchsorted(np.sort(gone), hours, side="right")
    wrong = np.flatnonzero(total_in != total_out + level)
    if wrong.size:
        first = f"first at {hours[wrong[0]]:g} h"
        yield f"boxes in are not boxes out and boxes in the port at {wrong.size} full hours, {first}"
