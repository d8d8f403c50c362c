"""Whether the vessels of a trace could come to their berths at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.errors import Problem
from sim.port.port import PortTimeline
from sim.scenario.trace_calls import Called


def tell_misfits(called: Called, timeline: PortTimeline) -> None:
    """Tell which calls would wait for ever: too long or too deep, or asking for more help than there is.

    What is so without a trace too is told of the port.
    """
    for row, draft in _worst(called):
        for problem in _misfits(called, timeline, row, draft):
            where = called.cells.sheet.place(row, "vessel_class" if draft is None else "draft")
            called.cells.problems.append(Problem(problem.what, where, f"correct the trace, or {problem.remedy}"))


def _worst(called: Called) -> Iterator[tuple[int, float | None]]:
    """Yield, of each service and class, the first row without a draft, and the row of the deepest."""
    trace = called.trace
    pairs = np.stack([trace.service, trace.vessel_class], axis=1)
    for service, vessel_class in np.unique(pairs, axis=0).tolist():
        mine = (trace.service == service) & (trace.vessel_class == vessel_class)
        unsaid = np.flatnonzero(mine & np.isnan(trace.draft))
        if unsaid.size:
            yield int(unsaid[0]), None
        said = np.flatnonzero(mine & ~np.isnan(trace.draft))
        if said.size:
            row = int(said[np.argmax(trace.draft[said])])
            yield row, float(trace.draft[row])


def _misfits(called: Called, timeline: PortTimeline, row: int, draft: float | None) -> dict[Problem, None]:
    from sim.models import misfits

    port = timeline.at(float(called.trace.t_arrived[row]))
    service = list(port.traffic.services)[int(called.trace.service[row])]
    own = port.traffic.services[service].vessel_class
    vessel_class = list(port.traffic.vessel_classes)[int(called.trace.vessel_class[row])]
    if draft is None and vessel_class == own:
        return {}
    as_described = misfits(port, service, own, None)
    return dict.fromkeys(p for p in misfits(port, service, vessel_class, draft) if p not in as_described)
