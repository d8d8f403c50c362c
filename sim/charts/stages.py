"""Where the hours go: one bar per scenario from arrival to gate-out or departure, by stage, and the desks below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.charts import style
from sim.charts.columns import Column, head_lines, room, write
from sim.charts.desks import desks_body, draw_desks
from sim.charts.sheet import PAGES, Body, Sheet, Size, lay_out, legend_height, row_height
from sim.charts.stage_table import STAGES, StageBar, StageTable
from sim.charts.table import Change, Flow, row_names
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import span

ROW, BELOW = 0.50, 0.58
"""Height [inches] of a bar's row, and of what stands below the bars."""

LOOKS = {"unloading": 0, "preparation": 1, "clearance": 2, "pick_up": 3, "after_release": 3, "vessel_departure": 0}
"""Stage -> place in the palette: a stage looks the same in both charts, and so do the waits for the next carrier."""

CHARACTER = 0.0082
"""Width [inches] of a figure for each point of its size."""


def draw(table: StageTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page = PAGES[size]
    columns, desks = _columns(table, lang), desks_body(table, page, lang)
    stages = [_stage_name(stage, table.flow, lang) for stage in STAGES[table.flow]]
    heads = head_lines(columns, page) * 1.3 * page.small / 72
    above = legend_height(page, page.width, stages) + max(0.22, heads)
    texts = (
        title(table, lang),
        say(f"chart.stages.{table.flow}.subtitle", lang),
        table.footing.text(table.digests, lang),
    )
    names = row_names([bar.label for bar in table.bars], lang, narrow=page.narrow)
    rows = row_height(names, page, ROW) * len(table.bars)
    body = Body(above + BELOW + desks.fixed, rows + desks.flexible)
    sheet = lay_out(page, texts, names, room(columns, page), body)
    axes = sheet.axes(sheet.left, sheet.head + above, sheet.inner, rows * sheet.stretch)
    _draw_stages(axes, sheet, table, lang)
    write(axes, sheet, columns)
    _write_legend(sheet, table.flow, stages)
    if desks.fixed:
        draw_desks(sheet, table, sheet.head + above + rows * sheet.stretch + BELOW, lang)
    return sheet.figure


def title(table: StageTable, lang: Lang) -> str:
    """Return the finding as a sentence: the largest change that is shown, else what the chart shows of one run."""
    words = f"chart.stages.{table.flow}"
    changed = [(bar.change, bar.label) for bar in table.bars if bar.change is not None]
    if not changed:
        return _title_alone(table.bars[0], table.flow, lang)
    shown = [(change, label) for change, label in changed if change.shown]
    if not shown:
        key = "not_shown" if len(changed) == 1 else "none_shown"
        return say(f"{words}.{key}", lang, reform=changed[0][1].short(lang))
    change, label = max(shown, key=lambda pair: abs(pair[0].size.mean))
    ends = sorted(abs(end) for end in (change.size.low, change.size.high))
    return say(
        f"{words}.found" if change.size.mean < 0 else f"{words}.found_worse",
        lang,
        reform=label.short(lang),
        size=number(abs(change.size.mean), "h"),
        low=number(ends[0], "h"),
        high=number(ends[1], "h"),
    )


def _title_alone(bar: StageBar, flow: Flow, lang: Lang) -> str:
    largest = int(np.nanargmax(bar.hours))
    share = number(bar.hours[largest] / sum(bar.hours), "share")
    stage = say(f"metric.{STAGES[flow][largest]}", lang)
    stage = stage if lang == "zh" else stage.lower()
    return say(f"chart.stages.{flow}.alone", lang, scenario=bar.label.short(lang), stage=stage, share=share)


def _draw_stages(axes: Axes, sheet: Sheet, table: StageTable, lang: Lang) -> None:
    bars = table.bars
    limit = max(float(np.nanmax([bar.total.mean, bar.total.high])) for bar in bars) * 1.02
    looks = [LOOKS[stage] for stage in STAGES[table.flow]]
    for row, bar in enumerate(bars):
        _draw_bar(axes, row, bar, looks, (limit / sheet.inner, sheet.page.small))
    axes.set_xlim(0, limit)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_yticks(range(len(bars)), sheet.names)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say(f"chart.stages.{table.flow}.hours", lang), size=sheet.page.text)
    axes.grid(axis="x")


def _write_legend(sheet: Sheet, flow: Flow, names: Sequence[str]) -> None:
    looks = [LOOKS[stage] for stage in STAGES[flow]]
    handles = [
        Patch(facecolor=style.PETROFF6[k], hatch=style.HATCHES[k], edgecolor="white", label=name)
        for k, name in zip(looks, names, strict=True)
    ]
    sheet.legend(handles, sheet.head)


def _stage_name(stage: str, flow: Flow, lang: Lang) -> str:
    about = say(f"about.{flow}.{stage}", lang)
    return say("chart.stages.stage", lang, name=say(f"metric.{stage}", lang), about=about)


def _draw_bar(axes: Axes, row: int, bar: StageBar, looks: Sequence[int], scale: tuple[float, float]) -> None:
    """Draw a bar; scale: hours per inch, and the size of its numbers [points]."""
    (hours_per_inch, size), start, free = scale, 0.0, 0.0
    for k, hours in zip(looks, np.nan_to_num(bar.hours), strict=True):
        axes.barh(
            row, hours, left=start, height=0.56, color=style.PETROFF6[k], hatch=style.HATCHES[k], edgecolor="white"
        )
        text = number(hours, "h")
        needed = CHARACTER * size * len(text)
        if hours / hours_per_inch > needed + 0.1:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.88}
            axes.text(start + hours / 2, row, text, ha="center", va="center", size=size, bbox=box)
        elif hours > 0:
            half = needed / 2 * hours_per_inch
            x = max(start + hours / 2, free + half)
            axes.text(x, row - 0.30, text, ha="center", va="bottom", size=size - 0.8)
            free = x + half
        start += hours
    if np.isfinite(bar.total.low):
        ends = [[bar.total.mean - bar.total.low], [bar.total.high - bar.total.mean]]
        axes.errorbar(bar.total.mean, row, xerr=ends, color=style.INK, capsize=3, linewidth=1.1)


def _columns(table: StageTable, lang: Lang) -> list[Column]:
    """Return the totals, and the changes of a comparison."""
    total = say(f"chart.stages.{table.flow}.total", lang)
    columns = [Column(total, tuple(_total(bar, lang) for bar in table.bars))]
    if any(bar.change for bar in table.bars):
        changes = tuple(_change(bar.change, lang) for bar in table.bars)
        columns.append(Column(say(f"chart.stages.{table.flow}.change", lang), changes))
    return columns


def _total(bar: StageBar, lang: Lang) -> str:
    return f"{number(bar.total.mean, 'h')} {say('unit.h', lang)}\n{span(bar.total.low, bar.total.high, 'h', lang)}"


def _change(change: Change | None, lang: Lang) -> str:
    if change is None:
        return ""
    size = f"{number(change.size.mean, 'h', sign=True)} {say('unit.h', lang)}"
    size = size if change.shown else f"{size}{say('mark.comma', lang)}{say('verdict.not_shown', lang)}"
    return f"{size}\n{span(change.size.low, change.size.high, 'h', lang)}"
