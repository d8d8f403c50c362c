"""The station with priorities has the times of SimPy, and settles a start exactly when it is reached."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours
from sim.kernel.priority_station import PriorityStation
from sim.kernel.station import Station

from .oracle import Line, event_line, simpy_line
from .strategies import calendars, chunked, crowds, quarters, server_steps

modes = st.sampled_from(["pause", "finish"])
cuts = st.lists(quarters, max_size=5)
always = OpenHours.always()


def assert_settles(station, customers, marks, early, expected):
    """Every advance gives all starts up to then, and no other; the times are the expected ones."""
    seen = {}
    for now, served in chunked(station, customers, marks, early):
        seen |= dict(zip(served.ids.tolist(), zip(served.starts, served.finishes, strict=True), strict=True))
        assert seen.keys() == {key for key, (start, _) in expected.items() if start <= now}
        assert np.all(served.starts[1:] >= served.starts[:-1])
    got, want = ([times[key] for key in sorted(expected)] for times in (seen, expected))
    np.testing.assert_allclose(got, want, rtol=0, atol=1e-9)
    assert station.pending == 0


@given(crowds(exact=True), st.integers(1, 3), calendars(ends=False), modes, cuts, st.integers(0, 2))
def test_equals_simpy(customers, servers, hours, mode, marks, early):
    line = Line([(-math.inf, servers)], hours, mode == "pause", by_priority=True)
    station = PriorityStation(servers, hours, mode)
    assert_settles(station, customers, marks, early, simpy_line(line, customers, servers))


@given(crowds(), st.integers(1, 3), cuts)
def test_equals_simpy_at_any_times(customers, servers, marks):
    expected = simpy_line(Line([(-math.inf, servers)], always, True, by_priority=True), customers, servers)
    assert_settles(PriorityStation(servers, always), customers, marks, 0, expected)


@given(crowds(exact=True), server_steps(), calendars() | st.just(always), modes, cuts)
def test_server_steps_equal_event_by_event(customers, steps, hours, mode, marks):
    expected = event_line(Line(steps, hours, mode == "pause", by_priority=True), customers)
    assert_settles(PriorityStation(steps, hours, mode), customers, marks, 1, expected)


@given(crowds(), server_steps(), calendars(ends=False), modes)
def test_one_class_is_first_come(customers, steps, hours, mode):
    alike = [c._replace(priority=0) for c in customers]
    (_, first), (_, second) = (
        next(chunked(line(steps, hours, mode), alike, [], 0)) for line in (Station, PriorityStation)
    )
    for column in ("ids", "starts", "finishes", "closed", "queued", "service"):
        np.testing.assert_array_equal(getattr(first, column), getattr(second, column))


def test_the_urgent_come_first_but_do_not_interrupt():
    station = PriorityStation(1, always)
    station.feed([1, 2, 3], [0.0, 1.0, 2.0], [4.0, 1.0, 1.0], [1, 1, 0])
    assert station.advance(3.0).ids.tolist() == [1]
    assert station.pending == 2
    served = station.advance(5.0)
    assert served.ids.tolist() == [3, 2]
    assert served.starts.tolist() == [4, 5]


def test_who_arrives_when_the_server_frees_is_considered():
    station = PriorityStation(1, always)
    station.feed([1, 2, 3], [0.0, 1.0, 4.0], [4.0, 1.0, 1.0], [1, 1, 0])
    assert station.advance(4.0).ids.tolist() == [1, 3]


def test_a_night_arrival_may_overtake_until_the_opening():
    station = PriorityStation(1, OpenHours.of([(0, 4), (8, 12)]))
    station.feed([1], [5.0], [1.0], [1])
    assert len(station.advance(6.0).ids) == 0
    station.feed([2], [7.0], [1.0], [0])
    served = station.advance(9.0)
    assert served.ids.tolist() == [2, 1]
    assert served.starts.tolist() == [8, 9]
    assert served.closed.tolist() == [1, 3]


def test_a_server_that_leaves_finishes_its_job():
    station = PriorityStation([(0, 2), (1, 1)], always)
    station.feed([1, 2, 3, 4], [0.0, 0.0, 0.0, 0.0], [3.0, 2.0, 1.0, 1.0], [0, 0, 1, 2])
    served = station.advance(math.inf)
    assert served.starts.tolist() == [0, 0, 3, 4]
