"""All that is drawn for boxes before a run, box by box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.port.port import Port, PortTimeline
from sim.records import Column
from tests.behaviour.runs import SEED, horizon, same

Mask = NDArray[np.bool_]

NUMBERS = frozenset({"box", "call", "booked"})
"""Columns that only count boxes and calls; the barge that brings a box depends on who else is on it."""


@dataclass(frozen=True)
class Drawn:
    """Boxes before a run. own: name -> values by box, NaN or -1 where a box has none. service: code, of each box."""

    calls: Calls
    boxes: Boxes
    own: dict[str, Column]
    service: NDArray[np.int64]


def drawn(port: Port, days: int = 35) -> Drawn:
    """Return all that is drawn for the boxes of a run."""
    timeline, draws = PortTimeline((0.0,), (port,)), Draws(SEED, 0)
    calls = draw_calls(timeline, horizon(days), draws)
    boxes = draw_boxes(timeline, calls, draws)
    size = len(boxes.table["box"])

    def over_all(rows: NDArray[np.intp], values: Column) -> Column:
        out = np.full(size, np.nan)
        out[rows] = values
        return out

    own = {name: column for name, column in boxes.table.items() if name not in NUMBERS}
    own |= {f"{name} [h]": over_all(boxes.cleared, column) for name, column in vars(boxes.times).items()}
    own |= {f"truck {name} [h]": column for name, column in vars(boxes.haulage).items()}
    for part in (boxes.transhipment, boxes.rail):
        more = {name: column for name, column in vars(part).items() if name != "rows"}
        own |= {f"{type(part).__name__} {name}": over_all(part.rows, column) for name, column in more.items()}
    first, booked = np.arange(boxes.discharged), np.arange(boxes.discharged, size)
    own |= {"stay": over_all(first, boxes.stay), "destination": over_all(first, boxes.destination)}
    own |= {"planned": over_all(booked, boxes.planned)}
    owner = np.where(boxes.table["booked"] >= 0, boxes.table["booked"], boxes.table["call"])
    return Drawn(calls, boxes, own, calls.service[owner])


def differ(a: Drawn, b: Drawn) -> Mask:
    """Return which boxes are drawn in any other way; both runs must have the same boxes."""
    return ~np.all([same(column, b.own[name]) for name, column in a.own.items()], axis=0)
