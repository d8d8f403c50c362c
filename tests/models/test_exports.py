"""Export clearance of each box: shares, rates and hours, and who may be loaded straight from the truck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import draw_calls
from sim.port.port import Port
from sim.records import Column, Flow, Mode
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import number, share, whole_small_port

DAYS = 900


def drawn(port: Port) -> Boxes:
    draws = Draws(3, 0)
    return draw_boxes(always(port), draw_calls(always(port), horizon(DAYS), draws), draws)


def exports_of(boxes: Boxes) -> tuple[dict[str, Column], dict[str, Column]]:
    """Return the rows of the exports that are cleared in the port, and their hours."""
    mine = boxes.cleared >= boxes.discharged
    table = {name: column[boxes.cleared[mine]] for name, column in boxes.table.items()}
    return table, {name: column[mine] for name, column in vars(boxes.times).items()}


ALL = drawn(whole_small_port())
BOX, HOURS = exports_of(ALL)


def near(value: float, n: int) -> Any:
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / n) + 1e-12)


def test_all_exports_but_those_cleared_at_the_river_port_pass_the_chain_and_no_other_booked_box() -> None:
    booked = np.arange(len(ALL.table["box"])) >= ALL.discharged
    expected = booked & (ALL.table["flow"] == Flow.EXPORT) & ~ALL.table["one_port"]
    assert np.array_equal(np.flatnonzero(expected), ALL.cleared[ALL.cleared >= ALL.discharged])
    others = booked & ~expected
    for flag in ("advance", "manual", "selected", "quarantine", "scan", "direct", "infringing"):
        assert not ALL.table[flag][others].any(), flag
    assert np.all(ALL.table["trader"][others] == -1)
    assert np.all(ALL.table["channel"][others] == -1)


@pytest.mark.parametrize(("flag", "value"), [("advance", 0.6), ("manual", 0.1)])
def test_shares_of_boxes(flag: str, value: float) -> None:
    assert np.mean(BOX[flag]) == near(value, len(BOX[flag]))


@pytest.mark.parametrize(("code", "value"), [(0, 0.004), (1, 0.02), (2, 0.5)])
def test_every_trader_class_is_inspected_at_its_export_rate(code: int, value: float) -> None:
    mine = BOX["trader"] == code
    assert np.mean(BOX["selected"][mine]) == near(value, int(mine.sum()))


def test_exports_are_not_under_quarantine_and_pay_no_tax() -> None:
    for flag in ("quarantine", "sampled", "dutiable", "bonded", "two_step", "guarantee", "shipside"):
        assert not BOX[flag].any(), flag
    for stage in ("tax", "amend", "test", "manifest", "pick_up"):
        assert not HOURS[stage].any(), stage
    assert np.all(np.isnan(HOURS["complete"]))
    assert not HOURS["hold"].any()


@pytest.mark.parametrize(
    ("stage", "theirs"),
    [("prepare", stats.lognorm(1.05, scale=14)), ("review", stats.gamma(2, scale=0.5))],
)
def test_drawn_hours_have_the_distribution_of_the_port(stage: str, theirs: Any) -> None:
    hours = HOURS[stage]
    assert stats.kstest(hours[hours > 0], theirs.cdf).pvalue > 0.001


def test_fixed_hours_are_for_the_boxes_that_pass_the_stage() -> None:
    for stage, passes, value in (
        ("tally", np.ones(len(BOX["box"]), dtype=bool), 0.5),
        ("automatic", np.ones(len(BOX["box"]), dtype=bool), 0.1),
        ("lead", BOX["advance"], 24),
        ("shipside", BOX["direct"], 2),
        ("scan", BOX["scan"], 3 / 60),
    ):
        assert HOURS[stage] == pytest.approx(np.where(passes, value, 0.0)), stage
    assert np.array_equal(HOURS["review"] > 0, BOX["manual"])
    assert np.array_equal(HOURS["examine"] > 0, HOURS["examined"])


def test_ranks_at_the_desks_are_those_of_the_traders() -> None:
    assert np.array_equal(HOURS["priority"], np.array([3, 5, 5])[BOX["trader"]])


def test_straight_from_the_truck_go_some_that_nobody_wants_to_see() -> None:
    may = BOX["advance"] & (BOX["by_in"] == Mode.ROAD) & (BOX["by_out"] == Mode.SEA)
    may &= ~BOX["selected"] & ~BOX["manual"]
    assert not np.any(BOX["direct"] & ~may)
    assert np.mean(BOX["direct"][may]) == near(0.02, int(may.sum()))


def test_all_of_them_may_and_the_more_do_the_same_boxes_are_among_them() -> None:
    every, _ = exports_of(drawn(whole_port_with(customs__export__direct_share=share(1))))
    may = BOX["advance"] & (BOX["by_in"] == Mode.ROAD) & (BOX["by_out"] == Mode.SEA)
    assert np.array_equal(every["direct"], may & ~BOX["selected"] & ~BOX["manual"])
    some, _ = exports_of(drawn(whole_port_with(customs__export__direct_share=share(0.3))))
    assert not np.any(BOX["direct"] & ~some["direct"])


def test_imports_know_nothing_of_the_exports() -> None:
    """Their flags and hours are the same to the bit, whatever the export side does."""
    other = drawn(
        whole_port_with(
            customs__export__manual_share=share(0.9),
            customs__export__preparation=number(50, "h"),
            customs__traders__ordinary__export_inspection_rate=share(0.5),
        )
    )
    imports = ALL.cleared < ALL.discharged
    for name, column in vars(ALL.times).items():
        assert np.array_equal(column[imports], getattr(other.times, name)[imports], equal_nan=True), name
    for name, column in ALL.table.items():
        assert column[: ALL.discharged].tobytes() == other.table[name][: ALL.discharged].tobytes(), name


def by_rail(**moves: Any) -> dict[str, Column]:
    table, _ = exports_of(drawn(whole_port_with(traffic__cargo__bookings__europe_share=share(1), **moves)))
    return table


def test_without_one_supervision_the_rate_is_that_of_the_trader_for_the_train_too() -> None:
    box = by_rail(rail__seamless=False, rail__inspection_rate=share(0.9))
    train = (box["by_out"] == Mode.RAIL) & (box["trader"] == 1)
    assert np.mean(box["selected"][train]) == near(0.02, int(train.sum()))


def test_under_one_supervision_boxes_for_the_train_are_inspected_at_its_rates_in_the_port() -> None:
    """A tenth is on the statutory list and inspected at 0.1, the others at 0.03; who trades does not matter."""
    box = by_rail(rail__seamless=True)
    train = box["by_out"] == Mode.RAIL
    assert train.mean() == 1
    for code in (0, 1):
        mine = box["trader"] == code
        assert np.mean(box["selected"][mine]) == near(0.1 * 0.1 + 0.9 * 0.03, int(mine.sum()))
