"""The lower half of the stage chart: what becomes of the hours at each desk."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.charts import style
from sim.charts.sheet import EDGE, WIDTH, Sheet
from sim.charts.stage_table import DESKS, PARTS, StageTable
from sim.charts.table import short_names
from sim.words import Lang, say
from sim.words.numbers import figure as number

Hours = NDArray[np.float64]

PART_LOOK = (("#dcdce2", "////"), ("#7a21dd", ""), ("#9c9ca1", ""))
ROW, GAP, HEADING = 0.30, 0.30, 0.62


def desks_height(bars: int) -> float:
    """Return the height [inches] of this half."""
    return HEADING + ROW * bars + 0.60


def draw_desks(sheet: Sheet, table: StageTable, top: float, lang: Lang) -> None:
    """Draw one small panel per desk, `top` inches below the top of the page."""
    names = [
        style.wrapped(sheet.figure, name, style.SIZE, style.NAME_WIDTH)
        for name in short_names([bar.label for bar in table.bars], lang)
    ]
    desks = [desk for desk in DESKS if any(bar.passes(desk) for bar in table.bars)]
    width = (WIDTH - sheet.left - 0.2 - GAP * (len(desks) - 1)) / len(desks)
    for place, desk in enumerate(desks):
        left = sheet.left + place * (width + GAP)
        axes = sheet.axes(left, top + HEADING, width, ROW * len(table.bars))
        parts = [np.nan_to_num(bar.desks.get(desk, (0.0, 0.0, 0.0))) for bar in table.bars]
        _draw_desk(axes, parts, lang)
        axes.set_title(say(f"desk.{desk}", lang), loc="left", size=style.SIZE, pad=4)
        axes.set_yticks(range(len(parts)), names if place == 0 else [""] * len(parts))
    _write_heading(sheet, top, lang)


def _draw_desk(axes: Axes, parts: list[Hours], lang: Lang) -> None:
    """Draw one desk; in minutes where no scenario spends an hour there."""
    longest = max(float(hours.sum()) for hours in parts)
    unit, scale = ("min", 60.0) if longest < 1 else ("h", 1.0)
    limit = longest * scale * 1.3
    for row, hours in enumerate(parts):
        ends = np.cumsum(hours * scale)
        for end, size, (colour, hatch) in zip(ends, hours * scale, PART_LOOK, strict=True):
            axes.barh(row, size, 0.62, end - size, color=colour, hatch=hatch, edgecolor=style.FAINT, linewidth=0.5)
        text = number(float(ends[-1]), unit) if ends[-1] > 0 else say("chart.stages.no_data", lang)
        axes.text(ends[-1] + limit * 0.02, row, text, va="center", size=8)
    axes.set_xlim(0, limit)
    axes.set_ylim(len(parts) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(axis="x", labelsize=8)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel(say(f"unit.{unit}", lang), size=8.5, labelpad=1)


def _write_heading(sheet: Sheet, top: float, lang: Lang) -> None:
    y = 1 - (top + 0.12) / sheet.height
    sheet.figure.text(EDGE / WIDTH, y, say("chart.stages.desks", lang), weight="bold", size=10.5, va="center")
    sheet.figure.legend(
        handles=[
            Patch(facecolor=colour, hatch=hatch, edgecolor=style.FAINT, label=say(f"part.{part}", lang))
            for part, (colour, hatch) in zip(PARTS, PART_LOOK, strict=True)
        ],
        loc="center right",
        bbox_to_anchor=(1 - 0.15 / WIDTH, y),
        ncols=len(PARTS),
        borderaxespad=0,
    )
