"""Why a warm-up is long enough, or not: vessels and boxes in the port from the start on, until they settle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts import style
from sim.charts.sheet import EDGE, PAGES, Body, Size, lay_out
from sim.charts.table import Footing, Label, OfOneRun, Row
from sim.words import Lang, say
from sim.words.numbers import figure as number

PANEL, GAP, BELOW = 1.45, 0.42, 0.60
"""Height [inches] of a panel, of the room between two, and of what stands below the last."""

HOURS_PER_DAY = 24.0


@dataclass(frozen=True)
class SettlingCurve:
    """What is in the port at every full hour, mean over the replications; settled: after so many days, NaN unknown."""

    name: str
    values: tuple[float, ...]
    settled: float
    mean: float


@dataclass(frozen=True)
class WarmUpTable(OfOneRun):
    """The curves of one scenario, and the days that its warm-up and its measured window last."""

    curves: tuple[SettlingCurve, ...]
    given: int
    days: int
    label: Label
    footing: Footing

    @property
    def suffices(self) -> bool:
        """Whether all have settled within the warm-up."""
        return all(curve.settled <= self.given for curve in self.curves)

    def rows(self) -> list[Row]:
        """Return one row for each curve and hour."""
        return [
            {
                **self.label.columns(),
                "series": curve.name,
                "hour": hour,
                "in_port": value,
                "settled_after_days": curve.settled,
                "warm_up_days": self.given,
            }
            for curve in self.curves
            for hour, value in enumerate(curve.values)
        ]


def draw(table: WarmUpTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    subtitle = say("warm_up.chart.subtitle", lang)
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    body = Body(GAP * len(table.curves) + BELOW, PANEL * len(table.curves))
    sheet = lay_out(PAGES[size], texts, (), right=0.3, body=body)
    panel = PANEL * sheet.stretch
    for place, curve in enumerate(table.curves):
        axes = sheet.axes(EDGE + 0.6, sheet.head + GAP + place * (panel + GAP), sheet.width - EDGE - 0.9, panel)
        _draw_curve(axes, table, curve, lang)
        axes.set_title(say(f"warm_up.chart.{curve.name}", lang), loc="left", size=sheet.page.text, pad=4)
        axes.tick_params(axis="x", labelbottom=place == len(table.curves) - 1)
    axes.set_xlabel(say("warm_up.chart.axis", lang))
    return sheet.figure


def title(table: WarmUpTable, lang: Lang) -> str:
    """Return the finding as a sentence."""
    if any(math.isnan(curve.settled) for curve in table.curves):
        return say("warm_up.chart.unknown", lang)
    longest = max(curve.settled for curve in table.curves)
    key = "enough" if table.suffices else "short"
    return say(f"warm_up.chart.{key}", lang, days=number(longest, "d"), given=table.given)


def _draw_curve(axes: Axes, table: WarmUpTable, curve: SettlingCurve, lang: Lang) -> None:
    days = np.arange(len(curve.values)) / HOURS_PER_DAY
    axes.axvspan(0, table.given, color=style.RULE, alpha=0.55, linewidth=0)
    axes.plot(days, curve.values, color=style.PETROFF6[0], linewidth=1.0)
    if math.isfinite(curve.settled):
        axes.plot([curve.settled, days[-1]], [curve.mean] * 2, color=style.PETROFF6[1], linewidth=1.6)
        axes.axvline(curve.settled, color=style.PETROFF6[1], linewidth=1.6, linestyle=(0, (5, 2)))
        text = say("warm_up.chart.settled", lang, days=number(curve.settled, "d"))
        axes.annotate(text, (curve.settled, 0), xytext=(4, 4), textcoords="offset points", size="small")
    axes.set_xlim(0, days[-1])
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
