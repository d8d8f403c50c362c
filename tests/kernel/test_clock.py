"""Calendars: open hours as a clock, there and back, against plain sums over the intervals."""

from __future__ import annotations

import datetime
import math
import pickle

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours, weekly_hours

from .strategies import calendars, quarters

inf = math.inf
times = quarters | st.floats(-100, 100) | st.sampled_from([-inf, inf, math.nan])
maps = ["to_open", "to_wall_start", "to_wall_end", "next_open"]
office = [[(8.5, 12.0), (14.0, 17.5)]] * 5 + [[], []]
monday = datetime.date(2021, 3, 1)


def pairs(hours):
    return list(zip(hours.starts.tolist(), hours.ends.tolist(), strict=True))


def open_hours(hours, a, b):
    return sum(max(0.0, min(end, b) - max(start, a)) for start, end in pairs(hours))


@given(calendars(), quarters)
def test_the_open_clock_counts_open_hours_from_hour_zero(hours, t):
    assert hours.to_open(0.0) == 0
    counted = open_hours(hours, 0.0, t) if t >= 0 else -open_hours(hours, t, 0.0)
    assert hours.to_open(t) == counted


@given(calendars(), quarters, quarters)
def test_open_between_is_the_open_time_between_two_walls(hours, a, b):
    a, b = sorted((a, b))
    assert hours.open_between(a, b) == open_hours(hours, a, b)


@given(calendars(), st.floats(-100, 100))
def test_there_and_back_stays_while_open(hours, t):
    assume(hours.is_open(t))
    assert hours.to_wall_start(hours.to_open(t)) == pytest.approx(t, abs=1e-9)


@given(calendars(), quarters)
def test_closed_time_goes_to_the_openings_on_both_sides(hours, t):
    assume(not hours.is_open(t))
    w = hours.to_open(t)
    assert hours.to_wall_start(w) == hours.next_open(t) == min([s for s, _ in pairs(hours) if s >= t], default=inf)
    before = [end for _, end in pairs(hours) if end <= t]
    assert hours.to_wall_end(w) == (max(before) if before else hours.starts[0])


@given(calendars(), st.lists(times))
def test_many_times_go_where_each_goes(hours, many):
    for name in maps:
        one = getattr(hours, name)
        np.testing.assert_array_equal(one(np.array(many, dtype=float)), [one(t) for t in many])
    for t in many:
        np.testing.assert_equal(hours.next_open_one(t), hours.next_open(t))


@given(calendars(), st.lists(st.floats(-100, 100)))
def test_time_never_runs_backwards(hours, many):
    ordered = np.array(sorted(many))
    for name in maps:
        image = getattr(hours, name)(ordered)
        assert np.all(image[1:] >= image[:-1])
    assert np.all(hours.next_open(ordered) >= ordered)
    assert np.all(hours.to_wall_end(ordered) <= hours.to_wall_start(ordered))


@pytest.mark.parametrize("name", maps)
def test_nan_gives_nan(name):
    for hours in (OpenHours.always(), OpenHours.of([]), OpenHours.of([(0, 4)])):
        assert math.isnan(getattr(hours, name)(math.nan))
        assert np.isnan(getattr(hours, name)(np.array([math.nan]))).all()
        assert not hours.is_open(math.nan)


@pytest.mark.parametrize("name", maps)
@pytest.mark.parametrize("t", [-inf, -7.3, 0.0, 1e6, inf])
def test_always_open_is_the_wall_clock(name, t):
    always = OpenHours.always()
    assert getattr(always, name)(t) == t
    assert getattr(always, name)(np.array([t])).tolist() == [t]


def test_never_open():
    never = OpenHours.of([(3, 3)])
    assert len(never.starts) == 0
    assert never.to_open(5.0) == 0
    assert never.next_open(5.0) == never.to_wall_start(0.0) == never.to_wall_end(1.0) == inf
    assert not never.is_open(0.0)


def test_a_boundary_is_a_closing_for_work_done_and_an_opening_for_work_begun():
    hours = OpenHours.of([(8, 12), (14, 18)])
    closing = hours.to_open(12.0)
    assert closing == hours.to_open(13.0) == hours.to_open(14.0) == 4.0
    assert hours.to_wall_end(closing) == 12
    assert hours.to_wall_start(closing) == 14
    assert hours.to_wall_end(8.0) == 18
    assert hours.to_wall_start(8.0) == inf
    assert hours.is_open(np.array([8.0, 12.0, 14.0, 18.0])).tolist() == [True, False, True, False]


