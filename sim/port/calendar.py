"""Opening hours as data: weekly patterns, public holidays and make-up working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from sim.port.units import Evidence

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = {"every_day": DAYS, "mon_fri": DAYS[:5], "mon_sat": DAYS[:6], "sat_sun": DAYS[5:]}

DayKey = Literal["every_day", "mon_fri", "mon_sat", "sat_sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def hour_of_day(text: str) -> float:
    """Return 8.5 for "08:30"; 24:00 is allowed. Raises ValueError on anything else."""
    hours, _, minutes = text.strip().partition(":")
    if not (len(hours) == 2 and len(minutes) == 2 and hours.isdigit() and minutes.isdigit()):
        raise ValueError(text)
    value = int(hours) + int(minutes) / 60
    if value > 24 or int(minutes) > 59:
        raise ValueError(text)
    return value


def interval(text: str) -> tuple[float, float]:
    """Return (8.5, 12.0) for "08:30-12:00". Raises ValueError if it is not that, or runs backwards."""
    start, _, end = text.partition("-")
    opening, closing = hour_of_day(start), hour_of_day(end)
    if opening >= closing:
        raise ValueError(text)
    return opening, closing


def _check_interval(text: str) -> str:
    try:
        interval(text)
    except ValueError:
        message = 'hours "{text}" cannot be read: write them as "08:30-12:00", at most to "24:00"'
        raise PydanticCustomError("hours", message, {"text": text}) from None
    return text


Interval = Annotated[str, AfterValidator(_check_interval)]


class Calendar(Evidence):
    """Weekly opening hours. A later, more special key (sat) overrides a group (every_day)."""

    hours: Mapping[DayKey, tuple[Interval, ...]] = Field(min_length=1)
    holidays: Literal["closed", "ordinary"]

    @field_validator("hours")
    @classmethod
    def _hours_apart(cls, hours: Mapping[DayKey, tuple[Interval, ...]]) -> Mapping[DayKey, tuple[Interval, ...]]:
        for key, texts in hours.items():
            day = sorted(interval(text) for text in texts)
            if any(later[0] < earlier[1] for earlier, later in pairwise(day)):
                raise PydanticCustomError("hours", "hours of {key} overlap: write them apart", {"key": key})
        return hours

    def week(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the open intervals [h of day] of Monday to Sunday; a day not named is closed."""
        days: dict[str, tuple[tuple[float, float], ...]] = dict.fromkeys(DAYS, ())
        for key in sorted(self.hours, key=lambda k: -len(GROUPS.get(k, ()))):
            for day in GROUPS.get(key, (key,)):
                days[day] = tuple(sorted(interval(text) for text in self.hours[key]))
        return tuple(days[day] for day in DAYS)


def _check_span(text: str) -> str:
    try:
        days_of(text)
    except ValueError:
        message = 'dates "{text}" cannot be read: write "2021-10-01" or "2021-10-01..2021-10-07"'
        raise PydanticCustomError("dates", message, {"text": text}) from None
    return text


def days_of(text: str) -> tuple[date, ...]:
    """Return every day of "2021-10-01..2021-10-07" or of one date. Raises ValueError."""
    first, dots, last = text.partition("..")
    start = date.fromisoformat(first.strip())
    end = date.fromisoformat(last.strip()) if dots else start
    if end < start:
        raise ValueError(text)
    return tuple(start + timedelta(days=k) for k in range((end - start).days + 1))


Span = Annotated[str, AfterValidator(_check_span)]


class HolidayYear(Evidence):
    """The public holidays of one year and the weekend days worked to make up for them."""

    closed: tuple[Span, ...]
    make_up: tuple[Span, ...] = ()

    def special_days(self) -> dict[date, int | None]:
        """Return date -> None (holiday) or 0 (make-up day, keeps Monday's hours)."""
        days: dict[date, int | None] = {day: None for span in self.closed for day in days_of(span)}
        return days | {day: 0 for span in self.make_up for day in days_of(span)}
