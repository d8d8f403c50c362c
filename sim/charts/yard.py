"""TEU in the yard, over the measured days and over the hours of the week, with the room that there is."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.charts import style
from sim.charts.of_runs import DAY_H, WEEK_H
from sim.charts.sheet import EDGE, PAGES, Body, Size, lay_out, legend_height
from sim.charts.table import short_names
from sim.charts.weeks import week_axis
from sim.charts.yard_table import YardCurve, YardTable
from sim.words import Lang, say
from sim.words.numbers import figure as number

PANEL, ABOVE, BELOW = 1.5, 0.34, 0.56
"""Height [inches] of a panel, of its title, and of what stands below it."""


def draw(table: YardTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page, names = PAGES[size], short_names([curve.label for curve in table.curves], lang)
    several = len(names) > 1
    above = legend_height(page, page.width, names) if several else 0.0
    texts = (title(table, lang), say("chart.yard.subtitle", lang), table.footing.text(table.digests, lang))
    sheet = lay_out(page, texts, ("100,000",), right=EDGE + 0.1, body=Body(above + 2 * (ABOVE + BELOW), 2 * PANEL))
    if several:
        sheet.legend(
            [Line2D([], [], **style.line_look(place), label=name) for place, name in enumerate(names)], sheet.head
        )
    height = PANEL * sheet.stretch
    for place, over in enumerate(("days", "week")):
        top = sheet.head + above + ABOVE + place * (height + ABOVE + BELOW)
        axes = sheet.axes(sheet.left + 0.15, top, sheet.inner - 0.15, height)
        axes.set_title(say(f"chart.yard.{over}", lang), loc="left", size=page.text, pad=4)
        _draw(axes, table, over)
        _room(axes, table.curves, page.small, lang)
        axes.set_ylabel(say("chart.yard.axis", lang))
        if over == "week":
            week_axis(axes, page.text, lang, named=True)
        axes.set_xlabel(say("chart.week" if over == "week" else "chart.yard.day_axis", lang))
    return sheet.figure


def title(table: YardTable, lang: Lang) -> str:
    """Return the finding as a sentence: how full the yard is, or whose mean changes most."""
    base, *others = table.curves
    if others:
        moved = max(others, key=lambda curve: abs(curve.mean - base.mean))
        means = {"before": number(base.mean, "TEU"), "after": number(moved.mean, "TEU")}
        key = "same" if means["before"] == means["after"] else "found"
        return say(f"chart.yard.{key}", lang, reform=moved.label.short(lang), **means)
    words = {"mean": number(base.mean, "TEU"), "peak": number(max(base.week), "TEU")}
    if not base.capacity:
        return say("chart.yard.unbounded", lang, **words)
    return say("chart.yard.alone", lang, **words, fill=number(base.mean / base.capacity, "share"))


def _draw(axes: Axes, table: YardTable, over: str) -> None:
    for place, curve in enumerate(table.curves):
        if over == "week":
            axes.plot(range(WEEK_H + 1), [*curve.week, curve.week[0]], **style.line_look(place))
        else:
            axes.plot([hour / DAY_H for hour in range(len(curve.days))], curve.days, **style.line_look(place))
            axes.set_xlim(0, len(curve.days) / DAY_H)
    axes.grid()


def _room(axes: Axes, curves: tuple[YardCurve, ...], size: float, lang: Lang) -> None:
    """Draw the room of the yard, each different one once, and begin at 0: how full it is can be seen."""
    for teu in dict.fromkeys(curve.capacity for curve in curves if curve.capacity):
        axes.axhline(teu, color=style.INK, linewidth=1.1, linestyle=(0, (6, 3)))
        text = say("chart.yard.capacity", lang, teu=number(teu, "TEU"))
        axes.text(0.995, teu, text, transform=axes.get_yaxis_transform(), ha="right", va="bottom", size=size)
    highest = max(max(*curve.days, curve.capacity) for curve in curves)
    axes.set_ylim(0, 1.14 * highest)
    axes.yaxis.set_major_formatter(lambda value, _: number(value, "TEU"))
    axes.locator_params(axis="y", nbins=5)
