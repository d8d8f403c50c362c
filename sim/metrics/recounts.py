"""The station table against the boxes and the plan, and the lots of the cranes against what vessels were to move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.lines import Line
from sim.metrics.passage import Mask
from sim.records import Event, RunLog

SHARE = 1e-9
"""What adding up may lose."""


def recounts(log: RunLog, line: Line, done: Mask) -> Iterator[str]:
    """Yield where the station table says otherwise than the visits of a line (m,) and its plan, from hour 0 on."""
    row = log.names["station"].index(line.name)
    since = done & (line.went >= 0)
    served, work = np.count_nonzero(since), float(line.service[since].sum(dtype=np.float64))
    mine = log.shifts["station"] == row
    hours = np.clip(log.shifts["t_until"][mine], 0, log.end) - np.clip(log.shifts["t_from"][mine], 0, log.end)
    capacity = float(hours @ log.shifts["servers"][mine])
    table = {name: log.stations[name][row] for name in ("served", "work", "capacity")}
    if table["served"] != served:
        yield f"{line.name}: the table says {table['served']} boxes served, the boxes say {served}"
    for name, what, found in (("work", "worked", work), ("capacity", "open for work", capacity)):
        if abs(table[name] - found) > SHARE * max(1.0, found):
            yield f"{line.name}: the table says {table[name]:.6g} h {what}, the boxes and the plan say {found:.6g} h"


def lots(log: RunLog) -> Iterator[str]:
    """Yield calls whose lots, as the event log has them, are not the boxes that they moved.

    Loads that are counts only have no lots.
    """
    calls, events = log.calls, log.events
    booked = bool(np.any(log.boxes["booked"] >= 0))
    loads = np.isfinite(calls["t_worked"]) & (calls["barge"] | booked)
    for kind, name, done, what in (
        (Event.LOT_DISCHARGED, "discharge_boxes", np.isfinite(calls["t_discharged"]), "discharged"),
        (Event.LOT_LOADED, "load_boxes", loads, "loaded"),
    ):
        rows = events["kind"] == kind
        moved = np.bincount(events["call"][rows], events["value"][rows], calls["call"].size)
        wrong = np.count_nonzero((moved != calls[name]) & done)
        if wrong:
            yield f"{wrong} calls {what} other lots than boxes"
