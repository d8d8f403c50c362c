"""One more server never lengthens the total wait at a first-come-first-served station, on the same draws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.records import RunLog
from tests.behaviour.runs import FCFS, busy

CROWDED = FCFS | {
    "customs.review.manual_share": 1,
    "customs.risk.inspection_factor": 30,
    "customs.inspection.suspect_share": 0,
    "customs.review.officers": 1,
    "customs.inspection.scanners": 1,
    "customs.inspection.bays": 1,
    "terminals.t1.gate.lanes": 1,
    "terminals.t1.gate.service": 20,
}
"""No suspect image: what comes to the bays does not hang on the scanners."""

STATIONS = {
    "review": ("customs.review.officers", {"customs.review.calendar": "lunch"}),
    "review, finish": ("customs.review.officers", {"customs.review.at_close": "finish"}),
    "scan": (
        "customs.inspection.scanners",
        {"customs.inspection.scan_time": 60, "customs.inspection.scanner_share": 1},
    ),
    "scan, pause": (
        "customs.inspection.scanners",
        {"customs.inspection.scan_time": 60, "customs.inspection.scan_at_close": "pause"},
    ),
    "examine": ("customs.inspection.bays", {"customs.inspection.calendar": "h24"}),
    "examine, finish": ("customs.inspection.bays", {"customs.inspection.examination_at_close": "finish"}),
    "gate": ("terminals.t1.gate.lanes", {}),
    "gate, nights": ("terminals.t1.gate.lanes", {"terminals.t1.gate.calendar": "nights"}),
}


def waits(log: RunLog, stage: str) -> np.ndarray:
    """Return the hours that each box waited there, whether closed or queued; NaN if it was not served."""
    return np.asarray(log.boxes[f"{stage}_closed"].astype(np.float64) + log.boxes[f"{stage}_queued"])


@pytest.mark.parametrize("name", STATIONS)
def test_more_servers_never_lengthen_the_total_wait(name: str) -> None:
    """Nor the wait of any box, since what comes to the station stays the same."""
    path, values = STATIONS[name]
    stage = name.partition(",")[0]
    runs = [waits(busy(CROWDED | values | {path: servers}, days=42), stage) for servers in (1, 2, 3, 5, 9)]
    served = ~np.isnan(runs[0])
    assert served.sum() > 20
    for fewer, more in itertools.pairwise(runs):
        assert np.all(more[served] <= fewer[served] + 1e-3)
    totals = [hours[served].sum() for hours in runs]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] < totals[0]
