"""How long boxes stay: the share gone, out of the gate or to sea, by hours since arrival, one line per scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts import style
from sim.charts.sheet import PAGES, Body, Size, lay_out
from sim.charts.table import Flow, Footing, Label, Row, short_names
from sim.words import Lang, say
from sim.words.numbers import figure as number

LEVELS = (0.5, 0.9)
PART_HIGH = 0.37
"""Height of the curves as a part of the width of the page."""


@dataclass(frozen=True)
class DwellCurve:
    """One scenario: share of the boxes (`gone`) that have left by each hour of `hours` since arrival.

    Boxes unfinished at the horizon count as not gone, so the curve may end below 1.
    """

    label: Label
    hours: tuple[float, ...]
    gone: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """Return the hour by which `share` of the boxes are gone; NaN if the curve never gets there."""
        gone = np.asarray(self.gone)
        if not len(gone) or gone[-1] < share:
            return float("nan")
        k = int(np.searchsorted(gone, share))
        if k == 0:
            return self.hours[0]
        part = (share - gone[k - 1]) / (gone[k] - gone[k - 1])
        return float(self.hours[k - 1] + part * (self.hours[k] - self.hours[k - 1]))


@dataclass(frozen=True)
class DwellTable:
    """The curves in the order drawn; in a comparison the first is the base."""

    curves: tuple[DwellCurve, ...]
    footing: Footing
    flow: Flow = "import"

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown, in the order shown."""
        return tuple(curve.label.digest for curve in self.curves)

    def rows(self) -> list[Row]:
        """Return one row per scenario and hour."""
        return [
            {**curve.label.columns(), "hours_since_arrival": hour, "share_gone": gone}
            for curve in self.curves
            for hour, gone in zip(curve.hours, curve.gone, strict=True)
        ]


def draw(table: DwellTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    texts = (
        title(table, lang),
        say(f"chart.dwell.{table.flow}.subtitle", lang),
        table.footing.text(table.digests, lang),
    )
    page = PAGES[size]
    height = page.width * PART_HIGH
    sheet = lay_out(page, texts, ("100", ""), right=0.3, body=Body(0.75, height))
    axes = sheet.axes(sheet.left + 0.3, sheet.head + 0.12, sheet.inner - 0.3, height * sheet.stretch)
    names = short_names([curve.label for curve in table.curves], lang)
    for place, (curve, name) in enumerate(zip(table.curves, names, strict=True)):
        _draw_curve(axes, curve, place, _legend(curve, name, lang))
    _draw_levels(axes, page.small, lang)
    _scale(axes, table, lang)
    axes.legend(loc="lower right", labelspacing=0.6, handlelength=2.8, frameon=True, edgecolor="none", framealpha=0.92)
    return sheet.figure


def title(table: DwellTable, lang: Lang) -> str:
    """Return the finding as a sentence: the largest move of the median, or what one run shows."""
    base, *others = table.curves
    words = f"chart.dwell.{table.flow}"
    if not others:
        p50, p90 = (number(base.quantile(level), "h") for level in LEVELS)
        return say(f"{words}.alone", lang, p50=p50, p90=p90)
    before = base.quantile(0.5)
    moved = max(others, key=lambda curve: abs(np.nan_to_num(curve.quantile(0.5) - before)))
    texts = number(before, "h"), number(moved.quantile(0.5), "h")
    key = f"{words}.found" if texts[0] != texts[1] else f"{words}.same"
    return say(key, lang, reform=moved.label.short(lang), before=texts[0], after=texts[1])


def _legend(curve: DwellCurve, name: str, lang: Lang) -> str:
    p50, p90 = (number(curve.quantile(level), "h") for level in LEVELS)
    return say("chart.dwell.legend", lang, name=name, p50=p50, p90=p90)


def _draw_curve(axes: Axes, curve: DwellCurve, place: int, legend: str) -> None:
    colour = style.PETROFF6[place % len(style.PETROFF6)]
    axes.plot(
        curve.hours,
        [100 * gone for gone in curve.gone],
        color=colour,
        linestyle=style.DASHES[place % len(style.DASHES)],
        linewidth=1.8,
        label=legend,
    )
    axes.plot(
        [curve.quantile(level) for level in LEVELS],
        [100 * level for level in LEVELS],
        color=colour,
        marker=style.MARKERS[place % len(style.MARKERS)],
        linestyle="none",
        markersize=6,
        markeredgecolor="white",
        zorder=4,
    )


def _draw_levels(axes: Axes, size: float, lang: Lang) -> None:
    for level, name in zip(LEVELS, ("median", "p90"), strict=True):
        axes.axhline(100 * level, color=style.FAINT, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
        text = say(f"chart.dwell.{name}", lang)
        axes.text(0.006, 100 * level + 1, text, transform=axes.get_yaxis_transform(), size=size, color=style.FAINT)


def _scale(axes: Axes, table: DwellTable, lang: Lang) -> None:
    """Show whole days until almost every box is gone; the rare long stays would squeeze the rest."""
    ends = [curve.quantile(min(0.97, 0.999 * max(curve.gone, default=0.0))) for curve in table.curves]
    days = max(2, int(np.ceil(np.nanmax([*ends, 0.0]) / 24)))
    step = max(1, round(days / 9))
    axes.set_xlim(0, 24 * days)
    axes.set_xticks(range(0, 24 * days + 1, 24 * step))
    axes.set_ylim(0, 102)
    axes.set_yticks(range(0, 101, 10))
    axes.grid()
    axes.set_xlabel(say(f"chart.dwell.{table.flow}.hours", lang))
    axes.set_ylabel(say(f"chart.dwell.{table.flow}.share", lang))
