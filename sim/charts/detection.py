"""Clearance time against detection: one point per scenario, with both intervals, imports and exports side by side."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.charts import style
from sim.charts.detection_table import DetectionPoint, DetectionTable
from sim.charts.sheet import EDGE, PAGES, Body, Size, lay_out, legend_height
from sim.charts.table import Flow, Interval, Label, short_names
from sim.words import Lang, say
from sim.words.numbers import figure as number

PART_HIGH, ABOVE, BELOW, GAP = 0.34, 0.34, 0.55, 0.6
"""Height of a panel as a part of the page's width; inches above and below it, and between two."""


def draw(table: DetectionTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page, flows = PAGES[size], table.flows
    labels = list({point.label.digest: point.label for point in table.points}.values())
    names = short_names(labels, lang)
    above = legend_height(page, page.width, names)
    texts = (title(table, lang), say("chart.detection.subtitle", lang), table.footing.text(table.digests, lang))
    panel = PART_HIGH * page.width
    sheet = lay_out(page, texts, ("100.0",), right=EDGE + 0.1, body=Body(above + ABOVE + BELOW, panel))
    handles = [Line2D([], [], **_look(place), label=name) for place, name in enumerate(names)]
    sheet.legend(handles, sheet.head)
    left, height = sheet.left + 0.15, panel * sheet.stretch
    width = (sheet.width - left - sheet.right - GAP * (len(flows) - 1)) / len(flows)
    for place, flow in enumerate(flows):
        axes = sheet.axes(left + place * (width + GAP), sheet.head + above + ABOVE, width, height)
        _draw(axes, table.of(flow), labels)
        axes.set_title(say(f"heading.{flow}", lang), loc="left", size=page.text, pad=4)
        axes.set_xlabel(say("chart.detection.hours", lang))
        if place == 0:
            axes.set_ylabel(say("chart.detection.share", lang))
    return sheet.figure


def title(table: DetectionTable, lang: Lang) -> str:
    """Return the finding as a sentence: the largest change of detection that is shown, and what it buys."""
    changed = [point for point in table.points if point.share_change is not None]
    if not changed:
        first = table.points[0]
        words = {"share": number(first.share.mean, "share"), "hours": number(first.hours.mean, "h")}
        return say("chart.detection.alone", lang, flow=_flow(first.flow, lang), **words)
    shown = [(point, point.share_change) for point in changed if point.share_change and point.share_change.shown]
    if not shown:
        return say("chart.detection.same", lang)
    point, change = max(shown, key=lambda pair: abs(pair[1].size.mean))
    words = {"reform": point.label.short(lang), "share": number(abs(change.size.mean), "share")}
    words["flow"] = _flow(point.flow, lang)
    if change.size.mean > 0:
        return say("chart.detection.better", lang, **words)
    hours = point.hours_change
    if hours is None or not hours.shown or hours.size.mean >= 0:
        return say("chart.detection.price", lang, **words)
    return say("chart.detection.found", lang, **words, size=number(-hours.size.mean, "h"))


def _flow(flow: Flow, lang: Lang) -> str:
    words = say(f"heading.{flow}", lang)
    return words if lang == "zh" else words.lower()


def _look(place: int) -> style.Look:
    colour, marker = style.PETROFF6[place % len(style.PETROFF6)], style.MARKERS[place % len(style.MARKERS)]
    return {"color": colour, "marker": marker, "linestyle": "none", "markersize": 6}


def _draw(axes: Axes, points: list[DetectionPoint], labels: list[Label]) -> None:
    for point in points:
        place = labels.index(point.label)
        axes.errorbar(
            point.hours.mean,
            100 * point.share.mean,
            xerr=_ends(point.hours, 1.0),
            yerr=_ends(point.share, 100.0),
            capsize=2.5,
            elinewidth=1.0,
            markeredgecolor="white",
            **_look(place),
        )
    axes.margins(0.12)
    axes.grid()


def _ends(value: Interval, scale: float) -> list[list[float]] | None:
    if math.isnan(value.low):
        return None
    return [[scale * (value.mean - value.low)], [scale * (value.high - value.mean)]]
