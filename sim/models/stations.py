"""What each waiting line was asked for and could give, over the whole run, and the hours and servers planned for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.kernel.waiting_line import WaitingLine
from sim.models.landside import Landside
from sim.port.port import Port
from sim.records import SHIFT_FIELDS, STATION_FIELDS, Column, Mode, Table, empty

LINES = {
    "review": ("review", "t_reviewed"),
    "scanner": ("scan", "t_scanned"),
    "examination": ("examine", "t_examined"),
}
"""Station -> prefix of its columns in the box table, and the milestone it leads to; lanes of the gates follow."""
GATE = ("gate", "t_gate_in")


@dataclass(frozen=True)
class _Desk:
    """A line with its place in the box table; members: the boxes (n,) that may pass it, None for all."""

    name: str
    line: WaitingLine
    prefix: str
    milestone: str
    members: Column | None = None


def _desks(landside: Landside, boxes: Table, terminals: tuple[str, ...]) -> Iterator[_Desk]:
    """Yield every waiting line in the order of its code; lanes for drop-off only where trucks bring boxes."""
    lines = [landside.desks.review, landside.desks.scanner, landside.desks.bays]
    for (name, place), line in zip(LINES.items(), lines, strict=True):
        yield _Desk(name, line, *place)
    by_truck = boxes["by_in"] == Mode.ROAD
    brings = bool(by_truck.any())
    for code, key in enumerate(terminals):
        here, gate = boxes["terminal"] == code, landside.gates[code]
        yield _Desk(f"gate {key}", gate.lanes, *GATE, here & ~by_truck)
        if brings:
            yield _Desk(f"drop-off {key}", gate.drop_off, *GATE, here & by_truck)


def station_table(
    landside: Landside, boxes: Table, end: float, terminals: tuple[str, ...]
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Return the table as in STATION_FIELDS from hour 0 to hour `end`, and the names of its rows.

    Advance declarations may be reviewed before hour 0; that work is left out, as the hours are in which it was done.
    """
    stations = list(_desks(landside, boxes, terminals))
    table = empty(STATION_FIELDS, len(stations))
    table["station"] = np.arange(len(stations), dtype=np.int16)
    for row, desk in enumerate(stations):
        hours = boxes[f"{desk.prefix}_service"]
        served = ~np.isnan(hours) & (boxes[desk.milestone] >= 0)
        if desk.members is not None:
            served &= desk.members
        table["served"][row] = served.sum()
        table["work"][row] = hours[served].sum(dtype=np.float64)
        open_hours, capacity = _capacity(desk.line, end)
        table["servers"][row] = capacity / open_hours if open_hours else 0.0
        table["capacity"][row] = capacity
    return table, tuple(desk.name for desk in stations)


def shift_table(landside: Landside, boxes: Table, port: Port) -> dict[str, Column]:
    """Return the table as in SHIFT_FIELDS; codes as in `station_table`. A gate whose drop-off has no line has no rows.

    Where work pauses at closing is read from `port`, the first of the timeline: no policy moves it.
    """
    customs, gates = port.customs, [terminal.gate for terminal in port.terminals.values()]
    inspection = customs.inspection
    pauses = {
        "review": customs.review.at_close.value == "pause",
        "scanner": inspection.scan_at_close.value == "pause",
        "examination": inspection.examination_at_close.value == "pause",
    }
    free = {f"drop-off {key}" for key, gate in zip(port.terminals, gates, strict=True) if gate.drop_off_lanes is None}
    parts = [
        _shifts(code, desk.line, pauses.get(desk.name, True))
        for code, desk in enumerate(_desks(landside, boxes, tuple(port.terminals)))
        if desk.name not in free
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _shifts(code: int, line: WaitingLine, pauses: bool) -> dict[str, Column]:
    """Return the open intervals of a line, cut where the number of its servers changes."""
    edges = np.unique(np.concatenate([line.hours.starts, line.hours.ends, line.step_times]))
    kept = np.flatnonzero(line.hours.is_open(edges[:-1]))
    table = empty(SHIFT_FIELDS, len(kept))
    table["station"][:], table["pauses"][:] = code, pauses
    table["t_from"], table["t_until"] = edges[:-1][kept], edges[1:][kept]
    count = np.array([line.servers_at(t) for t in line.step_times])
    step = np.searchsorted(np.array(line.step_times), table["t_from"], "right") - 1
    table["servers"] = count[np.maximum(step, 0)].astype(np.int32)
    return table


def _capacity(line: WaitingLine, end: float) -> tuple[float, float]:
    """Return open hours and open server-hours from hour 0 to `end`."""
    cuts = [0.0, *(t for t in line.step_times if 0 < t < end), end]
    spans = [(float(line.hours.open_between(a, b)), line.servers_at(a)) for a, b in itertools.pairwise(cuts)]
    return sum(h for h, _ in spans), sum(h * n for h, n in spans)
