"""The histograms that stand for the boxes in charts of a distribution."""

from __future__ import annotations

import numpy as np

from sim.metrics import DWELL_EDGES, dwell_sample
from sim.records import Flow
from tests.metrics.logs import DEPARTED, EXPORT, NAN, boxes, calls, log, port_boxes


def test_bins_hold_their_lower_edge_and_the_last_holds_the_rest() -> None:
    released = [0.0, 1.9, 2.0, 479.9, 480.0, 2000.0, NAN]
    rows = boxes(*({"t_released": t, "t_gate_out": NAN} for t in released))
    release, out, *_ = dwell_sample(log(boxes=rows, end=3000.0))
    assert (release.metric, release.flow) == ("arrival_to_release", "import")
    assert release.counts.shape == DWELL_EDGES.shape
    assert {int(i): int(release.counts[i]) for i in np.flatnonzero(release.counts)} == {0: 2, 1: 1, 239: 1, 240: 2}
    assert out.counts.sum() == 0


def test_exports_have_a_release_and_a_departure() -> None:
    run = log(boxes=port_boxes(EXPORT, EXPORT | {"t_loaded": NAN, "call_out": -1}), calls=calls(DEPARTED))
    found = {h.metric: (int(h.counts.argmax()), int(h.counts.sum())) for h in dwell_sample(run) if h.flow == "export"}
    assert found == {"arrival_to_release": (7, 2), "arrival_to_departure": (32, 1)}


def test_every_flow_has_its_stay_and_only_imports_a_release() -> None:
    rows = boxes({}, {"flow": Flow.EMPTY, "t_gate_out": 50.0})
    found = {(h.metric, h.flow): int(h.counts.sum()) for h in dwell_sample(log(boxes=rows))}
    assert found == {
        ("arrival_to_release", "import"): 1,
        ("arrival_to_gate_out", "import"): 1,
        ("arrival_to_gate_out", "transhipment"): 0,
        ("arrival_to_gate_out", "domestic"): 0,
        ("arrival_to_gate_out", "empty"): 1,
    }
