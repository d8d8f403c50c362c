"""The hours of each import box: in hours, its own, and only for the stages that it passes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.models.durations import COMPLETION_DEADLINE, Durations
from sim.port.port import Port
from sim.records import Column
from tests.models.ports import always, horizon, port_with
from tests.small_port import number, share, small_port


def drawn(port: Port) -> Boxes:
    draws = Draws(3, 0)
    return draw_boxes(always(port), draw_calls(always(port), horizon(600), draws), draws)


def hours(port: Port | None = None, **moves: Any) -> tuple[Durations, dict[str, Column]]:
    """Return the hours of the import boxes, and their rows of the table."""
    boxes = drawn(port or port_with(**moves))
    return boxes.times, {name: column[boxes.cleared] for name, column in boxes.table.items()}


TIMES, BOX = hours(small_port())


@pytest.mark.parametrize(
    ("stage", "passes", "expected"),
    [
        ("tally", None, 0.5),
        ("manifest", None, 96),
        ("automatic", None, 0.1),
        ("scan", "scan", 3 / 60),
        ("image", "scan", 30 / 60),
        ("shipside", "shipside", 6.5 / 60),
        ("test", "sampled", 120),
    ],
)
def test_fixed_hours_are_for_the_boxes_that_pass_the_stage(stage: str, passes: str | None, expected: float) -> None:
    passing = np.ones(len(BOX["box"]), dtype=bool) if passes is None else BOX[passes]
    assert passing.any()
    assert getattr(TIMES, stage) == pytest.approx(np.where(passing, expected, 0.0))


def test_drawn_hours_are_for_the_boxes_that_pass_the_stage() -> None:
    assert np.array_equal(TIMES.review > 0, BOX["manual"])
    assert np.array_equal(TIMES.lead > 0, BOX["advance"])
    assert np.array_equal(TIMES.examine > 0, TIMES.examined)
    assert np.array_equal(TIMES.book > 0, BOX["selected"] | BOX["quarantine"])


@pytest.mark.parametrize(
    ("stage", "theirs"),
    [
        ("review", stats.gamma(2, scale=0.75)),
        ("lead", stats.lognorm(0.6, scale=30)),
        ("pick_up", stats.lognorm(0.9, scale=30)),
    ],
)
def test_drawn_hours_have_the_distribution_of_the_port(stage: str, theirs: Any) -> None:
    drawn_hours = getattr(TIMES, stage)
    assert stats.kstest(drawn_hours[drawn_hours > 0], theirs.cdf).pvalue > 0.001


def test_tax_is_waited_for_by_those_who_owe_it_and_gave_no_guarantee() -> None:
    waits = BOX["dutiable"] & ~BOX["guarantee"] & ~BOX["two_step"]
    assert np.array_equal(TIMES.tax, np.where(waits, 2.0, 0.0))


def test_inspected_boxes_wait_for_the_place_they_go_to() -> None:
    times, box = hours(customs__inspection__scanner_booking=6, customs__inspection__examination_booking=20)
    by_risk = box["selected"] & ~box["quarantine"]
    assert set(times.book[box["scan"]]) == {6.0}
    assert set(times.book[by_risk & ~box["scan"]]) == {20.0}
    assert set(times.book[box["quarantine"]]) == {28.0}
    fixed = number(4, "h")
    times, box = hours(customs__inspection__examination_time=fixed)
    assert set(times.examine[box["quarantine"]]) == {1.5}
    assert set(times.examine[times.examined & ~box["quarantine"]]) == {4.0}


def test_a_sample_holds_its_box_unless_it_may_go_on_condition() -> None:
    assert np.array_equal(TIMES.hold, BOX["sampled"])
    times, box = hours(customs__laboratory__conditional_removal=True)
    assert not times.hold.any()
    assert np.all(times.test[box["sampled"]] == 120)


def test_documents_and_delivery_order_come_one_after_the_other() -> None:
    times, box = hours(customs__preparation__documents=number(20, "h"))
    plain = np.where(box["two_step"], 12.0, 20.0)
    order = times.prepare - plain
    assert set(np.round(order, 9)) == {0.5, 4.0}
    assert np.mean(order < 1) == pytest.approx(0.3, abs=0.01)
    times, box = hours(customs__preparation__documents=number(20, "h"), customs__preparation__documents_factor=0.5)
    assert np.allclose(times.prepare - order, plain / 2)


def test_late_adopters_are_slow_to_prepare_and_the_mixture_keeps_its_distribution() -> None:
    moves = {"customs__preparation__delivery_order_online_share": share(1)}
    joined, box = hours(**moves)
    documents = (joined.prepare - 0.5) / np.where(box["two_step"], 0.6, 1.0)
    assert stats.kstest(documents, stats.lognorm(0.9, scale=20).cdf).pvalue > 0.001
    assert documents[~box["advance"]].mean() > 1.2 * documents[box["advance"]].mean()
    apart, box = hours(customs__declaration__adopter_selection=0, **moves)
    documents = (apart.prepare - 0.5) / np.where(box["two_step"], 0.6, 1.0)
    assert documents[~box["advance"]].mean() == pytest.approx(documents[box["advance"]].mean(), rel=0.05)


def test_the_correlation_is_the_one_that_is_written() -> None:
    both, box = hours(
        customs__preparation__delivery_order_online_share=share(1), customs__declaration__two_step_share=0
    )
    log_hours = np.log(both.prepare - 0.5)
    # among those below or above a cut of a normal, the means of the other normal lie rho * density / share apart
    cut = stats.norm.ppf(0.3)
    expected = 0.47 * stats.norm.pdf(cut) * (1 / 0.3 + 1 / 0.7) * 0.9
    gap = log_hours[~box["advance"]].mean() - log_hours[box["advance"]].mean()
    assert gap == pytest.approx(expected, rel=0.05)


def test_a_complete_declaration_is_due_within_14_days_of_the_vessel() -> None:
    assert np.array_equal(np.isfinite(TIMES.complete), BOX["two_step"])
    assert np.nanmax(TIMES.complete) == 240
    late, _ = hours(customs__declaration__two_step_completion=500)
    assert np.nanmax(late.complete) == COMPLETION_DEADLINE == 14 * 24


def test_ranks_at_the_desks_are_those_of_the_traders() -> None:
    assert np.array_equal(TIMES.priority, np.array([3, 5, 5])[BOX["trader"]])


def test_a_stage_that_more_boxes_pass_takes_as_long_for_those_who_passed_it_before() -> None:
    more, box = hours(customs__review__manual_share=0.6)
    before = BOX["manual"]
    assert np.array_equal(more.review[before], TIMES.review[before])
    assert box["manual"].sum() > before.sum()
