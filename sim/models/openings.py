"""When each place of the port is open in this replication: calendars along the timeline, less the weather."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import numpy as np

from sim.kernel.clock import OpenHours, weekly_hours
from sim.kernel.draws import Draws
from sim.port.calendar import HolidayYear
from sim.port.channel import Closure
from sim.port.port import Horizon, Port, PortTimeline

LEAD_DAYS = 60
"""Calendars reach this far before hour 0, for declarations lodged before the vessel comes."""
TAIL_DAYS = 200
"""And this far after the end, so that a job begun in the last hour still has a finish."""

Windows = list[tuple[float, float]]


class Openings:
    """The open hours of channel, quay, desks, inspection site and gates.

    channel and quay have no calendar, they only close by weather. Land means gates and inspection sites.
    """

    def __init__(self, timeline: PortTimeline, horizon: Horizon, draws: Draws) -> None:
        self._timeline, self._horizon = timeline, horizon
        closures = {key: _windows(key, c, horizon, draws) for key, c in timeline.ports[0].weather.items()}
        kinds = timeline.ports[0].weather
        self.windows: Windows = sorted(w for windows in closures.values() for w in windows)
        self._land = [w for key, windows in closures.items() if kinds[key].closes_land for w in windows]
        quay = [w for key, windows in closures.items() if kinds[key].closes_quay for w in windows]
        self.channel = OpenHours.always().minus(self.windows)
        self.quay = OpenHours.always().minus(quay)

    def desk(self, name: Callable[[Port], str]) -> OpenHours:
        """Return the hours of the calendar that `name` reads, along the timeline; weather does not close a desk."""
        ports = zip(self._timeline.hours, self._timeline.ports, strict=True)
        return OpenHours.spliced([(t, self._calendar(port, name(port))) for t, port in ports])

    def land(self, name: Callable[[Port], str]) -> OpenHours:
        """Return the same for a place on land, closed in bad weather."""
        return self.desk(name).minus(self._land)

    def _calendar(self, port: Port, name: str) -> OpenHours:
        calendar = port.calendars[name]
        special = _special_days(port.public_holidays.values()) if calendar.holidays == "closed" else {}
        days = int(self._horizon.total_hours // 24) + TAIL_DAYS
        return weekly_hours(calendar.week(), self._horizon.start, days, special, LEAD_DAYS)


def _special_days(years: Iterable[HolidayYear]) -> dict[date, int | None]:
    return {day: kind for year in years for day, kind in year.special_days().items()}


def _windows(key: str, closure: Closure, horizon: Horizon, draws: Draws) -> Windows:
    """Return the closures [h] of one kind of weather: a Poisson process in its months, lengths drawn."""
    season = _season(closure, horizon)
    last = float(season.to_open(horizon.total_hours))
    if closure.rate.value == 0 or last == 0:
        return []
    # the rate is per year, all of it in the season's months
    month_hours = 8760.0 * len(set(closure.months)) / 12
    gap = month_hours / closure.rate.value
    n = int(last / gap + 10 * np.sqrt(last / gap) + 20)
    begins = np.cumsum(-np.log1p(-draws.uniform("weather gap", key, n)) * gap)
    lengths = closure.duration.quantile(draws.uniform("weather length", key, n))
    starts = season.to_wall_start(begins[begins < last])
    return list(zip(starts.tolist(), (starts + lengths[: len(starts)]).tolist(), strict=True))


def _season(closure: Closure, horizon: Horizon) -> OpenHours:
    days = int(horizon.total_hours // 24)
    dates = (horizon.start + timedelta(days=k) for k in range(days + 366))
    return OpenHours.of((24.0 * k, 24.0 * k + 24.0) for k, day in enumerate(dates) if day.month in closure.months)
