"""Shapley shares against closed forms and against their own axioms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.shapley import (
    beyond,
    coalitions_of,
    drawn_orders,
    every_coalition,
    interactions,
    sampled_shares,
    shares,
)
from sim.theory.queues import fork_join

PAPERS, CARGO = 24.0, 36.0
FILED_BESIDE, HALVED = 0, 1


def papers_and_cargo() -> dict[int, np.ndarray]:
    """Hours of papers, then cargo; side by side; papers halved; both: exponential, so that the maxima are known."""
    return {
        0: np.array([PAPERS + CARGO]),
        1 << FILED_BESIDE: np.array([fork_join(PAPERS, CARGO)]),
        1 << HALVED: np.array([PAPERS / 2 + CARGO]),
        3: np.array([fork_join(PAPERS / 2, CARGO)]),
    }


def random_game(switches: int, seed: int, n: int = 3) -> dict[int, np.ndarray]:
    generator = np.random.default_rng(seed)
    return {s: generator.normal(size=n) for s in every_coalition(switches)}


def test_effects_that_overlap() -> None:
    values = papers_and_cargo()
    assert [float(values[s][0]) for s in range(4)] == pytest.approx([60, 45.6, 48, 39])
    assert shares(values, 2)[:, 0] == pytest.approx([-11.7, -9.3])
    assert interactions(values, 2)[0, 1] == pytest.approx([5.4])  # of 21 h saved, 5.4 h less than 14.4 + 12


def test_effects_that_add_up_have_no_interaction() -> None:
    gains = np.array([-5.0, 2.0, -1.5, 0.0])
    values = {s: 60 + np.array([sum(g for k, g in enumerate(gains) if s >> k & 1)]) for s in every_coalition(4)}
    assert shares(values, 4)[:, 0] == pytest.approx(gains)
    for pair in interactions(values, 4).values():
        assert pair == pytest.approx([0.0])


def test_shares_are_the_mean_over_all_orders() -> None:
    values = random_game(4, seed=1)
    every_order = np.array(list(permutations(range(4))))[:, None, :]
    assert sampled_shares(values, every_order).mean(axis=1) == pytest.approx(shares(values, 4))


@given(st.integers(1, 6), st.integers(0, 1000))
def test_shares_add_up_in_every_replication(switches: int, seed: int) -> None:
    values = random_game(switches, seed)
    whole = values[(1 << switches) - 1] - values[0]
    assert shares(values, switches).sum(axis=0) == pytest.approx(whole)
    orders = drawn_orders(switches, 3, seed)
    assert sampled_shares(values, orders).sum(axis=0) == pytest.approx(np.tile(whole, (3, 1)))


def test_a_switch_that_does_nothing_gets_nothing_and_twins_get_the_same() -> None:
    values = {s: np.array([float((s & 0b011).bit_count() ** 2)]) for s in every_coalition(3)}
    first, second, idle = shares(values, 3)[:, 0]
    assert idle == 0
    assert first == second == 2


def test_the_interaction_is_that_of_the_pair_averaged_over_what_came_before() -> None:
    values = random_game(3, seed=4)
    expected = (beyond(values, 0, 0, 1) + beyond(values, 0b100, 0, 1)) / 2
    assert interactions(values, 3)[0, 1] == pytest.approx(expected)


def test_drawn_orders_come_with_their_reverse_and_by_seed() -> None:
    orders = drawn_orders(10, 6, seed=1)
    assert orders.shape == (6, 2, 10)
    assert (orders[:, 0] == orders[:, 1, ::-1]).all()
    assert (orders == drawn_orders(10, 6, seed=1)).all()
    assert (orders != drawn_orders(10, 6, seed=2)).any()
    met = coalitions_of(orders)
    assert {0, (1 << 10) - 1} <= met
    assert len(met) <= 6 * 2 * 9 + 2


def test_sampled_shares_come_near_the_exact_ones() -> None:
    values = random_game(9, seed=5, n=1)
    drawn = sampled_shares(values, drawn_orders(9, 400, seed=3))[:, :, 0]
    error = drawn.std(axis=1, ddof=1) / np.sqrt(400)
    assert (np.abs(drawn.mean(axis=1) - shares(values, 9)[:, 0]) < 4 * error).all()
