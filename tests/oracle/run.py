"""The import journey as a plain SimPy model, one process per box and per vessel call: what sim.models must equal.

Read `vessel`, `quay_work` and `box` for the journey; `waterway` and `desk` for the waiting lines; `world` for the port.
It shares with sim/ the values of the port, the draws, and the calendars.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nextafter

import numpy as np
from numpy.typing import NDArray

from sim.port.port import Horizon, PortTimeline
from tests.oracle.box import Box
from tests.oracle.vessel import Vessel
from tests.oracle.world import World

Columns = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Truth:
    """The milestones of every call and box: column -> hours, NaN where not reached by the end."""

    calls: Columns
    boxes: Columns


def oracle(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> Truth:
    """Run the port box by box. Hours up to and including the last are kept."""
    world = World(timeline, horizon, seed, replication)
    boxes = [Box(world, row) for row in range(len(world.boxes.table["box"]))]
    for number, first in enumerate(world.boxes.start.tolist()):
        brought = boxes[first : first + int(world.calls.discharge[number])]
        world.clock.process(Vessel(world, number, brought).life())
    world.clock.run(until=nextafter(world.end, inf))
    return Truth(world.call_log.columns, world.box_log.columns)
