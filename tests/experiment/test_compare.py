"""Comparison: paired by replication, on common draws only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.errors import RunError
from sim.experiment import ScenarioResult, Verdict, compare, summarise
from tests.experiment.scenarios import HORIZON, outcome, result, scenario


def test_effects_are_paired_by_replication() -> None:
    base = result("base", "arrival_to_release", [50.0, 60.0, 70.0])
    reform = result("reform", "arrival_to_release", [48.0, 57.9, 68.1])
    (effect,) = compare(base, reform)
    assert (effect.base, effect.reform) == pytest.approx((60.0, 58.0))
    assert effect.difference == pytest.approx(-2.0)
    assert (effect.low, effect.high) == pytest.approx((-2.2484, -1.7516), abs=1e-4)
    assert (effect.n, effect.unit, effect.verdict) == (3, "h", Verdict.BETTER)


def test_a_scenario_against_itself_shows_nothing() -> None:
    base = ScenarioResult(scenario(), (outcome(), outcome()))
    effects = compare(base, base)
    assert len(effects) > 100
    assert {effect.verdict for effect in effects} == {Verdict.NOT_SHOWN}
    assert {(effect.difference, effect.low, effect.high) for effect in effects} == {(0.0, 0.0, 0.0)}


def test_one_replication_has_a_difference_without_an_interval() -> None:
    (effect,) = compare(result("a", "pick_up", [50.0]), result("b", "pick_up", [40.0]))
    assert (effect.difference, effect.low, effect.high, effect.n) == (-10.0, None, None, 1)
    assert effect.verdict is Verdict.NOT_SHOWN


def test_only_replications_that_have_a_number_in_both_count_for_it() -> None:
    some, other = outcome({"inspection": 5.0}), outcome({"inspection": 3.0})
    without = replace(some, metrics=())
    base = ScenarioResult(scenario("a"), (some, some, without))
    reform = ScenarioResult(scenario("b"), (without, other, other))
    (effect,) = compare(base, reform)
    assert (effect.base, effect.reform, effect.n) == (5.0, 3.0, 1)
    assert compare(base, replace(reform, outcomes=(without,))) == []


def test_other_seeds_or_days_are_refused() -> None:
    base = result("base", "pick_up", [1.0])
    longer = HORIZON.model_copy(update={"days": 20})
    later = HORIZON.model_copy(update={"start": date(2022, 1, 3)})
    with pytest.raises(RunError, match="reform has seed 2, base has 1: their draws are not common"):
        compare(base, result("reform", "pick_up", [1.0], seed=2))
    for horizon in (longer, later):
        with pytest.raises(RunError, match="give both the same horizon"):
            compare(base, result("reform", "pick_up", [1.0], horizon=horizon))


def test_a_summary_tells_over_how_many_replications_it_is() -> None:
    (summary,) = summarise(result("base", "pick_up", [1.0, 3.0]))
    assert (summary.mean, summary.n, summary.unit) == (2.0, 2, "h")
    assert summary.low == pytest.approx(2 - 12.7062, abs=1e-4)
    (alone,) = summarise(result("base", "pick_up", [1.0]))
    assert (alone.mean, alone.low, alone.high, alone.n) == (1.0, None, None, 1)


def test_histograms_add_up_over_replications_and_violations_name_theirs() -> None:
    odd = replace(outcome(), violations=("2 boxes have t_lodged before t_prepared",))
    found = ScenarioResult(scenario(), (outcome(), odd))
    assert found.dwell("arrival_to_release").sum() == 4
    assert found.violations == ("replication 1: 2 boxes have t_lodged before t_prepared",)


def test_only_what_is_wanted_is_compared_and_the_same_is_found() -> None:
    base, reform = (
        result("base", "arrival_to_release", [50.0, 54.0]),
        result("reform", "arrival_to_release", [45.0, 47.0]),
    )
    every = compare(base, reform)
    assert compare(base, reform, lambda key: key[0] == "arrival_to_release") == every
    assert compare(base, reform, lambda key: key[0] == "clearance") == []
    assert summarise(base, lambda key: key[1] == "export") == []
