"""Attribution: closed forms by hand and by simulation, and honest intervals where orders are drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment import RunOptions
from sim.experiment.attribute import Plan, attribute, attributed, plan, with_sampling
from sim.experiment.observe import named
from sim.experiment.statistics import interval
from sim.experiment.subject import Subject
from sim.experiment.switches import Switches, switches
from tests.experiment.papers_and_cargo import both
from tests.experiment.scenarios import scenario
from tests.experiment.test_shapley import papers_and_cargo, random_game

RELEASE = Subject("arrival_to_release", "import", "all", "mean", "h")


def of_keys(*keys: str) -> Switches:
    return Switches(scenario("reform"), None, keys)


def exact(*keys: str) -> Plan:
    return plan(of_keys(*keys))


def test_effects_that_overlap() -> None:
    drawn = np.array([-0.5, 0.5, 0.25, -0.25])
    values = {s: float(value[0]) + drawn for s, value in papers_and_cargo().items()}
    found = attributed(exact("parallel", "halved"), RELEASE, values)
    assert (found.base.mean, found.reform.mean, found.total.mean) == pytest.approx((60, 39, -21))
    parallel, halved = found.shares
    assert (parallel.alone.mean, parallel.last.mean, parallel.share.mean) == pytest.approx((-14.4, -9.0, -11.7))
    assert (halved.alone.mean, halved.last.mean, halved.share.mean) == pytest.approx((-12.0, -6.6, -9.3))
    assert (parallel.part, halved.part) == pytest.approx((11.7 / 21, 9.3 / 21))
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.interaction.mean) == ("parallel", "halved", pytest.approx(5.4))
    assert found.orders is None
    assert (parallel.share.low, parallel.share.high) == pytest.approx((-11.7, -11.7))  # the same luck on both sides


def test_effects_that_overlap_in_the_model() -> None:
    one = switches(both(replications=5))
    options = RunOptions(workers=1)
    (found,) = attribute(plan(one), named(["arrival_to_release"], one.scenario(0), options), options)
    expected = {"advance_declaration": (-14.4, -9.0, -11.7), "papers_halved": (-12.0, -6.6, -9.3)}
    for share in found.shares:
        for measured, hours in zip((share.alone, share.last, share.share), expected[share.policy], strict=True):
            assert measured.low is not None
            assert measured.high is not None
            assert measured.low <= hours <= measured.high
            assert measured.high - measured.low < 3.5
    interaction = found.pairs[0].interaction
    assert interaction.low is not None
    assert interaction.high is not None
    assert 0 < interaction.low <= 5.4 <= interaction.high
    assert sum(share.share.mean for share in found.shares) == pytest.approx(found.total.mean)


def test_the_intervals_are_paired_by_replication() -> None:
    values = random_game(3, seed=2, n=6)
    found = attributed(exact("a", "b", "c"), RELEASE, values)
    alone = interval((values[0b010] - values[0]).tolist())
    assert found.shares[1].alone == alone
    assert found.shares[1].last == interval((values[0b111] - values[0b101]).tolist())


def test_a_change_that_is_not_shown_is_not_shared_in_percent() -> None:
    values = {s: np.array([1.0, -1.0]) * s for s in range(4)}
    assert [share.part for share in attributed(exact("a", "b"), RELEASE, values).shares] == [None, None]


def test_up_to_eight_all_combinations_beyond_drawn_orders() -> None:
    eight, nine = (of_keys(*"abcdefghi"[:k]) for k in (8, 9))
    assert len(plan(eight).coalitions) == 256
    assert plan(eight).orders is None
    drawn = plan(nine)
    assert drawn.orders is not None
    assert drawn.orders.shape == (8, 2, 9)
    assert len(drawn.coalitions) < 512
    assert {0, nine.everything, 0b11, nine.everything ^ 1} <= set(drawn.coalitions)
    other = plan(replace(nine, reform=scenario("reform", seed=2)))
    assert other.coalitions != drawn.coalitions


def test_drawn_orders_widen_the_interval() -> None:
    nine = of_keys(*"abcdefghi")
    values = random_game(9, seed=7, n=5)
    whole = plan(nine, exact_up_to=9)
    drawn = plan(nine)
    true, estimated = attributed(whole, RELEASE, values), attributed(drawn, RELEASE, values)
    assert (true.orders, estimated.orders) == (None, 16)
    assert sum(share.share.mean for share in estimated.shares) == pytest.approx(true.total.mean)
    for exactly, share in zip(true.shares, estimated.shares, strict=True):
        assert share.share.low is not None
        assert share.share.high is not None
        assert share.share.low <= exactly.share.mean <= share.share.high
        assert (share.alone, share.last) == (exactly.alone, exactly.last)


def test_the_error_of_drawing_covers() -> None:
    """Over many crossed draws of replications and orders, the interval holds the true mean at least 95 times in 100."""
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(400):
        runs, orders = generator.normal(size=(1, 8)), generator.normal(size=(8, 1)) * 2
        found = with_sampling(5 + runs + orders + generator.normal(size=(8, 8)))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 5 <= found.high
    assert covered / 400 > 0.94


def test_one_replication_has_no_interval() -> None:
    found = attributed(exact("a", "b"), RELEASE, random_game(2, seed=1, n=1))
    assert found.shares[0].share.low is None
    assert found.shares[0].part is None
