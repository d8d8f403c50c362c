"""A warm-up left open: a pilot finds it, all scenarios share it, and it is as if the file had it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import RunError
from sim.experiment import RunOptions, ScenarioResult, pilot, run
from sim.experiment.evaluate import Trial, evaluate
from sim.experiment.mser import Cut
from sim.experiment.pilot import settled
from sim.experiment.warm_up import Settling, WarmUp, warm_up
from sim.scenario import Scenario, load
from tests.cli.project import BASELINE, lay_project

AUTO = {"horizon.warm_up_days": "auto"}
HERE = RunOptions(workers=1)
Loaded = Callable[..., Scenario]


@pytest.fixture(autouse=True)
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilots of a small port, over fewer days."""
    monkeypatch.setattr(pilot, "PILOT_DAYS", 56)
    monkeypatch.setattr(pilot, "LONGEST_DAYS", 224)
    monkeypatch.setattr(pilot, "PILOT_REPLICATIONS", 2)


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    folder = lay_project(tmp_path / "project")

    def one(name: str = "baseline", **sets: str) -> Scenario:
        values = {path.replace("__", "."): value for path, value in sets.items()}
        return load(folder / f"{name}.yaml", sets={**AUTO, **values})

    return one


@pytest.mark.long
def test_the_days_are_those_of_the_pilot_as_if_the_file_had_them(loaded: Loaded, tmp_path: Path) -> None:
    scenario = loaded()
    assert scenario.auto_warm_up
    (chosen,), found = settled([scenario], RunOptions(workers=1, out=tmp_path / "out"))
    assert found is not None
    assert found.days == chosen.horizon.warm_up_days == found.found.needed
    series = found.result.outcomes
    assert len(series) == pilot.PILOT_REPLICATIONS
    again = warm_up(found.result)
    assert again is not None
    assert again.boxes.days is not None
    assert again.vessels.days is not None
    assert found.days == ceil(max(again.boxes.days, again.vessels.days)) >= 1
    written = loaded(horizon__warm_up_days=str(found.days))
    assert (chosen.digest, chosen.text, chosen.timeline) == (written.digest, written.text, written.timeline)
    assert not chosen.auto_warm_up
    assert run([chosen], HERE)[0].scenario.horizon.warm_up_days == found.days
    assert settled([written], HERE) == ([written], None)


def test_the_pilot_starts_empty_on_draws_of_its_own(loaded: Loaded) -> None:
    scenario = loaded()
    _, found = settled([scenario], HERE)
    assert found is not None
    plan = found.result.scenario
    assert (plan.name, plan.horizon.warm_up_days) == ("baseline-pilot", 0)
    assert plan.horizon.days in (pilot.PILOT_DAYS, 2 * pilot.PILOT_DAYS, pilot.LONGEST_DAYS)
    assert plan.seed != scenario.seed
    inside = found.result.outcomes[0].inside
    assert inside is not None
    assert inside.boxes[0] == 0
    assert f"seed: {plan.seed}" in plan.text


def settling(monkeypatch: pytest.MonkeyPatch, after: Callable[[Scenario], int | None]) -> list[int]:
    """Let the boxes settle after so many days, None if that cannot be told, and return the lengths of the pilots."""
    lengths: list[int] = []

    def told(result: ScenarioResult) -> WarmUp:
        lengths.append(result.scenario.horizon.days)
        days = after(result.scenario)
        cuts = (Cut(0, 1.0), Cut(None if days is None else 24 * days, 1.0))
        return WarmUp(*(Settling(np.ones(1), cut) for cut in cuts), 0)

    monkeypatch.setattr(pilot, "warm_up", told)
    return lengths


def test_scenarios_share_the_longest(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    settling(monkeypatch, lambda plan: 9 if plan.name == "two_step-pilot" else 4)
    monkeypatch.setattr(pilot, "PILOT_DAYS", 2)
    quick, slower = loaded(), loaded("two_step")
    both, found = settled([quick, slower], HERE)
    assert found is not None
    assert found.scenario is slower
    assert [scenario.horizon.warm_up_days for scenario in both] == [9, 9]
    given = loaded(horizon__warm_up_days="2")
    mixed, _ = settled([quick, given], HERE)
    assert [scenario.horizon.warm_up_days for scenario in mixed] == [4, 2]


def test_policies_with_dates_take_what_the_base_has(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    settling(monkeypatch, lambda _: 4)
    monkeypatch.setattr(pilot, "PILOT_DAYS", 2)
    dated = loaded("two_step", policies__two_step_declaration__from="2021-03-10")
    assert len(dated.timeline.ports) == 2
    base, shared = settled([loaded(), dated], HERE)[0]
    assert shared.horizon.warm_up_days == base.horizon.warm_up_days
    with pytest.raises(RunError, match="policies begin or end within the run") as told:
        settled([dated], HERE)
    assert "compare it with a base" in told.value.problems[0].remedy


def test_a_pilot_too_short_to_tell_is_run_twice_as_long_and_at_last_said(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = settling(monkeypatch, lambda plan: None if plan.horizon.days < 8 else 3)
    monkeypatch.setattr(pilot, "PILOT_DAYS", 1)
    monkeypatch.setattr(pilot, "LONGEST_DAYS", 2)
    with pytest.raises(RunError) as told:
        settled([loaded()], HERE)
    (problem,) = told.value.problems
    assert "2 replications of 2 days is too short to tell when the boxes in the port settle" in problem.what
    assert problem.remedy.startswith("write the days, as in horizon.warm_up_days: 28")
    assert lengths == [1, 2]
    lengths.clear()
    monkeypatch.setattr(pilot, "PILOT_DAYS", 2)
    monkeypatch.setattr(pilot, "LONGEST_DAYS", 16)
    _, found = settled([loaded()], HERE)
    assert found is not None
    assert (found.days, lengths) == (3, [2, 4, 8])


def test_recorded_traffic_has_no_pilot(loaded: Loaded) -> None:
    scenario = loaded()
    traces: Any = object()
    with pytest.raises(RunError, match="needs drawn traffic"):
        settled([replace(scenario, timeline=replace(scenario.timeline, traces=traces))], HERE)


def test_nothing_is_run_before_the_days_are_found(loaded: Loaded) -> None:
    for attempt in (lambda: run([loaded()], HERE), lambda: evaluate([Trial(loaded(), (0,))], HERE)):
        with pytest.raises(RunError, match="no pilot has found the days yet"):
            attempt()


def test_another_word_than_auto_is_told_at_its_place(tmp_path: Path) -> None:
    folder = lay_project(tmp_path / "project")
    (folder / "baseline.yaml").write_text(BASELINE.replace("warm_up_days: 3", "warm_up_days: later"), encoding="utf-8")
    with pytest.raises(Exception, match="'later' is neither a whole number of days nor auto") as told:
        load(folder / "baseline.yaml")
    assert str(told.value.problems[0].where).endswith("baseline.yaml:3:44")  # type: ignore[attr-defined]
