"""Selection of packages: what is in the race, what it tells, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sim.errors import RunError
from sim.experiment import RunOptions
from sim.experiment.ranking import Race
from sim.experiment.select import Contest, contest, default_delta, race, select
from sim.experiment.subject import Subject
from sim.experiment.switches import Switches
from sim.scenario import Scenario
from tests.experiment.scenarios import scenario

RELEASE = Subject("arrival_to_release", "import", "all", "mean", "h")
USE = Subject("berth_use", "vessel", "all", "value", "share")
EFFECTS = {"a": -5.0, "b": -3.0, "c": 0.0, "d": 4.0}
OPTIONS = RunOptions(workers=1)


class Port(Switches):
    """Switches whose scenarios are only names."""

    def scenario(self, coalition: int) -> Scenario:
        return scenario("+".join(self.keys_of(coalition)), digest=f"{coalition:064x}")


SWITCHES = Port(scenario("reform"), None, tuple(EFFECTS))


@pytest.fixture
def observed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Effects that add up, with common and own luck; the list takes packages and replications of each call."""
    calls: list[tuple[int, int]] = []

    def observe(scenarios: Sequence[Scenario], replications: range, *_: object) -> np.ndarray:
        calls.append((len(scenarios), len(replications)))
        luck = np.random.default_rng(1).normal(size=1000)
        rows = []
        for one in scenarios:
            keys = [key for key in one.name.split("+") if key not in ("", "c")]
            own = np.random.default_rng(len("".join(keys)) + 7).normal(size=1000) * 0.3
            rows.append([60 + sum(EFFECTS[key] for key in keys) + luck[n] + own[n] for n in replications])
        return np.array(rows)[:, None, :]

    monkeypatch.setattr("sim.experiment.select.observe", observe)
    return calls


def test_the_best_package_and_the_runner_up(observed: list[tuple[int, int]]) -> None:
    found = select(contest(SWITCHES, RELEASE), Race(delta=0.5), OPTIONS)
    assert found.best.keys == ("a", "b")
    assert found.change.mean == pytest.approx(-8, abs=0.3)
    assert found.runner_up is not None
    assert found.runner_up.keys == ("a",)
    assert found.runner_up.difference.mean == pytest.approx(3, abs=0.3)
    assert len(found.packages) == 16
    assert found.runs < found.factorial + 16 * 5
    assert found.runs == sum(packages * replications for packages, replications in observed)


def test_the_fewest_policies_that_come_near(observed: list[tuple[int, int]]) -> None:
    assert select(contest(SWITCHES, RELEASE), Race(delta=4.0), OPTIONS).leanest.keys == ("a",)
    assert select(contest(SWITCHES, RELEASE), Race(delta=0.5), OPTIONS).leanest.keys == ("a", "b")


def test_a_policy_that_does_nothing_is_left_out(observed: list[tuple[int, int]]) -> None:
    found = select(contest(SWITCHES, RELEASE), Race(delta=0.5), OPTIONS)
    double = next(package for package in found.packages if package.keys == ("a", "b", "c"))
    assert double.equal == ("a", "b")
    assert double.difference.mean == 0


def test_more_is_better_where_it_is_said(observed: list[tuple[int, int]]) -> None:
    found = select(contest(SWITCHES, RELEASE, better=1), Race(delta=0.5), OPTIONS)
    assert found.best.keys == ("d",)
    assert found.best.value.mean == pytest.approx(64, abs=1)
    assert found.runner_up is not None
    assert found.runner_up.keys == ("b", "d")


def test_at_most_so_many_policies(observed: list[tuple[int, int]]) -> None:
    few: Contest = contest(SWITCHES, RELEASE, most_policies=1)
    assert [SWITCHES.keys_of(package) for package in few.packages] == [(), ("a",), ("b",), ("c",), ("d",)]
    assert select(few, Race(delta=0.5), OPTIONS).best.keys == ("a",)


def test_small_packages_come_first_in_written_order() -> None:
    keys = [SWITCHES.keys_of(package) for package in contest(SWITCHES, RELEASE).packages]
    assert keys[:8] == [(), ("a",), ("b",), ("c",), ("d",), ("a", "b"), ("a", "c"), ("a", "d")]


def test_a_race_that_is_not_over_is_refused_with_a_remedy(observed: list[tuple[int, int]]) -> None:
    with pytest.raises(RunError) as told:
        select(contest(SWITCHES, RELEASE), Race(delta=0.0001, most=12), OPTIONS)
    (problem,) = told.value.problems
    assert problem.what.startswith("after 12 replications ")
    assert "--max-replications" in problem.remedy
    assert "--delta" in problem.remedy


def test_what_has_no_direction_or_too_many_packages_is_refused() -> None:
    with pytest.raises(RunError, match="neither more nor less of berth_use"):
        contest(SWITCHES, USE)
    assert contest(SWITCHES, USE, better=-1).better == -1
    many = Switches(scenario(), None, tuple("abcdefghijklm"))
    with pytest.raises(RunError, match="13 policies make 8,192 packages"):
        contest(many, RELEASE)
    assert len(contest(many, RELEASE, most_policies=2).packages) == 1 + 13 + 78


def test_a_race_needs_a_first_stage_and_a_difference(observed: list[tuple[int, int]]) -> None:
    def reform(replications: int) -> Contest:
        return contest(Port(scenario("reform", replications=replications), None, ("a", "b")), RELEASE)

    assert race(reform(12), None, 200, OPTIONS) == Race(0.5, 12, 200)
    assert race(reform(12), 0.25, 12, OPTIONS) == Race(0.25, 12, 12)
    with pytest.raises(RunError, match="one replication cannot tell luck from difference"):
        race(reform(1), 0.5, 200, OPTIONS)
    with pytest.raises(RunError, match="--delta -1 is no difference"):
        race(reform(12), -1.0, 200, OPTIONS)
    with pytest.raises(RunError, match="fewer than the 12 replications of the first stage"):
        race(reform(12), 0.5, 11, OPTIONS)


def test_what_difference_matters_by_default() -> None:
    assert default_delta(RELEASE, 58.2) == 0.5
    assert default_delta(USE, 0.6) == 0.01
    assert default_delta(Subject("charges", "import", "all", "mean", "CNY/box"), 172.0) == 2
    assert default_delta(Subject("charges", "import", "all", "mean", "CNY/box"), 0.0) == 1
