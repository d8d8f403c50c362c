"""Draws belong to their owner: nobody else's draws, and no order of drawing, can move them."""

from __future__ import annotations

import dataclasses
import pickle
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.draws import Draws

names = st.text(max_size=8)
numbers = st.integers(0, 2**40)


def test_pinned():
    expected = [0.31091311395750054, 0.37483932752756166, 0.7373740049119514, 0.08185283399990761]
    assert Draws(2020, 3).uniform("inspection", "AE7", 4).tolist() == expected


@given(numbers, numbers, names, names, st.integers(0, 50), st.integers(0, 50))
def test_the_first_draws_are_the_same_however_many_are_drawn(seed, replication, purpose, owner, few, more):
    draws = Draws(seed, replication)
    long = draws.uniform(purpose, owner, few + more)
    np.testing.assert_array_equal(draws.uniform(purpose, owner, few), long[:few])


@given(st.lists(st.tuples(names, names), unique=True, min_size=2, max_size=6))
def test_any_order_gives_the_same_and_every_name_its_own(keys):
    forth = {key: Draws(1, 0).uniform(*key, 3).tolist() for key in keys}
    back = {key: Draws(1, 0).uniform(*key, 3).tolist() for key in reversed(keys)}
    assert forth == back
    assert len({tuple(values) for values in forth.values()}) == len(keys)


def test_names_that_read_alike_together_are_kept_apart():
    draws = Draws(1, 0)
    assert draws.uniform("a", "bc", 1) != draws.uniform("ab", "c", 1)


def test_seeds_replications_purposes_and_owners_are_uncorrelated():
    n = 20_000
    columns = [
        Draws(seed, replication).uniform(purpose, owner, n)
        for seed in (1, 2)
        for replication in (0, 1)
        for purpose in ("inspection", "review")
        for owner in ("AE7", "AE8")
    ]
    for a, b in combinations(columns, 2):
        assert abs(np.corrcoef(a, b)[0, 1]) < 4.5 / n**0.5
    # the largest distance of the empirical distribution from the uniform, at 1 in 1000 for all 16 together
    steps = np.arange(n) / n
    for column in columns:
        assert np.abs(np.sort(column) - steps).max() < 2.2 / n**0.5


def test_draws_lie_in_the_open_interval(monkeypatch):
    class Extreme:
        def __init__(self, sequence):
            pass

        def random_raw(self, n):
            return np.array([0, 2**64 - 1], dtype=np.uint64)

    monkeypatch.setattr("sim.kernel.draws.SFC64", Extreme)
    low, high = Draws(1, 0).uniform("a", "b", 2)
    assert 0 < low < 1e-16
    assert 1 - 2e-16 < high < 1


def test_stacked_follows_the_order_of_the_mapping():
    draws = Draws(1, 0)
    stacked = draws.stacked("a", {"x": 2, "empty": 0, "b": 3})
    assert stacked.tolist() == [*draws.uniform("a", "x", 2), *draws.uniform("a", "b", 3)]
    assert draws.stacked("a", {}).shape == (0,)


def test_frozen_and_picklable():
    draws = Draws(1, 2)
    assert pickle.loads(pickle.dumps(draws)) == draws
    with pytest.raises(dataclasses.FrozenInstanceError):
        draws.seed = 2
