"""Closed forms where they meet, and against their own definition summed up."""

from __future__ import annotations

from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from sim.theory.queues import (
    erlang_b,
    erlang_c,
    fork_join,
    lost_mmck,
    poisson_at_least,
    stay_jackson,
    wait_batch,
    wait_mg1,
    wait_mmc,
    wait_mmck,
    waits_by_rank,
)

servers = st.integers(1, 40)
shares = st.floats(0.02, 0.95)


@settings(deadline=None)
@given(servers=servers, share=shares)
def test_erlang_c_is_the_textbook_sum(servers: int, share: float) -> None:
    load = share * servers
    last = load**servers / factorial(servers) / (1 - share)
    assert erlang_c(servers, load) == pytest.approx(last / (sum(load**k / factorial(k) for k in range(servers)) + last))


@settings(deadline=None)
@given(servers=servers, load=st.floats(0.02, 80))
def test_places_for_those_in_service_alone_make_erlang_b(servers: int, load: float) -> None:
    assert lost_mmck(servers, servers, load) == pytest.approx(erlang_b(servers, load))
    assert wait_mmck(servers, servers, load, 1.0) == 0


@settings(deadline=None)
@given(servers=st.integers(1, 8), share=st.floats(0.02, 0.8))
def test_many_places_make_m_m_c(servers: int, share: float) -> None:
    load = share * servers
    assert lost_mmck(servers, servers + 400, load) == pytest.approx(0, abs=1e-30)
    assert wait_mmck(servers, servers + 400, load, 1.0) == pytest.approx(wait_mmc(servers, load, 1.0))


def test_formulas_agree_where_they_meet() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert wait_mmc(1, 0.7, 1.0) == pytest.approx(wait_mg1(0.7, 1.0, 1.0))
    assert wait_mmc(2, 1.0, 1.0) == pytest.approx(1 / 3)  # a load of 0.5: W = r^2 / (1 - r^2)
    assert wait_mg1(0.8, 1.0, 0.0) == pytest.approx(wait_mg1(0.8, 1.0, 1.0) / 2)
    assert stay_jackson(0.5, (1.0,), 0.0) == pytest.approx(2.0)
    assert stay_jackson(0.5, (1.0, 1.0), 0.0) == pytest.approx(4.0)


@settings(deadline=None)
@given(servers=st.integers(1, 6), parts=st.lists(st.floats(0.05, 1), min_size=1, max_size=4), share=shares)
def test_ranks_share_out_the_mean_wait_of_the_line(servers: int, parts: list[float], share: float) -> None:
    rates = [part / sum(parts) * share * servers for part in parts]
    waits = waits_by_rank(servers, rates, 1.0, 1.0)
    mean = sum(rate * wait for rate, wait in zip(rates, waits, strict=True)) / sum(rates)
    assert mean == pytest.approx(wait_mmc(servers, sum(rates), 1.0))
    assert waits == sorted(waits)


@settings(deadline=None)
@given(first=st.floats(0.1, 9), second=st.floats(0.1, 9))
def test_the_later_of_two_times(first: float, second: float) -> None:
    def still_out(t: float) -> float:
        return 1 - (1 - np.exp(-t / first)) * (1 - np.exp(-t / second))

    value, _ = integrate.quad(still_out, 0, np.inf)
    assert fork_join(first, second) == pytest.approx(value, rel=1e-6)


def test_the_yard_is_poisson() -> None:
    assert poisson_at_least(2.0, 0) == 1
    assert poisson_at_least(2.0, 1) == pytest.approx(1 - np.exp(-2))


def test_a_carrier_with_room_for_all_is_waited_for_half_its_interval() -> None:
    assert wait_batch(1.0, 6.0, 1000) == pytest.approx(3.0)


@settings(deadline=None)
@given(mean=st.floats(0.1, 0.9))
def test_a_carrier_of_one_place_is_m_d_1_seen_from_its_slots(mean: float) -> None:
    """One box an interval: what a departure leaves behind is the line of M/D/1 at its departures, but for the head."""
    assert wait_batch(mean, 1.0, 1) == pytest.approx(0.5 + mean / (2 * (1 - mean)), rel=1e-6)


def test_more_boxes_than_places_are_refused() -> None:
    with pytest.raises(ValueError, match="more than its 5 places"):
        wait_batch(1.0, 5.0, 5)
