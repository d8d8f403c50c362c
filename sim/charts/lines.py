"""One number over one lever, with its interval; over many levers a small picture for each."""

from __future__ import annotations

from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts import style
from sim.charts.sheet import EDGE, PAGES, Body, Page, Size, lay_out
from sim.charts.sweep_points import SweepPoint, SweepTable, Value, text_of
from sim.words import Lang, say

PART_HIGH = 0.36
"""Height of the single picture as a part of the width of the page."""

PANEL, GAP = 1.75, 0.72
"""Height [inches] of a small picture, and of the room below it."""

ACROSS = 4
MOST_VECTORS = 2_000
"""Points beyond which a picture's dots are drawn as an image: a file of ten thousand shapes opens slowly."""

MOST_LEVELS = 12
"""Values of a lever up to which the mean at each of them is drawn."""


def draw(table: SweepTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page = PAGES[size]
    return _one(table, lang, page) if len(table.levers) == 1 else _multiples(table, lang, page)


def title(table: SweepTable, lang: Lang) -> str:
    """Return the finding as a sentence."""
    return table.title(lang)


def _one(table: SweepTable, lang: Lang, page: Page) -> Figure:
    texts = (title(table, lang), say("sweep.chart.line", lang), table.footing.text(table.digests, lang))
    height = PART_HIGH * page.width
    sheet = lay_out(page, texts, ("1,000", ""), right=0.3, body=Body(0.85, height))
    axes = sheet.axes(sheet.left + 0.35, sheet.head + 0.15, sheet.inner - 0.35, height * sheet.stretch)
    values = table.values(0)
    points = sorted(table.points, key=lambda point: values.index(point.levers[0]))
    places = _places(values)
    x = [places[point.levers[0]] for point in points]
    y = [table.scale * point.result.mean for point in points]
    ends = np.array([_ends(point, table.scale) for point in points]).T
    words = any(isinstance(value, str) for value in values)
    axes.errorbar(x, y, yerr=ends, color=style.PETROFF6[0], marker="o", capsize=3, linestyle="none" if words else "-")
    _ticks(axes, values, lang, most=12)
    axes.set_xlabel(table.levers[0].text(lang))
    axes.set_ylabel(table.axis(lang))
    axes.grid()
    return sheet.figure


def _multiples(table: SweepTable, lang: Lang, page: Page) -> Figure:
    """Return a picture for each lever: every point as a dot, and the mean of all points at each of its values."""
    across = ACROSS if page.width > 7 else 2
    rows = ceil(len(table.levers) / across)
    texts = (title(table, lang), say("sweep.chart.multiples", lang), table.footing.text(table.digests, lang))
    sheet = lay_out(page, texts, ("1,000",), right=EDGE, body=Body(rows * GAP + 0.25, rows * PANEL))
    panel = PANEL * sheet.stretch
    left = sheet.left + 0.3
    width = (sheet.width - left - EDGE) / min(across, len(table.levers))
    y = np.array([table.scale * point.result.mean for point in table.points])
    margin = 0.06 * (float(np.ptp(y)) or 1.0)
    for lever, name in enumerate(table.levers):
        row, column = divmod(lever, across)
        axes = sheet.axes(left + column * width, sheet.head + 0.2 + row * (panel + GAP), width - 0.25, panel)
        _panel(axes, table, lever, y)
        axes.set_ylim(float(y.min()) - margin, float(y.max()) + margin)
        _ticks(axes, table.values(lever), lang, most=4)
        axes.set_xlabel(style.wrapped(sheet.figure, name.text(lang), page.small, width - 0.25), size=page.small)
        if column == 0:
            axes.set_ylabel(style.wrapped(sheet.figure, table.axis(lang), page.small, panel + 0.3), size=page.small)
        else:
            axes.set_yticklabels([])
        axes.grid(axis="y")
    return sheet.figure


def _panel(axes: Axes, table: SweepTable, lever: int, y: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    values = table.values(lever)
    places = _places(values)
    x = np.array([places[point.levers[lever]] for point in table.points])
    axes.plot(
        *(x, y), marker=".", linestyle="none", color=style.PETROFF6[4], alpha=0.6, rasterized=y.size > MOST_VECTORS
    )
    if len(values) <= MOST_LEVELS and len(values) < len(table.points):
        levels = sorted(set(x.tolist()))
        means = [float(y[x == level].mean()) for level in levels]
        axes.plot(levels, means, color=style.PETROFF6[0], marker="o", linewidth=1.6)


def _places(values: list[Value]) -> dict[Value, float]:
    """Return where the values stand on their axis: numbers where they are, words side by side."""
    if any(isinstance(value, str) for value in values):
        return {value: float(k) for k, value in enumerate(values)}
    return {value: float(value) for value in values}


def _ticks(axes: Axes, values: list[Value], lang: Lang, most: int) -> None:
    """Write words side by side, and numbers at their values unless they are too many."""
    places = _places(values)
    if any(isinstance(value, str) for value in values):
        axes.set_xlim(-0.5, len(values) - 0.5)
    elif len(values) > most:
        axes.locator_params(axis="x", nbins=min(6, most))
        return
    axes.set_xticks([places[value] for value in values], [text_of(value, lang) for value in values])


def _ends(point: SweepPoint, scale: float) -> tuple[float, float]:
    """Return how far the interval reaches below and above the mean; nothing where there is none."""
    low, high = point.result.mean - point.result.low, point.result.high - point.result.mean
    return (scale * low, scale * high) if np.isfinite(low) else (0.0, 0.0)
