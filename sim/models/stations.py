"""What each waiting line was asked for and could give, over the whole run."""

from __future__ import annotations

import itertools

import numpy as np

from sim.kernel.waiting_line import WaitingLine
from sim.models.landside import Landside
from sim.records import STATION_FIELDS, Column, Mode, Table, empty

LINES = {
    "review": ("review", "t_reviewed"),
    "scanner": ("scan", "t_scanned"),
    "examination": ("examine", "t_examined"),
}
"""Station -> prefix of its columns in the box table, and the milestone it leads to; lanes of the gates follow."""
GATE = ("gate", "t_gate_in")


def station_table(
    landside: Landside, boxes: Table, end: float, terminals: tuple[str, ...]
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Return the table as in STATION_FIELDS from hour 0 to hour `end`, and the names of its rows.

    Advance declarations may be reviewed before hour 0; that work is left out, as the hours are in which it was done.
    """
    lines = [landside.desks.review, landside.desks.scanner, landside.desks.bays]
    stations = [(name, line, *LINES[name], None) for name, line in zip(LINES, lines, strict=True)]
    by_truck = boxes["by_in"] == Mode.ROAD
    for code, key in enumerate(terminals):
        here = boxes["terminal"] == code
        gate = landside.gates[code]
        stations += [
            (f"gate {key}", gate.lanes, *GATE, here & ~by_truck),
            (f"drop-off {key}", gate.drop_off, *GATE, here & by_truck),
        ]
    if not by_truck.any():
        stations = [station for station in stations if not station[0].startswith("drop-off")]
    table = empty(STATION_FIELDS, len(stations))
    table["station"] = np.arange(len(stations), dtype=np.int16)
    for row, (_, line, prefix, milestone, members) in enumerate(stations):
        hours = boxes[f"{prefix}_service"]
        served = ~np.isnan(hours) & (boxes[milestone] >= 0)
        if members is not None:
            served &= members
        table["served"][row] = served.sum()
        table["work"][row] = hours[served].sum(dtype=np.float64)
        open_hours, capacity = _capacity(line, end)
        table["servers"][row] = capacity / open_hours if open_hours else 0.0
        table["capacity"][row] = capacity
    return table, tuple(name for name, *_ in stations)


def _capacity(line: WaitingLine, end: float) -> tuple[float, float]:
    """Return open hours and open server-hours from hour 0 to `end`."""
    cuts = [0.0, *(t for t in line.step_times if 0 < t < end), end]
    spans = [(float(line.hours.open_between(a, b)), line.servers_at(a)) for a, b in itertools.pairwise(cuts)]
    return sum(h for h, _ in spans), sum(h * n for h, n in spans)
