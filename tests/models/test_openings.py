"""When each place is open: calendars and holidays along the timeline, less the weather that closes it."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models.openings import LEAD_DAYS, TAIL_DAYS, Openings
from sim.port.port import Horizon, Port, PortTimeline
from tests.models.ports import MONDAY, always, horizon, port_with
from tests.small_port import number

YEARS = 10


def storm(**more: Any) -> dict[str, Any]:
    return {
        "rate": number(6, "events/year"),
        "duration": number(30, "h", "triangular", min=10, max=60),
        "months": [6, 7, 8],
        "closes_quay": True,
        "closes_land": True,
        **more,
    }


def openings(port: Port, days: int = 21, seed: int = 1, start: datetime.date = MONDAY) -> Openings:
    run = Horizon(start=start, warm_up_days=0, days=days, cool_down_days=0)
    return Openings(always(port), run, Draws(seed, 0))


def review(port: Port) -> str:
    return port.customs.review.calendar.value


def test_a_desk_keeps_its_calendar() -> None:
    hours = openings(port_with()).desk(review)
    assert hours.open_between(0.0, 168.0) == pytest.approx(7 * 9)
    assert [bool(hours.is_open(t)) for t in (8.4, 8.5, 17.4, 17.5, 32.5)] == [False, True, True, False, True]


def test_hours_reach_before_the_start_and_beyond_the_end() -> None:
    hours = openings(port_with(), days=21).desk(review)
    assert hours.is_open(-24.0 * LEAD_DAYS + 9)
    assert hours.is_open(24.0 * (21 + TAIL_DAYS) - 12)
    assert hours.next_open(24.0 * (21 + TAIL_DAYS)) == np.inf


def test_holidays_close_and_make_up_days_open_where_the_calendar_says_so() -> None:
    holidays = {"2021": {"closed": ["2021-03-03"], "make_up": ["2021-03-06"], "grade": "known", "source": "knowledge"}}
    port = port_with(public_holidays=holidays)
    closed = openings(port).desk(lambda p: p.customs.inspection.calendar.value)
    assert [closed.open_between(24.0 * d, 24.0 * d + 24) for d in range(7)] == [9, 9, 0, 9, 9, 9, 0]
    ordinary = openings(port).desk(review)
    assert [ordinary.open_between(24.0 * d, 24.0 * d + 24) for d in range(7)] == [9] * 7


def test_a_calendar_changes_with_the_timeline() -> None:
    timeline = PortTimeline((-np.inf, 48.0), (port_with(), port_with(customs__review__calendar="h24")))
    hours = Openings(timeline, horizon(21), Draws(1, 0)).desk(review)
    assert [hours.open_between(24.0 * d, 24.0 * d + 24) for d in range(4)] == [9, 9, 24, 24]


def test_without_weather_sea_and_quay_never_close() -> None:
    fine = openings(port_with())
    assert fine.windows == []
    assert fine.channel.never_closes
    assert fine.quay.never_closes


def test_weather_closes_the_channel_always_and_quay_and_land_as_it_is_written() -> None:
    for quay, land in ((True, True), (True, False), (False, True), (False, False)):
        port = port_with(weather={"storm": storm(closes_quay=quay, closes_land=land)})
        bad = openings(port, days=365)
        start, end = bad.windows[0]
        middle = (start + end) / 2
        assert not bad.channel.is_open(middle)
        assert bool(bad.quay.is_open(middle)) is not quay
        assert bool(bad.land(lambda _: "h24").is_open(middle)) is not land
        assert bad.desk(lambda _: "h24").is_open(middle)
        assert bad.channel.is_open(start - 1e-6)
        assert bad.channel.next_open(start) >= end


def test_storms_come_at_their_rate_in_their_months_and_for_their_time() -> None:
    bad = openings(port_with(weather={"storm": storm()}), days=365 * YEARS)
    starts = [MONDAY + datetime.timedelta(hours=start) for start, _ in bad.windows]
    assert len(starts) == pytest.approx(6 * YEARS, abs=4 * np.sqrt(6 * YEARS))
    assert {day.month for day in starts} == {6, 7, 8}
    lengths = np.array([end - start for start, end in bad.windows])
    assert lengths.min() >= 10
    assert lengths.max() <= 60
    assert lengths.mean() == pytest.approx(100 / 3, abs=4 * 10.3 / np.sqrt(len(lengths)))


def test_over_many_seeds_the_number_of_storms_is_poisson() -> None:
    port = port_with(weather={"storm": storm(months=[3])})
    counts = [len(openings(port, days=31, seed=seed).windows) for seed in range(400)]
    expected = 6 * 31 * 24 / 730  # all six of a year fall into the one month
    assert np.mean(counts) == pytest.approx(expected, abs=4 * np.sqrt(expected / 400))
    assert np.var(counts) == pytest.approx(expected, rel=0.3)


@pytest.mark.parametrize("moves", [{"months": [12]}, {"rate": number(0, "events/year")}])
def test_out_of_season_or_at_no_rate_there_are_none(moves: dict[str, Any]) -> None:
    assert openings(port_with(weather={"storm": storm(**moves)}), days=200).windows == []


def test_a_season_that_has_begun_before_the_start_goes_on() -> None:
    port = port_with(weather={"storm": storm(rate=number(300, "events/year"))})
    first = openings(port, days=30, start=datetime.date(2021, 7, 15)).windows[0]
    assert 0 <= first[0] < 72


def test_each_kind_of_weather_has_its_own_luck() -> None:
    fog = storm(months=[7], duration=number(3, "h"), closes_quay=False)
    alone = openings(port_with(weather={"storm": storm()}), days=365)
    both = openings(port_with(weather={"fog": fog, "storm": storm()}), days=365)
    assert set(alone.windows) < set(both.windows)
    assert both.windows == sorted(both.windows)


def test_a_longer_run_keeps_the_storms_it_had() -> None:
    port = port_with(weather={"storm": storm(rate=number(20, "events/year"))})
    short, long = openings(port, days=130).windows, openings(port, days=365).windows
    assert short == long[: len(short)]
    assert len(long) > len(short)
