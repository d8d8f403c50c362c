"""The desk with opening hours: what must hold at its ends, and a long simulation of one that closes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours
from sim.kernel.draws import Draws
from sim.kernel.station import Station
from sim.theory.periodic import Desk, desk_stay
from sim.theory.queues import wait_mmc
from tests.verification.equivalence import assert_equivalent


@settings(deadline=None, max_examples=25)
@given(servers=st.integers(1, 8), load=st.floats(0.05, 0.9), service=st.floats(0.1, 3))
def test_a_desk_that_never_closes_is_m_m_c(servers: int, load: float, service: float) -> None:
    desk = Desk(servers, 24.0, load * servers / service, service)
    stay = desk_stay(desk)
    assert stay.hours == pytest.approx(service + wait_mmc(servers, desk.rate, service), rel=1e-6)
    assert stay.files == pytest.approx(desk.rate * stay.hours)


@settings(deadline=None, max_examples=15)
@given(hours=st.floats(2, 23), load=st.floats(0.1, 0.8))
def test_the_fewer_hours_the_same_work_is_pressed_into_the_longer_it_takes(hours: float, load: float) -> None:
    """The same officer-hours a day: twice the officers in half the hours."""
    long, short = Desk(2, hours, load * 2 * hours / 24, 1.0), Desk(4, hours / 2, load * 2 * hours / 24, 1.0)
    assert long.load == pytest.approx(short.load)
    assert desk_stay(long).hours < desk_stay(short).hours


@pytest.mark.long
def test_with_hardly_any_files_each_waits_for_opening_alone() -> None:
    """A file comes at a random hour: it waits 15 h / 2 with chance 15 / 24, and its work of 0.01 h is soon done."""
    assert desk_stay(Desk(50, 9.0, 0.01, 0.01)).hours == pytest.approx(15 / 24 * 7.5 + 0.01, rel=2e-3)


def test_officers_who_pause_are_simulated_to_the_same_stay() -> None:
    desk, means = Desk(8, 9.0, 2.4, 1.0), []
    for replication in range(12):
        draws, n = Draws(6, replication), 60_000
        arrivals = np.cumsum(-np.log1p(-draws.uniform("gap", "", n)) / desk.rate)
        work = -np.log1p(-draws.uniform("work", "", n)) * desk.service
        hours = OpenHours.of((24.0 * day + 8, 24.0 * day + 17) for day in range(int(arrivals[-1] / 24) + 90))
        line = Station(desk.servers, hours)
        line.feed(np.arange(n), arrivals, work)
        served = line.advance(np.inf)
        means.append((served.finishes - arrivals[served.ids])[n // 20 :].mean())
    assert_equivalent(means, desk_stay(desk).hours, margin=0.01)


def test_the_same_capacity_spread_over_the_day_is_another_desk() -> None:
    assert desk_stay(Desk(3, 24.0, 2.4, 1.0)).hours < desk_stay(Desk(8, 9.0, 2.4, 1.0)).hours / 3


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        (Desk(1, 9.0, 1.0, 1.0), "no steady state"),
        (Desk(1, 25.0, 0.1, 1.0), "no 25 open hours"),
    ],
)
def test_what_it_cannot_do_it_says(desk: Desk, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        desk_stay(desk)
