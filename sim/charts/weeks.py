"""An axis over the hours of a week, and dates as people write them."""

from __future__ import annotations

from datetime import date

import numpy as np
from matplotlib.axes import Axes

from sim.charts.of_runs import DAY_H, WEEK_H
from sim.words import Lang, say

DAYS = WEEK_H // DAY_H


def week_axis(axes: Axes, size: float, lang: Lang, *, named: bool) -> None:
    """Set an axis of hours from Monday 00:00: lines at midnight, names of days between them if `named`."""
    axes.set_xlim(0, WEEK_H)
    axes.set_xticks(range(0, WEEK_H + 1, DAY_H), [""] * (DAYS + 1))
    names = [say(f"chart.day.{day}", lang) if named else "" for day in range(DAYS)]
    axes.set_xticks(np.arange(DAYS) * DAY_H + DAY_H / 2, names, minor=True)
    axes.tick_params(axis="x", which="minor", length=0, labelsize=size)
    axes.grid(axis="x")


def moment(hour: int, lang: Lang) -> str:
    """Return an hour of the week in words: "Mon, 9:00"."""
    return say("chart.clock", lang, day=say(f"chart.day.{hour // DAY_H}", lang), hour=hour % DAY_H)


def date_words(day: date, lang: Lang, *, year: bool = False) -> str:
    """Return a date as people write it: "15 Mar" or "15 Mar 2021"."""
    month = say(f"chart.month.{day.month}", lang)
    return say("chart.dated" if year else "chart.date", lang, day=day.day, month=month, year=day.year)
