"""One number over two levers: a field of colour for each pair of values, with the number written in it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.charts import style
from sim.charts.sheet import PAGES, Body, Size, lay_out
from sim.charts.sweep_points import SweepTable, text_of
from sim.words import Lang, say
from sim.words.numbers import figure as number

COLOURS = "cividis"
"""Steadily lighter, so that it keeps its order in grey print and under colour blindness."""

ROW = 0.44


def fits(table: SweepTable) -> bool:
    """Return whether the points are a whole grid over two levers."""
    if len(table.levers) != 2:
        return False
    cells = len(table.values(0)) * len(table.values(1))
    return min(len(table.values(0)), len(table.values(1))) > 1 and cells == len(table.points)


def draw(table: SweepTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    across, down = table.values(0), table.values(1)
    texts = (title(table, lang), say("sweep.chart.heat", lang), table.footing.text(table.digests, lang))
    height = max(1.4, min(6.0, ROW * len(down)))
    page, names = PAGES[size], tuple(text_of(value, lang) for value in down)
    sheet = lay_out(page, texts, names, right=1.2, body=Body(0.85, height))
    height *= sheet.stretch
    axes = sheet.axes(sheet.left + 0.35, sheet.head + 0.15, sheet.inner - 0.35, height)
    field = np.full((len(down), len(across)), np.nan)
    for point in table.points:
        field[down.index(point.levers[1]), across.index(point.levers[0])] = table.scale * point.result.mean
    image = axes.imshow(field, cmap=COLOURS, aspect="auto", origin="lower")
    axes.set_xticks(range(len(across)), [text_of(value, lang) for value in across])
    axes.set_yticks(range(len(down)), sheet.names)
    axes.set_xlabel(table.levers[0].text(lang))
    axes.set_ylabel(table.levers[1].text(lang))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    widest = max(style.text_width(sheet.figure, number(p.result.mean, table.unit), page.small) for p in table.points)
    if (widest + 0.06) * len(across) <= sheet.inner - 0.35:
        _write(axes, field, table, page.small)
    bar = sheet.figure.colorbar(image, cax=sheet.axes(sheet.left + sheet.inner + 0.15, sheet.head + 0.15, 0.14, height))
    bar.set_label(style.wrapped(sheet.figure, table.axis(lang), page.text, height))
    bar.outline.set_visible(False)
    return sheet.figure


def title(table: SweepTable, lang: Lang) -> str:
    """Return the finding as a sentence."""
    return table.title(lang)


def _write(axes: Axes, field: NDArray[np.float64], table: SweepTable, size: float) -> None:
    """Write each number into its field, dark on light and light on dark."""
    low, high = float(np.nanmin(field)), float(np.nanmax(field))
    for (row, column), value in np.ndenumerate(field):
        if np.isfinite(value):
            light = high > low and (value - low) / (high - low) > 0.55
            text = number(value / table.scale, table.unit)
            axes.text(column, row, text, ha="center", va="center", size=size, color=style.INK if light else "white")
