"""Boxes that wait and are served at each desk over the hours of the week."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.charts import style
from sim.charts.of_runs import WEEK_H
from sim.charts.queue_table import DeskWeek, QueueTable
from sim.charts.sheet import EDGE, PAGES, Body, Size, lay_out, legend_height
from sim.charts.table import short_names
from sim.charts.weeks import moment, week_axis
from sim.words import Lang, say
from sim.words.numbers import figure as number

PANEL, ABOVE, BELOW = 0.8, 0.30, 0.62
"""Height [inches] of a desk's panel, of its title, and of what stands below the last."""

WAITING, SERVED = ("#7a21dd", ""), ("#9c9ca1", "////")
LINES = (1, 2, 0, 3, 5, 4)
"""Places in the palette of the scenarios after the base."""


def draw(table: QueueTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page, desks = PAGES[size], table.desks
    handles = _handles(table, lang)
    above = legend_height(page, page.width, [str(handle.get_label()) for handle in handles]) + 0.04
    key = "subtitle" if len(table.labels) == 1 else "several"
    subtitle = say(f"chart.queues.{key}", lang, days=table.footing.days, base=table.labels[0].short(lang))
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    body = Body(above + ABOVE * len(desks) + BELOW, PANEL * len(desks))
    sheet = lay_out(page, texts, ("10,000",), right=EDGE + 0.1, body=body)
    sheet.legend(handles, sheet.head)
    top, height = sheet.head + above, PANEL * sheet.stretch
    for place, desk in enumerate(desks):
        axes = sheet.axes(sheet.left + 0.1, top + ABOVE + place * (height + ABOVE), sheet.inner - 0.1, height)
        _draw_desk(axes, table.of(desk), table)
        last = place == len(desks) - 1
        week_axis(axes, page.text, lang, named=last)
        axes.set_title(say(f"desk.{desk}", lang), loc="left", size=page.text, pad=3)
        axes.set_ylabel(say("chart.queues.axis", lang))
        if last:
            axes.set_xlabel(say("chart.week", lang))
    return sheet.figure


def title(table: QueueTable, lang: Lang) -> str:
    """Return the finding as a sentence: the longest queue, or whose longest queue changes most."""
    if len(table.labels) == 1:
        week = max(table.weeks, key=lambda one: one.peak[0])
        peak, hour = week.peak
        desk = say(f"desk.{week.desk}", lang)
        return say("chart.queues.alone", lang, desk=desk, peak=number(peak, "boxes"), time=moment(hour, lang))
    pairs = [(week, base) for desk in table.desks for base in table.of(desk)[:1] for week in table.of(desk)[1:]]
    week, base = max(pairs, key=lambda pair: abs(pair[0].peak[0] - pair[1].peak[0]))
    desk = say(f"desk.{week.desk}", lang)
    words = {"reform": week.label.short(lang), "desk": desk if lang == "zh" else desk.lower()}
    peaks = {"before": number(base.peak[0], "boxes"), "after": number(week.peak[0], "boxes")}
    key = "same" if peaks["before"] == peaks["after"] else "found"
    return say(f"chart.queues.{key}", lang, **words, **peaks)


def _handles(table: QueueTable, lang: Lang) -> list[Artist]:
    """Return the legend: the areas of the base, and a line for each other scenario."""
    areas: list[Artist] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", alpha=0.75, label=say(f"chart.queues.{part}", lang))
        for part, (colour, hatch) in (("waiting", WAITING), ("served", SERVED))
    ]
    names = short_names(table.labels, lang)
    return areas + [
        Line2D([], [], **_look(place), label=say("chart.queues.line", lang, name=name))
        for place, name in enumerate(names[1:], 1)
    ]


def _look(place: int) -> style.Look:
    look = style.line_look(place - 1)
    return look | {"color": style.PETROFF6[LINES[(place - 1) % len(LINES)]]}


def _draw_desk(axes: Axes, weeks: list[DeskWeek], table: QueueTable) -> None:
    hours = range(WEEK_H + 1)
    for week in weeks:
        waiting, served = (_closed(part) for part in (week.waiting, week.served))
        both = [one + other for one, other in zip(waiting, served, strict=True)]
        place = table.labels.index(week.label)
        if place:
            axes.plot(hours, both, **_look(place))
            continue
        axes.fill_between(
            hours, 0, served, color=SERVED[0], hatch=SERVED[1], edgecolor="white", alpha=0.75, linewidth=0
        )
        axes.fill_between(hours, served, both, color=WAITING[0], alpha=0.75, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="y", nbins=4)
    axes.grid(axis="y")


def _closed(values: tuple[float, ...]) -> list[float]:
    """Return the week with its first hour again at its end."""
    return [*values, values[0]]
