"""The lower half of the stage chart: what becomes of the hours at each desk."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.charts import style
from sim.charts.sheet import EDGE, Body, Page, Sheet, legend_height
from sim.charts.stage_table import DESKS, PARTS, StageTable
from sim.charts.table import short_names
from sim.words import Lang, say
from sim.words.numbers import figure as number

Hours = NDArray[np.float64]

PART_LOOK = (("#dcdce2", "////"), ("#7a21dd", ""), ("#9c9ca1", ""))
ROW, GAP, HEADING, BELOW = 0.30, 0.24, 0.28, 0.46
"""Height [inches] of a row, width between panels, height of the heading, and of what stands below a panel."""

ABOVE = 0.26
"""Height [inches] of a panel's title."""


def shown_desks(table: StageTable) -> list[str]:
    """Return the desks that any box passes."""
    return [desk for desk in DESKS if any(bar.passes(desk) for bar in table.bars)]


def desks_body(table: StageTable, page: Page, lang: Lang) -> Body:
    """Return the height of this half; nothing if no box passes a desk."""
    lines = -(-len(shown_desks(table)) // _across(table, page))
    if not lines:
        return Body(0.0, 0.0)
    heading = HEADING + legend_height(page, page.width, _part_names(lang))
    return Body(heading + lines * (ABOVE + BELOW), lines * ROW * len(table.bars))


def draw_desks(sheet: Sheet, table: StageTable, top: float, lang: Lang) -> None:
    """Draw one small panel per desk, `top` inches below the top of the page."""
    names = [
        style.wrapped(sheet.figure, name, sheet.page.text, sheet.page.names)
        for name in short_names([bar.label for bar in table.bars], lang)
    ]
    desks, across = shown_desks(table), _across(table, sheet.page)
    width = (sheet.width - sheet.left - EDGE - GAP * (across - 1)) / across
    height = ROW * sheet.stretch * len(table.bars)
    below = _write_heading(sheet, top, lang)
    for place, desk in enumerate(desks):
        line, column = divmod(place, across)
        left = sheet.left + column * (width + GAP)
        axes = sheet.axes(left, below + ABOVE + line * (height + ABOVE + BELOW), width, height)
        parts = [np.nan_to_num(bar.desks.get(desk, (0.0, 0.0, 0.0))) for bar in table.bars]
        _draw_desk(axes, sheet, parts, lang)
        axes.set_title(say(f"desk.{desk}", lang), loc="left", size=sheet.page.text, pad=3)
        axes.set_yticks(range(len(parts)), names if column == 0 else [""] * len(parts))


def _across(table: StageTable, page: Page) -> int:
    """Return how many panels stand beside one another."""
    return min(len(shown_desks(table)), 2 if page.width < 7 else 4) or 1


def _draw_desk(axes: Axes, sheet: Sheet, parts: list[Hours], lang: Lang) -> None:
    """Draw one desk; in minutes where no scenario spends an hour there."""
    longest = max(float(hours.sum()) for hours in parts)
    unit, scale = ("min", 60.0) if longest < 1 else ("h", 1.0)
    box = axes.get_position()
    texts = [
        number(float(hours.sum()) * scale, unit) if hours.sum() > 0 else say("chart.stages.no_data", lang)
        for hours in parts
    ]
    widest = max(style.text_width(sheet.figure, text, sheet.page.small) for text in texts)
    limit = longest * scale / max(0.35, 1 - (widest + 0.08) / (box.width * sheet.width))
    for row, (hours, text) in enumerate(zip(parts, texts, strict=True)):
        ends = np.cumsum(hours * scale)
        for end, length, (colour, hatch) in zip(ends, hours * scale, PART_LOOK, strict=True):
            axes.barh(row, length, 0.62, end - length, color=colour, hatch=hatch, edgecolor=style.FAINT, linewidth=0.5)
        axes.text(ends[-1] + limit * 0.02, row, text, va="center", size=sheet.page.small)
    axes.set_xlim(0, limit or 1)
    axes.set_ylim(len(parts) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=4 if box.width * sheet.width > 1.3 else 3)
    axes.tick_params(axis="x", labelsize=sheet.page.small)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel(say(f"unit.{unit}", lang), size=sheet.page.small, labelpad=1)


def _part_names(lang: Lang) -> list[str]:
    return [say(f"part.{part}", lang) for part in PARTS]


def _write_heading(sheet: Sheet, top: float, lang: Lang) -> float:
    """Write heading and legend; return where they end [inches from the top of the page]."""
    sheet.write(EDGE, top, say("chart.stages.desks", lang), sheet.page.text + 0.7, weight="bold", va="top")
    names = _part_names(lang)
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=style.FAINT, label=name)
        for name, (colour, hatch) in zip(names, PART_LOOK, strict=True)
    ]
    sheet.legend(handles, top + HEADING)
    return top + HEADING + legend_height(sheet.page, sheet.width, names)
