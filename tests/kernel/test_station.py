"""The first-come station has the times of SimPy, whatever the chunks, the calendar and the steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours
from sim.kernel.station import Station

from .oracle import Customer, Line, event_line, simpy_line
from .strategies import calendars, chunked, crowds, quarters, server_steps

modes = st.sampled_from(["pause", "finish"])
cuts = st.lists(quarters, max_size=5)
always = OpenHours.always()


def times_of(station, customers, marks=(), early=0):
    """Run a station to its end: id -> (start, finish), each customer once."""
    parts = [served for _, served in chunked(station, customers, marks, early)]
    rows = [row for s in parts for row in zip(s.ids.tolist(), s.starts, s.finishes, strict=True)]
    assert len(rows) == len(customers)
    return {key: (start, finish) for key, start, finish in rows}


def assert_same(got, expected):
    assert got.keys() == expected.keys()
    np.testing.assert_allclose(
        [got[key] for key in sorted(got)], [expected[key] for key in sorted(got)], rtol=0, atol=1e-9
    )


@given(crowds(), st.integers(1, 4), calendars(ends=False) | st.just(always), modes, cuts, st.integers(0, 2))
def test_equals_simpy(customers, servers, hours, mode, marks, early):
    line = Line([(-math.inf, servers)], hours, mode == "pause", by_priority=False)
    expected = simpy_line(line, customers, servers)
    assert_same(times_of(Station(servers, hours, mode), customers, marks, early), expected)


@given(crowds(exact=True), server_steps(), calendars() | st.just(always), modes, cuts)
def test_server_steps_equal_event_by_event(customers, steps, hours, mode, marks):
    expected = event_line(Line(steps, hours, mode == "pause", by_priority=False), customers)
    assert_same(times_of(Station(steps, hours, mode), customers, marks), expected)


@given(crowds(), server_steps(), calendars(ends=False), modes)
def test_the_split_sums_to_the_time_spent(customers, steps, hours, mode):
    station = Station(steps, hours, mode)
    arrivals = {c.id: c.arrival for c in customers}
    for _, served in chunked(station, customers, [], 0):
        arrived = np.array([arrivals[key] for key in served.ids.tolist()])
        spent = served.finishes - arrived
        assert np.all(served.starts >= arrived)
        assert np.all(served.finishes >= served.starts)
        np.testing.assert_allclose(served.closed + served.queued + served.service, spent, rtol=0, atol=1e-9)
        assert np.all(served.closed >= 0)
        assert np.all(served.queued >= 0)


@given(crowds(), st.integers(1, 4), calendars(ends=False) | st.just(always), modes)
def test_more_servers_never_lengthen_the_total_wait(customers, servers, hours, mode):
    arrivals = sum(c.arrival for c in customers)

    def total(n):
        return sum(start for start, _ in times_of(Station(n, hours, mode), customers).values()) - arrivals

    assert total(servers + 1) <= total(servers) + 1e-9


@given(crowds(), st.integers(1, 3), cuts)
def test_all_that_arrived_are_settled_at_once(customers, servers, marks):
    settled = 0
    station = Station(servers, always)
    for now, served in chunked(station, customers, marks, early=1):
        settled += len(served.ids)
        assert settled == sum(c.arrival <= now for c in customers)
    assert station.pending == 0


def test_ties_go_by_id():
    assert times_of(Station(1, always), [Customer(2, 1.0, 1.0), Customer(1, 1.0, 1.0)]) == {1: (1, 2), 2: (2, 3)}


def test_work_pauses_at_closing_and_the_split_says_so():
    station = Station(1, OpenHours.of([(8, 12), (14, 18)]))
    station.feed([1, 2, 3], [7.0, 8.0, 13.0], [3.0, 2.0, 3.0])
    served = station.advance(13.0)
    assert served.starts.tolist() == [8, 11, 15]
    assert served.finishes.tolist() == [11, 15, 18]
    assert served.closed.tolist() == [1, 2, 1]
    assert served.queued.tolist() == [0, 3, 1]


def test_work_on_the_desk_is_finished_after_closing():
    station = Station(1, OpenHours.of([(8, 12), (14, 18)]), "finish")
    station.feed([1, 2, 3], [7.0, 11.0, 11.5], [4.5, 1.0, 1.0])
    served = station.advance(12.0)
    assert served.starts.tolist() == [8, 14, 15]
    assert served.finishes.tolist() == [12.5, 15, 16]
    assert served.closed.tolist() == [1, 2, 2]
    assert served.queued.tolist() == [0, 1, 1.5]


def test_a_job_without_work_at_a_closing_is_done_when_it_starts():
    assert times_of(Station(1, OpenHours.of([(0, 4), (8, 9)])), [Customer(1, 5.0, 0.0)]) == {1: (8, 8)}


def test_nobody_starts_a_bit_before_arriving():
    # with this closure, every third time comes back from the open clock one bit early
    hours = always.minus([(1.0, 1.0 + 26 / 3)])
    arrivals = np.random.default_rng(1).uniform(26, 32, 2000)
    station = Station(2000, hours)
    station.feed(np.arange(2000), arrivals, np.zeros(2000))
    assert np.all(station.advance(math.inf).starts >= np.sort(arrivals))


@pytest.mark.parametrize("mode", ["pause", "finish"])
def test_after_the_last_closing_nobody_is_served(mode):
    station = Station(1, OpenHours.of([(0, 4)]), mode)
    station.feed([1, 2], [3.0, 4.0], [1.0, 1.0])
    served = station.advance(9.0)
    assert served.starts.tolist() == [3, math.inf]
    assert served.finishes.tolist() == [4, math.inf]
    assert served.closed.tolist() == [0, math.inf]


@pytest.mark.parametrize("mode", ["pause", "finish"])
def test_without_servers_nobody_is_served(mode):
    station = Station([(0, 1), (2, 0)], always, mode)
    station.feed([1, 2], [1.0, 2.0], [3.0, 1.0])
    served = station.advance(9.0)
    assert served.finishes.tolist() == [4, math.inf]
    assert served.queued.tolist() == [0, math.inf]


def test_servers_at_reads_the_plan_and_its_first_number_rules_before():
    station = Station([(0.0, 2), (10.0, 3)], always)
    assert [station.servers_at(t) for t in (-5.0, 0.0, 9.9, 10.0, 11.0)] == [2, 2, 2, 3, 3]
    assert Station(4, always).servers_at(0.0) == 4


def test_nothing_fed_gives_nothing():
    assert len(Station(1, always).advance(5.0).ids) == 0


@pytest.mark.parametrize("steps", [[], [(0, 1), (0, 2)], [(5, 1), (0, 2)], [(0, -1)], -1])
def test_impossible_servers_are_refused(steps):
    with pytest.raises(ValueError, match="servers need steps"):
        Station(steps, always)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([1], [5.0], [1.0]), "fed after the line was advanced to 5 h"),
        (([1], [math.nan], [1.0]), "must be finite"),
        (([1], [math.inf], [1.0]), "must be finite"),
        (([1], [6.0], [-1.0]), "not negative"),
        (([1], [6.0], [math.nan]), "must be finite"),
        (([1, 2], [6.0], [1.0]), "unequal shape"),
    ],
)
def test_impossible_customers_are_refused(columns, message):
    station = Station(1, always)
    station.advance(5.0)
    with pytest.raises(ValueError, match=message):
        station.feed(*columns)
    assert station.pending == 0


def test_time_does_not_go_back():
    station = Station(1, always)
    station.advance(5.0)
    with pytest.raises(ValueError, match="cannot go back to 4 h"):
        station.advance(4.0)
