"""Selection: the promise holds in the least favourable case, losers leave early, and doubles hold nothing up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sim.experiment.ranking import Draw, Race, Standing, longest_first, select

MOST = 2_000


def normal(means: Sequence[float], seed: int, shared: float = 0.5, spread: float = 1.0) -> Draw:
    """Return systems with normal values, correlated as those of common draws are."""
    generator, k = np.random.default_rng(seed), len(means)
    common, own = generator.normal(size=(1, MOST)), generator.normal(size=(k, MOST))
    values = np.array(means)[:, None] + spread * (shared**0.5 * common + (1 - shared) ** 0.5 * own)
    return lambda systems, replications: values[np.ix_(list(systems), list(replications))]


SLIPPAGE = [0.0, 0.0, 0.0, 0.25, 0.0, 0.0]
"""The best is better than all others by just delta: the hardest case that the promise is made for."""
RACE = Race(delta=0.25, first_stage=10, most=MOST)


def test_the_best_is_found_as_often_as_promised() -> None:
    right = [select(6, normal(SLIPPAGE, seed), RACE).best == 3 for seed in range(300)]
    assert np.mean(right) >= 0.95


def test_a_race_without_patience_breaks_the_promise() -> None:
    """The check above can fail: with a boundary for larger differences the best is missed too often."""
    hasty = Race(delta=2.0, first_stage=10, most=MOST)
    right = [select(6, normal(SLIPPAGE, seed), hasty).best == 3 for seed in range(100)]
    assert np.mean(right) < 0.8


def test_clear_losers_leave_at_once_and_cost_nothing_more() -> None:
    standing = select(5, normal([0, -8, -9, 0.5, -7], seed=4), Race(delta=0.1, most=MOST))
    assert standing.decided
    assert standing.best == 3
    assert {system: standing.left[system] for system in (1, 2, 4)} == {1: 10, 2: 10, 4: 10}
    assert [len(standing.values[system]) for system in (1, 2, 4)] == [10, 10, 10]
    assert standing.left[0] > 10
    assert standing.runs == sum(len(values) for values in standing.values.values())
    assert standing.runs < 5 * standing.looked_at


def test_looking_ahead_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def outcome(ahead: int) -> tuple[int, dict[int, int], int]:
        monkeypatch.setattr("sim.experiment.ranking.AHEAD", ahead)
        standing = select(6, normal(SLIPPAGE, seed=2), RACE)
        return standing.best, standing.left, standing.looked_at

    assert outcome(1) == outcome(5) == outcome(64)


def test_the_same_draws_give_the_same_race() -> None:
    first, again = (select(6, normal(SLIPPAGE, seed=8), RACE) for _ in range(2))
    assert (first.best, first.left, first.runs) == (again.best, again.left, again.runs)


def test_doubles_leave_for_the_earlier_one() -> None:
    single = normal([0.0, 1.0], seed=1)

    def draw(systems: Sequence[int], replications: range) -> np.ndarray:
        return single([system % 2 for system in systems], replications)

    standing = select(4, draw, RACE)
    assert standing.equal == {2: 0, 3: 1}
    assert standing.best == 1
    assert standing.decided


def test_two_that_never_differ_by_luck_are_told_apart_at_once() -> None:
    def draw(systems: Sequence[int], replications: range) -> np.ndarray:
        luck = np.array([np.sin(number) for number in replications])
        return np.array([luck + 0.01 * system for system in systems])

    standing = select(2, draw, RACE)
    assert (standing.best, standing.looked_at, standing.decided) == (1, 10, True)


def test_near_equals_end_at_the_bound_of_the_procedure() -> None:
    standing = select(2, normal([0.0, 0.0], seed=5), RACE)
    assert standing.decided
    spread = np.var(np.diff([standing.values[k][:10] for k in range(2)], axis=0), ddof=1)
    assert standing.looked_at <= longest_first(spread, RACE, 2) + 1


def test_a_race_that_is_not_over_says_so() -> None:
    standing: Standing = select(2, normal([0.0, 0.01], seed=5), Race(delta=0.001, most=23))
    assert not standing.decided
    assert standing.survivors == [0, 1]
    assert standing.looked_at == 23 < standing.bound


def test_the_bound_is_that_of_kim_and_nelson() -> None:
    """Two systems, ten replications first: eta = ((2 * 0.05)^(-2/9) - 1) / 2, h^2 = 2 eta 9."""
    eta = (0.1 ** (-2 / 9) - 1) / 2
    assert longest_first(np.array(4.0), Race(delta=0.5), 2) == pytest.approx(2 * eta * 9 * 4 / 0.25)
