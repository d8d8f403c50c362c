"""The hours of each box's truck: at the lane, inside, and after the gate's opening; none where no truck comes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.port.port import Port
from sim.records import Mode
from tests.models.ports import always, horizon, port_with, whole_port_with
from tests.small_port import number, small_port, whole_small_port


def drawn(port: Port, days: int = 600) -> Boxes:
    draws = Draws(3, 0)
    return draw_boxes(always(port), draw_calls(always(port), horizon(days), draws), draws)


SMALL, WHOLE = drawn(small_port()), drawn(whole_small_port())


@pytest.mark.parametrize("boxes", [SMALL, WHOLE], ids=["imports only", "all flows"])
def test_hours_are_for_the_boxes_that_a_truck_brings_or_fetches(boxes: Boxes) -> None:
    trucks = (boxes.table["by_in"] == Mode.ROAD) | (boxes.table["by_out"] == Mode.ROAD)
    assert trucks.any()
    assert not trucks.all()
    for hours in (boxes.haulage.lane, boxes.haulage.inside, boxes.haulage.spread):
        assert np.array_equal(hours > 0, trucks)


@pytest.mark.parametrize("boxes", [SMALL, WHOLE], ids=["imports only", "all flows"])
@pytest.mark.parametrize(
    ("part", "theirs"),
    [
        ("lane", stats.expon(scale=2 / 60)),
        ("inside", stats.lognorm(np.sqrt(np.log(1.25)), scale=0.5 / np.sqrt(1.25))),
        ("spread", stats.uniform(0, 5)),
    ],
)
def test_drawn_hours_have_the_distribution_of_the_port(boxes: Boxes, part: str, theirs: Any) -> None:
    hours = getattr(boxes.haulage, part)
    assert stats.kstest(hours[hours > 0], theirs.cdf).pvalue > 0.001


def test_each_box_passes_the_gate_of_its_own_terminal() -> None:
    tree = small_port().model_dump(mode="json", exclude_none=True)
    tree["terminals"]["t2"] = {**tree["terminals"]["t1"]}
    tree["terminals"]["t2"]["gate"] = {**tree["terminals"]["t1"]["gate"], "service": number(9, "min")}
    tree["traffic"]["services"]["south"]["terminal"] = "t2"
    boxes = drawn(Port.model_validate(tree))
    lane, terminal = boxes.haulage.lane[boxes.cleared], boxes.table["terminal"][boxes.cleared]
    assert set(lane[terminal == 1]) == {9 / 60}
    assert lane[terminal == 0].mean() == pytest.approx(2 / 60, rel=0.05)


def test_trucks_that_bring_and_fetch_read_the_gate_of_their_terminal() -> None:
    boxes = drawn(whole_port_with(terminals__nansha_iv__gate__service=number(9, "min")))
    trucks = boxes.haulage.lane > 0
    there = boxes.table["terminal"] == 1
    for rows in (trucks & (boxes.table["by_in"] == Mode.ROAD), trucks & (boxes.table["by_out"] == Mode.ROAD)):
        assert set(boxes.haulage.lane[rows & there]) == {9 / 60}
        assert boxes.haulage.lane[rows & ~there].mean() == pytest.approx(2 / 60, rel=0.05)


def test_the_luck_of_a_truck_hangs_on_no_other_truck() -> None:
    """Boxes that turn to the barge leave the hours of the other trucks alone."""
    fewer = drawn(whole_port_with(traffic__cargo__flows__import__barge_share=0.6))
    still = fewer.haulage.lane > 0
    assert still.sum() < (WHOLE.haulage.lane > 0).sum()
    for part in ("lane", "inside", "spread"):
        assert np.array_equal(getattr(fewer.haulage, part)[still], getattr(WHOLE.haulage, part)[still])


def test_a_port_whose_gate_needs_no_time() -> None:
    boxes = drawn(port_with(terminals__t1__gate__service=0, customs__pick_up__spread=0), days=30)
    assert not boxes.haulage.lane.any()
    assert not boxes.haulage.spread.any()