def test_openings_that_are_no_round_number_are_met_to_the_bit():
    hours = OpenHours.of((24 * day + 25 / 3, 24 * day + 35 / 3) for day in range(-3, 400))
    assert np.array_equal(hours.to_wall_start(hours.to_open(hours.starts)), hours.starts)
    assert np.array_equal(hours.to_wall_end(hours.to_open(hours.ends)), hours.ends)


def test_intervals_in_any_order_are_joined():
    assert pairs(OpenHours.of([(5, 9), (0, 3), (1, 2), (9, 10), (3, 4)])) == [(0, 4), (5, 10)]


@pytest.mark.parametrize("edges", [[(2, 1)], [(1, 1)], [(0, 2), (1, 3)], [(4, 5), (0, 1)], [(math.nan, 1)]])
def test_disorder_is_refused(edges):
    starts, ends = np.array(edges, dtype=float).T
    with pytest.raises(ValueError, match="in order of time"):
        OpenHours(starts, ends)


@given(calendars(), calendars(), st.floats(-100, 100))
def test_minus_leaves_what_is_open_here_and_not_there(hours, shut, t):
    assert hours.minus(shut).is_open(t) == (hours.is_open(t) and not shut.is_open(t))


def test_a_closure_of_always_leaves_the_rest_of_time():
    hours = OpenHours.always().minus([(20, 30), (10, 15), (12, 16)])
    assert pairs(hours) == [(-inf, 10), (16, 20), (30, inf)]
    assert hours.to_open(np.array([-5.0, 10.0, 18.0, 40.0, inf])).tolist() == [-5, 10, 12, 24, inf]
    assert hours.to_wall_start(np.array([-5.0, 10.0, 24.0])).tolist() == [-5, 16, 40]


def test_a_closure_over_hour_zero_keeps_the_clock_at_zero():
    hours = OpenHours.always().minus([(-4, 4)])
    assert hours.to_open(np.array([-6.0, -4.0, 0.0, 4.0, 5.0])).tolist() == [-2, 0, 0, 0, 1]


@given(calendars(), calendars(), calendars(), st.floats(-100, 100))
def test_each_spliced_piece_rules_its_own_time(a, b, c, t):
    ruling = a if t < 10 else b if t < 50 else c
    assert OpenHours.spliced([(0.0, a), (10.0, b), (50.0, c)]).is_open(t) == ruling.is_open(t)


def test_splicing_to_round_the_clock():
    hours = OpenHours.spliced([(0.0, OpenHours.of([(-10, -5), (8, 18), (20, 30)])), (24.0, OpenHours.always())])
    assert pairs(hours) == [(-10, -5), (8, 18), (20, inf)]


@pytest.mark.parametrize("cuts", [[], [1.0, 1.0], [2.0, 1.0]])
def test_pieces_out_of_order_are_refused(cuts):
    with pytest.raises(ValueError, match="times that rise"):
        OpenHours.spliced([(cut, OpenHours.always()) for cut in cuts])


def test_a_week_with_lunch_breaks():
    hours = weekly_hours(office, monday, 7, {})
    assert pairs(hours)[:3] == [(8.5, 12), (14, 17.5), (32.5, 36)]
    assert len(hours.starts) == 10
    assert hours.to_open(168.0) == 35


def test_the_first_day_need_not_be_a_monday():
    saturday = datetime.date(2021, 3, 6)
    assert weekly_hours(office, saturday, 3, {}).next_open(0.0) == 56.5


def test_holidays_close_and_make_up_days_open():
    special = {datetime.date(2021, 3, 2): None, datetime.date(2021, 3, 6): 0}
    hours = weekly_hours(office, monday, 7, special)
    assert hours.open_between(24.0, 48.0) == 0
    assert hours.open_between(120.0, 144.0) == 7


def test_days_before_the_start_have_negative_hours():
    hours = weekly_hours(office, monday, 1, {datetime.date(2021, 2, 26): None}, lead_days=7)
    assert pairs(hours)[-3:] == [(-82.0, -78.5), (8.5, 12), (14, 17.5)]
    assert hours.to_open(-168.0) == -28


def test_midnight_is_no_closing():
    assert pairs(weekly_hours([[(0, 24)]] * 7, monday, 30, {}, 2)) == [(-48, 720)]


def test_impossible_weeks_are_refused():
    with pytest.raises(ValueError, match="seven days, not 5"):
        weekly_hours(office[:5], monday, 1, {})
    with pytest.raises(ValueError, match="20 to 26 do not lie within a day"):
        weekly_hours([[(20, 26)]] * 7, monday, 1, {})


@given(calendars(), st.lists(times))
def test_pickles(hours, many):
    hours.to_open(0.0)
    copy = pickle.loads(pickle.dumps(hours))
    np.testing.assert_array_equal(copy.to_open(np.array(many)), hours.to_open(np.array(many)))
