"""Holm's adjustment: textbook values, and the promise that it makes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiment import Effect, Verdict, compare
from sim.experiment.adjust import adjusted, holm, p_value
from sim.experiment.statistics import paired, verdict
from tests.experiment.scenarios import result


def effect(values: list[float]) -> Effect:
    """Return the effect of these differences, by replication, on a base of 50 h."""
    change = paired([50.0] * len(values), [50.0 + value for value in values])
    ends = (change.mean, change.low, change.high, change.n)
    key = ("arrival_to_release", "import", "all", "mean", "h")
    return Effect(*key, 50.0, 50.0 + change.mean, *ends, verdict(change, -1))


def test_the_example_of_the_textbook() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.8, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_p_values_keep_the_order_and_never_shrink(p_values: list[float]) -> None:
    found = holm(p_values)
    assert all(more >= less for more, less in zip(found, p_values, strict=True))
    ranked = sorted(zip(p_values, found, strict=True))
    assert [after for _, after in ranked] == sorted(after for _, after in ranked)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=12))
def test_the_p_value_is_that_of_the_paired_t_test(values: list[float]) -> None:
    if np.std(values) < 1e-6:
        return
    expected = stats.ttest_1samp(50.0 + np.array(values) - 50.0, 0).pvalue
    assert p_value(effect(values)) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_without_luck_a_difference_is_certain_or_none() -> None:
    assert p_value(effect([-1.0, -1.0])) == 0
    assert p_value(effect([0.0, 0.0])) == 1
    assert p_value(effect([3.0])) is None


def test_a_finding_by_itself_may_not_be_one_among_many() -> None:
    weak, strong = effect([-1.0, -2.0, -0.4, -1.5, -0.3]), effect([-5.0, -5.1, -4.9, -5.0, -5.05])
    none = [effect([0.3 * k, -0.4, 0.1, 0.2, -0.3]) for k in range(8)]
    assert weak.verdict is Verdict.BETTER
    found = adjusted([weak, strong, *none])
    assert [item.effect.verdict for item in found[:2]] == [Verdict.NOT_SHOWN, Verdict.BETTER]
    assert found[0].p is not None
    assert found[0].p < 0.05 < (found[0].p_adjusted or 0)
    assert adjusted([weak])[0].effect.verdict is Verdict.BETTER


def test_what_cannot_have_moved_does_not_count() -> None:
    weak = effect([-1.0, -2.0, -0.4, -1.5, -0.3])
    found = adjusted([weak, *[effect([0.0] * 5)] * 50])
    assert found[0].effect.verdict is Verdict.BETTER
    assert found[1].p_adjusted is None


def test_one_false_finding_in_a_family_is_rare() -> None:
    """Of 400 families of 20 numbers that nothing moves, at most 5 % (and some luck) have a finding; unadjusted most."""
    generator = np.random.default_rng(1)
    raw = whole = 0
    for _ in range(400):
        shared = generator.normal(size=10)
        family = [effect((0.5 * shared + generator.normal(size=10)).tolist()) for _ in range(20)]
        raw += any(item.verdict is not Verdict.NOT_SHOWN for item in family)
        whole += any(item.effect.verdict is not Verdict.NOT_SHOWN for item in adjusted(family))
    assert whole / 400 < 0.08
    assert raw / 400 > 0.3


def test_effects_of_a_comparison_can_be_adjusted() -> None:
    base, reform = result("base", "pick_up", [5.0, 6.0, 7.0]), result("reform", "pick_up", [4.0, 5.1, 5.9])
    (item,) = adjusted(compare(base, reform))
    assert item.p == item.p_adjusted
    assert item.effect.verdict is Verdict.BETTER
