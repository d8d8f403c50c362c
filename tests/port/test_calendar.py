"""Opening hours as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.port.calendar import Calendar, HolidayYear, days_of, hour_of_day, interval

EVIDENCE = {"grade": "known", "source": "knowledge"}
NINE = ((9.0, 17.0),)


def readable(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def calendar(**hours: Any) -> Calendar:
    return Calendar(hours=hours, holidays="closed", **EVIDENCE)


@pytest.mark.parametrize(("text", "hour"), [("00:00", 0), ("08:30", 8.5), (" 08:45 ", 8.75), ("24:00", 24)])
def test_hours_of_the_day(text: str, hour: float) -> None:
    assert hour_of_day(text) == hour


@pytest.mark.parametrize("text", ["", "8:30", "08.30", "24:01", "25:00", "08:60", "-1:00", "08:3a", "08:30:00", "1830"])
def test_what_is_no_hour_of_the_day(text: str) -> None:
    assert not readable(hour_of_day, text)


@settings(deadline=None)
@given(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60))
def test_an_interval_is_read_as_written_and_never_runs_backwards(start: int, end: int) -> None:
    text = f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
    if start < end:
        assert interval(text) == pytest.approx((start / 60, end / 60))
    else:
        assert not readable(interval, text)


def test_a_special_day_overrides_a_group_in_whatever_order_they_are_written() -> None:
    for keys in (("every_day", "sat"), ("sat", "every_day")):
        week = calendar(**{key: {"every_day": ["09:00-17:00"], "sat": ["10:00-12:00"]}[key] for key in keys}).week()
        assert week == (NINE,) * 5 + (((10.0, 12.0),), NINE)


def test_a_smaller_group_overrides_a_larger_one() -> None:
    week = calendar(sat_sun=[], mon_sat=["09:00-17:00"], every_day=["00:00-24:00"]).week()
    assert week == (NINE,) * 5 + ((), ())


def test_a_day_not_named_is_closed_and_hours_are_sorted() -> None:
    week = calendar(tue=["13:00-17:00", "09:00-12:00"]).week()
    assert week == ((), ((9.0, 12.0), (13.0, 17.0)), (), (), (), (), ())


@pytest.mark.parametrize("hours", [{"mon": ["17:00-09:00"]}, {"mon": ["9-17"]}, {"monday": ["09:00-17:00"]}, {}])
def test_hours_that_cannot_be_read(hours: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        calendar(**hours)


def test_hours_that_overlap_are_an_error_and_those_that_touch_are_not() -> None:
    with pytest.raises(ValidationError, match="hours of mon overlap"):
        calendar(mon=["08:00-12:00", "11:30-17:00"])
    assert calendar(mon=["08:00-12:00", "12:00-17:00"]).week()[0] == ((8.0, 12.0), (12.0, 17.0))


def test_dates_and_spans_of_dates() -> None:
    assert days_of("2021-10-01") == (date(2021, 10, 1),)
    assert days_of("2021-12-31..2022-01-02") == (date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 2))


@pytest.mark.parametrize("text", ["", "2021-13-01", "2021-10-02..2021-10-01", "2021-10-01..", "..2021-10-01", "1.3.21"])
def test_what_is_no_date(text: str) -> None:
    assert not readable(days_of, text)


def test_a_year_of_holidays_and_make_up_days() -> None:
    year = HolidayYear(closed=("2021-02-11..2021-02-12",), make_up=("2021-02-07", "2021-02-20"), **EVIDENCE)
    monday = 0
    assert year.special_days() == {
        date(2021, 2, 11): None,
        date(2021, 2, 12): None,
        date(2021, 2, 7): monday,
        date(2021, 2, 20): monday,
    }
