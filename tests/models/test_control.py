"""How boxes are declared, reviewed and selected: each by its own draws, and with the shares of the port."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.models.calls import draw_calls
from sim.models.cohorts import Cohorts
from sim.models.control import import_control
from sim.models.luck import Luck
from sim.port.port import Port
from sim.records import Channel, Column
from tests.models.ports import always, horizon, port_with
from tests.small_port import small_port

TRADERS = ("aeo", "ordinary", "discredited")


def decided(port: Port, goods: float = 0.9, seed: int = 5) -> dict[str, Column]:
    """Return the flags of some 15,000 boxes; `goods` is the share that is general."""
    timeline = always(port)
    calls = draw_calls(timeline, horizon(840), Draws(seed, 0))
    luck = Luck(Draws(seed, 0), calls)
    n = len(luck("anything"))
    return import_control(Cohorts(timeline, np.zeros(n)), luck, (luck("goods") > goods).astype(np.int8))


SMALL = decided(small_port())


def share(flag: Column, among: Column | None = None) -> float:
    return float(np.mean(flag if among is None else flag[among]))


def near(value: float, n: int) -> Any:
    """Within four standard errors of a share, which a right model leaves once in 16,000 times."""
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / n) + 1e-12)


@pytest.mark.parametrize(("flag", "value"), [("advance", 0.3), ("two_step", 0.1), ("bonded", 0.1)])
def test_shares_of_boxes(flag: str, value: float) -> None:
    assert share(SMALL[flag]) == near(value, len(SMALL[flag]))


def test_bonded_boxes_owe_no_duty_and_only_duty_needs_a_guarantee() -> None:
    assert not np.any(SMALL["dutiable"] & SMALL["bonded"])
    assert share(SMALL["dutiable"], ~SMALL["bonded"]) == near(0.8, np.sum(~SMALL["bonded"]))
    assert not np.any(SMALL["guarantee"] & ~SMALL["dutiable"])
    assert share(SMALL["guarantee"], SMALL["dutiable"]) == near(0.25, np.sum(SMALL["dutiable"]))


def test_only_boxes_declared_in_advance_leave_from_the_ship_side() -> None:
    assert not np.any(SMALL["shipside"] & ~SMALL["advance"])
    assert share(SMALL["shipside"], SMALL["advance"]) == near(0.05, np.sum(SMALL["advance"]))


def test_two_steps_save_share_points_of_review_and_amendment() -> None:
    for flag, plain, cut in (("manual", 0.25, 0.15), ("amended", 0.08, 0.06)):
        for two_step, value in ((False, plain), (True, plain - cut)):
            among = SMALL["two_step"] == two_step
            assert share(SMALL[flag], among) == near(value, np.sum(among))


def test_a_cut_beyond_the_share_leaves_none() -> None:
    own = decided(port_with(customs__declaration__two_step_review_cut=0.9))
    assert not np.any(own["manual"] & own["two_step"])


@pytest.mark.parametrize(("code", "value"), [(0, 0.006), (1, 0.035), (2, 0.85)])
def test_every_trader_class_is_inspected_at_its_rate(code: int, value: float) -> None:
    mine = SMALL["trader"] == code
    assert share(SMALL["selected"], mine) == near(value, np.sum(mine))


def test_targeting_selects_infringing_boxes_so_many_times_as_often() -> None:
    own = decided(port_with(customs__traders__ordinary__infringement_rate=0.1))
    mine = own["trader"] == 1
    bad = mine & own["infringing"]
    assert share(own["selected"], bad) == near(4 * 0.035, np.sum(bad))
    assert share(own["selected"], mine) == near(0.035, np.sum(mine))


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 60))
def test_the_rate_of_a_class_holds_whatever_the_targeting(rate: float, infringing: float, lift: float) -> None:
    port = port_with(
        customs__traders__ordinary__inspection_rate=rate,
        customs__traders__ordinary__infringement_rate=infringing,
        customs__risk__targeting_lift=lift,
    )
    own = decided(port)
    mine = own["trader"] == 1
    assert share(own["selected"], mine) == pytest.approx(rate, abs=0.02)


def test_fewer_inspections_are_some_of_the_same_inspections() -> None:
    less = decided(port_with(customs__risk__inspection_factor=0.4))
    assert not np.any(less["selected"] & ~SMALL["selected"])
    assert 0.3 < np.sum(less["selected"]) / np.sum(SMALL["selected"]) < 0.9  # discredited ones weigh in
    for name in ("advance", "two_step", "manual", "infringing", "quarantine", "trader", "goods"):
        assert np.array_equal(less[name], SMALL[name])


def test_a_rate_times_a_factor_is_at_most_all() -> None:
    own = decided(port_with(customs__risk__inspection_factor=50))
    assert np.all(own["selected"][own["trader"] != 0])


def test_quarantine_is_for_its_goods_and_samples_are_of_those_checked() -> None:
    food = SMALL["goods"] == 1
    assert not np.any(SMALL["quarantine"] & ~food)
    assert share(SMALL["quarantine"], food) == near(0.3, np.sum(food))
    assert not np.any(SMALL["sampled"] & ~SMALL["quarantine"])
    assert share(SMALL["sampled"], SMALL["quarantine"]) == near(0.3, np.sum(SMALL["quarantine"]))


def test_every_inspected_box_has_one_way() -> None:
    red = SMALL["selected"] | SMALL["quarantine"]
    assert not np.any(SMALL["scan"] & (~SMALL["selected"] | SMALL["quarantine"]))
    assert not np.any(SMALL["suspect"] & ~SMALL["scan"])
    assert np.array_equal(SMALL["examined"], red & (~SMALL["scan"] | SMALL["suspect"]))
    by_risk = SMALL["selected"] & ~SMALL["quarantine"]
    assert share(SMALL["scan"], by_risk) == near(0.5, np.sum(by_risk))


def test_the_scanner_alarms_on_some_clean_boxes_and_on_most_others() -> None:
    own = decided(
        port_with(customs__traders__ordinary__inspection_rate=0.9, customs__traders__ordinary__infringement_rate=0.3)
    )
    for infringing, value in ((False, 0.1), (True, 0.6)):
        among = own["scan"] & (own["infringing"] == infringing)
        assert share(own["suspect"], among) == near(value, np.sum(among))
    opened = own["examined"] & own["infringing"]
    assert share(own["found"], opened) == near(0.9, np.sum(opened))
    assert not np.any(own["found"] & ~opened)


def test_colours_of_the_channel() -> None:
    red = SMALL["selected"] | SMALL["quarantine"]
    assert np.array_equal(SMALL["channel"] == Channel.RED, red)
    assert np.array_equal(SMALL["channel"] == Channel.YELLOW, SMALL["manual"] & ~red)
    assert np.array_equal(SMALL["channel"] == Channel.GREEN, ~SMALL["manual"] & ~red)


def test_decisions_are_independent_of_one_another() -> None:
    flags = [SMALL[name].astype(float) for name in ("advance", "two_step", "bonded", "quarantine")]
    flags.append((SMALL["trader"] == 0).astype(float))
    correlation = np.corrcoef(flags) - np.eye(len(flags))
    assert np.max(np.abs(correlation)) < 4 / np.sqrt(len(flags[0]))
