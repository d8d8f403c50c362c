"""A week on the quay: where each vessel lies and when, and its hours at the anchorage before; a berth-time diagram."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from sim.charts import style
from sim.charts.berth_table import BerthTable, Quay, Stay
from sim.charts.of_runs import DAY_H
from sim.charts.sheet import EDGE, PAGES, Body, Sheet, Size, lay_out, legend_height
from sim.charts.weeks import date_words
from sim.words import Lang, say
from sim.words.numbers import figure as number

QUAY, LANE, ABOVE, GAP, BELOW = 2.0, 0.075, 0.28, 0.05, 0.55
"""Height [inches] of a quay that stands alone, of one waiting vessel, above and between panels, and below the last."""

LEAST_QUAY = 0.9
WAITS_H = 2.0
"""A vessel is told to wait if it lies at the anchorage for longer."""


def draw(table: BerthTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page = PAGES[size]
    kinds = {key: names[0] if lang == "zh" else names[1] for key, names in table.kinds.items()}
    above = legend_height(page, page.width, list(kinds.values()))
    lanes = [_lanes(quay, table) for quay in table.quays]
    strips = [LANE * max(2, 1 + max(lane.values(), default=0)) for lane in lanes]
    each = max(LEAST_QUAY, QUAY / len(lanes))
    subtitle = say("chart.berths.subtitle", lang, scenario=table.label.short(lang))
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    body = Body(above + sum(strips) + (ABOVE + GAP) * len(lanes) + BELOW, each * len(lanes))
    sheet = lay_out(page, texts, ("1,400", ""), right=EDGE + 0.1, body=body)
    looks = {key: _look(place) for place, key in enumerate(kinds)}
    sheet.legend([Patch(label=name, **looks[key]) for key, name in kinds.items()], sheet.head)
    top = sheet.head + above
    for place, quay in enumerate(table.quays):
        strip, deep = strips[place], each * sheet.stretch
        left, width = sheet.left + 0.38, sheet.inner - 0.38
        waits = sheet.axes(left, top + ABOVE, width, strip)
        _draw_waits(waits, quay, lanes[place], looks)
        waits.set_title(quay.zh if lang == "zh" else quay.en, loc="left", size=page.text, pad=3)
        axes = sheet.axes(left, top + ABOVE + strip + GAP, width, deep)
        _draw_quay(axes, quay, looks)
        axes.set_ylabel(style.wrapped(sheet.figure, say("chart.berths.axis", lang), page.text, deep))
        _mark_strip(waits, sheet, lang)
        for one in (waits, axes):
            _days(one, table, lang, named=one is axes and place == len(lanes) - 1)
        top += ABOVE + strip + GAP + deep
    axes.set_xlabel(say("chart.berths.days", lang))
    return sheet.figure


def title(table: BerthTable, lang: Lang) -> str:
    """Return the finding as a sentence: how many of those that arrive wait, and how long they do on average."""
    waits = [stay.wait for stay in table.arrivals if np.isfinite(stay.wait)]
    waited = sum(wait > WAITS_H for wait in waits)
    words = {"calls": str(len(waits)), "day": date_words(table.day, lang, year=True)}
    if not waited:
        return say("chart.berths.found_direct", lang, **words)
    return say("chart.berths.found", lang, waited=waited, mean=number(float(np.mean(waits)), "h"), **words)


def _look(place: int) -> style.Look:
    colour, hatch = style.PETROFF6[place % len(style.PETROFF6)], style.HATCHES[place % len(style.HATCHES)]
    return {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.6}


def _lanes(quay: Quay, table: BerthTable) -> dict[int, int]:
    """Return call -> lane for those at the anchorage in these days, so that none covers another."""
    free: list[float] = []
    found = {}
    for stay in sorted(quay.stays, key=lambda one: one.arrived):
        if stay.wait > 0 and stay.entered > table.first and stay.arrived < table.last:
            lane = next((k for k, until in enumerate(free) if until <= stay.arrived), len(free))
            free[lane : lane + 1] = [stay.entered]
            found[stay.call] = lane
    return found


def _draw_waits(axes: Axes, quay: Quay, lanes: dict[int, int], looks: dict[str, style.Look]) -> None:
    for stay in quay.stays:
        if stay.call in lanes:
            box = (stay.arrived, lanes[stay.call] - 0.4)
            axes.add_patch(Rectangle(box, stay.wait, 0.8, **looks[stay.kind] | {"hatch": "", "linewidth": 0.3}))
    axes.set_ylim(max(1.5, max(lanes.values(), default=0) + 0.5), -0.5)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_facecolor("#f4f4f6")


def _mark_strip(axes: Axes, sheet: Sheet, lang: Lang) -> None:
    axes.text(
        -0.006,
        0.5,
        say("chart.berths.anchorage", lang),
        transform=axes.transAxes,
        ha="right",
        va="center",
        size=sheet.page.small,
        color=style.FAINT,
    )


def _draw_quay(axes: Axes, quay: Quay, looks: dict[str, style.Look]) -> None:
    for stay in quay.stays:
        if np.isfinite(stay.berthed):
            axes.add_patch(Rectangle((stay.berthed, stay.place), _alongside(stay), stay.length, **looks[stay.kind]))
    axes.set_ylim(0, quay.length)
    axes.locator_params(axis="y", nbins=5)


def _alongside(stay: Stay) -> float:
    """Return the hours alongside; of one still there, more than any chart shows."""
    return stay.unberthed - stay.berthed if np.isfinite(stay.unberthed) else 1e4


def _days(axes: Axes, table: BerthTable, lang: Lang, *, named: bool) -> None:
    axes.set_xlim(table.first, table.last)
    edges = np.arange(table.first, table.last + 1, DAY_H)
    axes.set_xticks(edges, [""] * len(edges))
    names = [date_words(table.day + timedelta(days=k), lang) if named else "" for k in range(len(edges) - 1)]
    axes.set_xticks(edges[:-1] + DAY_H / 2, names, minor=True)
    axes.tick_params(axis="x", which="minor", length=0)
    axes.tick_params(axis="x", length=3 if named else 0)
    axes.grid(axis="x")
