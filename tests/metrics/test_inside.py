"""What is in the port hour by hour."""

from __future__ import annotations

from sim.metrics import inside
from tests.metrics.logs import NAN, boxes, calls, log


def test_boxes_are_there_from_the_quay_to_the_gate_and_vessels_from_arrival_to_departure() -> None:
    rows = boxes(
        {"t_discharged": 1.5, "t_gate_out": 3.0}, {"t_discharged": 2.0, "t_gate_out": NAN}, {"t_discharged": NAN}
    )
    fleet = calls({"t_arrived": 0.0, "t_departed": 4.0}, {"t_arrived": 3.5}, {"t_arrived": 1.0, "barge": True})
    found = inside(log(boxes=rows, calls=fleet, end=5.0))
    assert found.boxes.tolist() == [0, 0, 2, 1, 1, 1]
    assert found.vessels.tolist() == [1, 1, 1, 1, 1, 1]
