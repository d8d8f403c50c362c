"""Policies to a timeline: in written order, cut by dates, blended by ramps, without collisions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import PolicyError
from sim.policies import catalogue
from sim.policies.base import Policy
from sim.port.port import Horizon, Port, PortTimeline
from sim.scenario.compose import compose
from sim.scenario.digest import digest
from sim.scenario.facts import shape
from sim.scenario.ramp import WHOLE_UNITS, Term, blended
from tests.small_port import small_port, whole_small_port

START = date(2021, 3, 1)
HORIZON = Horizon(start=START, warm_up_days=10, days=60, cool_down_days=10)
PORT = small_port()


def policy(key: str, **levers: Any) -> Policy:
    """Return a policy with these levers."""
    return catalogue()[key].model_validate(levers)


def day(number: int) -> date:
    """Return a day of the run."""
    return START + timedelta(days=number)


def shares(timeline: PortTimeline) -> list[tuple[float, float]]:
    """Return the days at which the two-step share steps, and its values."""
    pieces = zip(timeline.hours, timeline.ports, strict=True)
    return [(hour / 24, port.customs.declaration.two_step_share.value) for hour, port in pieces]


def test_without_policies_the_port_holds_for_ever() -> None:
    timeline, changes = compose(PORT, {}, HORIZON)
    assert (timeline.hours, timeline.ports, changes) == ((-inf,), (PORT,), ())
    assert timeline.ports[0] is PORT


@pytest.mark.parametrize("key", catalogue())
def test_a_policy_at_its_defaults_is_not_there(key: str) -> None:
    timeline, changes = compose(PORT, {key: policy(key)}, HORIZON)
    assert timeline.ports == (PORT,)
    assert changes == ()
    assert digest(timeline, HORIZON, 1) == digest(PortTimeline((-inf,), (PORT,)), HORIZON, 1)


@pytest.mark.parametrize("key", catalogue())
def test_every_plan_moves_only_what_the_policy_touches(key: str) -> None:
    kind = catalogue()[key]
    _, changes = compose(whole_small_port(), {key: kind.model_validate(kind.plan())}, HORIZON)
    assert changes
    patterns = [touch.split(".") for touch in kind.touches]
    for change in changes:
        parts = change.path.split(".")
        fits = (len(p) == len(parts) and all(a in ("*", b) for a, b in zip(p, parts, strict=True)) for p in patterns)
        assert any(fits), change.path
        assert change.before != change.after
        assert (change.policy, change.measure, change.from_hour) == (key, kind.measure, 0.0)


def test_from_and_until_cut_the_timeline() -> None:
    one = policy("two_step_declaration", share=0.5, **{"from": day(20), "until": day(40)})
    timeline, (change,) = compose(PORT, {"two_step_declaration": one}, HORIZON)
    assert shares(timeline) == [(-inf, 0.1), (20, 0.5), (40, 0.1)]
    assert change.from_hour == 480
    assert timeline.at(479.9) == PORT
    assert timeline.at(480).customs.declaration.two_step_share.value == 0.5


def test_dates_outside_of_the_run_do_not_cut_it() -> None:
    one = policy("two_step_declaration", share=0.5, **{"from": day(-5), "until": day(80)})
    timeline, (change,) = compose(PORT, {"two_step_declaration": one}, HORIZON)
    assert shares(timeline) == [(-inf, 0.5)]
    assert change.from_hour == 0


def test_a_ramp_rises_in_weekly_steps_through_the_middle_of_each_week() -> None:
    one = policy("two_step_declaration", share=0.5, **{"from": day(10), "ramp_days": 28})
    timeline, (change,) = compose(PORT, {"two_step_declaration": one}, HORIZON)
    assert [knot for knot, _ in shares(timeline)] == [-inf, 10, 17, 24, 31, 38]
    values = [0.1, 0.15, 0.25, 0.35, 0.45, 0.5]
    assert [value for _, value in shares(timeline)] == pytest.approx(values)
    assert (change.before, change.after, change.from_hour) == (0.1, 0.5, 240)


def test_a_ramp_that_began_before_the_run_is_on_its_way() -> None:
    one = policy("two_step_declaration", share=0.5, **{"from": day(-14), "ramp_days": 28})
    timeline, _ = compose(PORT, {"two_step_declaration": one}, HORIZON)
    assert shares(timeline) == [(-inf, pytest.approx(0.35)), (7, pytest.approx(0.45)), (14, 0.5)]


@given(st.integers(1, 400), st.integers(-100, 100))
def test_a_stepped_ramp_adopts_as_much_as_a_straight_one(ramp: int, start: int) -> None:
    term = Term.of(policy("inspection_rate", factor=0.5, **{"from": day(start), "ramp_days": ramp}), START)
    knots = [knot for knot in term.knots() if knot < inf]
    assert knots == sorted(set(knots))
    area = sum(term.adopted(a) * (b - a) for a, b in pairwise(knots))
    assert area == pytest.approx(24 * ramp / 2)
    levels = [term.adopted(knot) for knot in knots]
    assert levels == sorted(levels)
    assert levels[-1] == 1
    assert term.adopted(knots[0] - 1) == 0


def test_words_move_at_the_start_of_a_ramp_and_whole_numbers_stay_whole() -> None:
    one = policy("clearance_24h", inspection=True, same_officer_hours=True, **{"from": day(10), "ramp_days": 28})
    timeline, changes = compose(PORT, {"clearance_24h": one}, HORIZON)
    first = timeline.at(240).customs.inspection
    assert first.calendar.value == "h24"
    assert [timeline.at(24.0 * d).customs.inspection.bays.value for d in (9, 10, 17, 24, 31, 38)] == [3, 3, 2, 2, 1, 1]
    assert {change.path: (change.before, change.after) for change in changes} == {
        "customs.inspection.calendar": ("office_5d", "h24"),
        "customs.inspection.bays": (3, 1),
    }
    assert {"servers", "cranes", "rank"} <= WHOLE_UNITS


@given(st.floats(0, 1))
def test_a_blend_is_between_its_ends_and_holds_as_a_port(share: float) -> None:
    after = policy("two_step_declaration", **catalogue()["two_step_declaration"].plan()).apply(PORT)
    between = blended(PORT, after, share)
    assert Port.model_validate_json(between.model_dump_json(), strict=True) == between
    assert 0.1 <= between.customs.declaration.two_step_share.value <= 0.25
    assert shape(blended(PORT, after, 1)) == shape(after)
    assert shape(blended(PORT, after, 0)) == shape(PORT)


def collide(**more: Any) -> dict[str, Policy]:
    """Return two policies that both move the number of bays."""
    return {
        "scanner_first": policy("scanner_first", capacity=2),
        "clearance_24h": policy("clearance_24h", inspection=True, same_officer_hours=True, **more),
    }


def test_two_policies_that_move_one_value_are_an_error_that_names_both_places() -> None:
    with pytest.raises(PolicyError) as caught:
        compose(PORT, collide(), HORIZON, lambda path: f"file:{path}")
    (problem, *others) = caught.value.problems
    assert problem.where == "file:policies.clearance_24h"
    assert "scanner_first (file:policies.scanner_first) and clearance_24h both move customs.inspection." in problem.what
    assert "after: [scanner_first]" in problem.remedy
    assert len(others) <= 1


def test_after_lets_the_later_build_on_the_earlier() -> None:
    timeline, changes = compose(PORT, collide(after=["scanner_first"]), HORIZON)
    assert timeline.ports[0].customs.inspection.bays.value == 2
    bays = [(c.policy, c.before, c.after) for c in changes if c.path == "customs.inspection.bays"]
    assert bays == [("scanner_first", 3, 6), ("clearance_24h", 6, 2)]


def test_policies_that_are_never_in_force_together_do_not_collide() -> None:
    first = policy("scanner_first", capacity=2, until=day(30))
    second = collide(**{"from": day(30)})["clearance_24h"]
    timeline, changes = compose(PORT, {"scanner_first": first, "clearance_24h": second}, HORIZON)
    assert [timeline.at(24.0 * d).customs.inspection.bays.value for d in (0, 29, 30)] == [6, 6, 1]
    assert [c.before for c in changes if c.policy == "clearance_24h" and c.path.endswith("bays")] == [3]


def test_a_policy_that_the_port_cannot_have_is_told_at_the_policy() -> None:
    bare = Port(**{**dict(PORT), "channel": None})
    with pytest.raises(PolicyError) as caught:
        compose(bare, {"two_way_channel": policy("two_way_channel", **catalogue()["two_way_channel"].plan())}, HORIZON)
    (problem,) = caught.value.problems
    assert problem.where == "policies.two_way_channel"
    assert problem.remedy


def test_a_port_that_no_longer_holds_is_told_at_the_policy() -> None:
    with pytest.raises(PolicyError) as caught:
        compose(PORT, {"aeo_programme": policy("aeo_programme", share=1.0)}, HORIZON)
    (problem,) = caught.value.problems
    assert problem.where == "policies.aeo_programme"
    assert "more than 1" in problem.what
