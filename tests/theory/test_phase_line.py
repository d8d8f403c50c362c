"""E_k/E_m/n where something else says the same: closed forms, roots, another method, and a long simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from sim.kernel.clock import OpenHours
from sim.kernel.draws import Draws
from sim.kernel.station import Station
from sim.theory.phase_line import Waiting, erlang_line
from sim.theory.queues import erlang_c, wait_mg1, wait_mmc
from tests.theory import qbd
from tests.verification.equivalence import assert_equivalent

loads = st.floats(0.05, 0.97)


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-8, abs=1e-12)


def test_e2_e2_4_at_half_load_is_not_what_the_printed_table_says() -> None:
    assert erlang_line(2, 2, 4, 0.5).wait == pytest.approx(0.0257, abs=5e-5)


@settings(deadline=None)
@given(berths=st.integers(1, 30), load=loads)
def test_with_one_phase_each_it_is_m_m_n(berths: int, load: float) -> None:
    line = erlang_line(1, 1, berths, load)
    assert line.wait == close(wait_mmc(berths, load * berths, 1.0))
    assert line.delayed == close(erlang_c(berths, load * berths))


@settings(deadline=None)
@given(phases=st.integers(1, 40), load=loads)
def test_poisson_arrivals_at_one_berth_wait_as_pollaczek_and_khinchine_say(phases: int, load: float) -> None:
    line = erlang_line(1, phases, 1, load)
    assert line.wait == close(wait_mg1(load, 1.0, phases**-0.5))
    assert line.delayed == close(load)


@settings(deadline=None)
@given(phases=st.integers(1, 40), berths=st.integers(1, 12), load=loads)
def test_erlang_arrivals_of_exponential_work_have_a_root(phases: int, berths: int, load: float) -> None:
    """GI/M/n: beyond n vessels each one more is likelier by a factor r, the root of r = E exp(-n (1 - r) gap)."""

    def gap(r: float) -> float:
        return float((1 + (1 - r) / (load * phases)) ** -phases) - r

    line = erlang_line(phases, 1, berths, load)
    root = brentq(gap, 0.0, 1 - 1e-3 * (1 - load), xtol=1e-15)
    assert line.wait == close(line.delayed / (berths * (1 - root)))
    if berths == 1:
        assert line.delayed == close(root)


@settings(deadline=None, max_examples=40)
@given(k=st.integers(1, 4), m=st.integers(1, 3), berths=st.integers(1, 5), load=loads)
def test_another_method_gives_the_same(k: int, m: int, berths: int, load: float) -> None:
    assert_same(erlang_line(k, m, berths, load), qbd.erlang_line(k, m, berths, load))


def assert_same(mine: Waiting, other: qbd.Waiting) -> None:
    assert (mine.wait, mine.delayed, mine.queue) == (close(other.wait), close(other.delayed), close(other.queue))


@pytest.mark.parametrize("load", [0.3, 0.9, 0.99])
def test_a_line_of_some_size(load: float) -> None:
    """Three phases at eight berths: at the low load rounding spoils the first guess, at the high ones it helps."""
    assert_same(erlang_line(3, 3, 8, load), qbd.erlang_line(3, 3, 8, load))


@settings(deadline=None)
@given(k=st.integers(1, 8), m=st.integers(1, 4), berths=st.integers(1, 4), load=loads)
def test_more_regular_means_less_waiting(k: int, m: int, berths: int, load: float) -> None:
    """Towards D in arrivals or services, with more berths at the same load, or with less load."""
    line = erlang_line(k, m, berths, load)
    less = (
        erlang_line(k + 1, m, berths, load),
        erlang_line(k, m + 1, berths, load),
        erlang_line(k, m, berths + 1, load),
        erlang_line(k, m, berths, load * 0.9),
    )
    for other in less:
        assert other.wait < line.wait


@settings(deadline=None)
@given(phases=st.integers(2, 60), load=loads)
def test_at_one_berth_many_phases_come_near_to_fixed_times_from_above(phases: int, load: float) -> None:
    fixed_work = wait_mg1(load, 1.0, 0.0)
    assert fixed_work < erlang_line(1, phases, 1, load).wait <= fixed_work * (1 + 1.0001 / phases)


@settings(deadline=None)
@given(k=st.integers(1, 5), m=st.integers(1, 3), berths=st.integers(1, 6), load=loads)
def test_wait_and_queue_hold_to_little(k: int, m: int, berths: int, load: float) -> None:
    line = erlang_line(k, m, berths, load)
    assert line.queue == pytest.approx(line.wait * load * berths)
    assert 0 < line.delayed < 1
    assert line.load == load


@pytest.mark.parametrize(("k", "m", "berths", "load"), [(2, 2, 4, 0.7), (4, 2, 3, 0.8), (1, 3, 2, 0.6)])
def test_a_long_simulation_waits_as_long(k: int, m: int, berths: int, load: float) -> None:
    means, shares = [], []
    for replication in range(12):
        draws, n = Draws(5, replication), 150_000
        gaps = -np.log1p(-draws.uniform("gap", "", n * k)).reshape(n, k).sum(axis=1) / (k * load * berths)
        work = -np.log1p(-draws.uniform("work", "", n * m)).reshape(n, m).sum(axis=1) / m
        line = Station(berths, OpenHours.always())
        line.feed(np.arange(n), np.cumsum(gaps), work)
        queued = line.advance(np.inf).queued[n // 20 :]
        means.append(queued.mean())
        shares.append((queued > 0).mean())
    theory = erlang_line(k, m, berths, load)
    assert_equivalent(means, theory.wait, margin=0.04)
    assert_equivalent(shares, theory.delayed, margin=0.02)


@pytest.mark.parametrize(
    ("k", "m", "berths", "load", "words"),
    [
        (0, 2, 4, 0.5, "at least 1"),
        (2, 0, 4, 0.5, "at least 1"),
        (2, 2, 0, 0.5, "at least 1"),
        (2, 2, 4, 0.0, "below 1"),
        (2, 2, 4, 1.0, "below 1"),
        (2, 2, 4, float("nan"), "below 1"),
        (4, 4, 13, 0.5, "560 spreads of the services, more than 500"),
        (2001, 1, 1, 0.5, "too many arrival phases and berths"),
        (60, 3, 30, 0.5, "too many arrival phases and berths"),
    ],
)
def test_what_it_cannot_do_it_says(k: int, m: int, berths: int, load: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        erlang_line(k, m, berths, load)


@pytest.mark.long
@pytest.mark.parametrize("load", [0.5, 0.7, 0.95, 0.999])
def test_four_phases_at_ten_berths_take_a_second(load: float) -> None:
    line = erlang_line(4, 4, 10, load)
    assert erlang_line(2, 4, 10, load).wait > line.wait > erlang_line(4, 4, 11, load).wait
