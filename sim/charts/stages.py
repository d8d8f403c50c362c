"""Where the hours go: one bar per scenario from arrival to gate-out or departure, by stage, and the desks below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.charts import style
from sim.charts.desks import desks_height, draw_desks
from sim.charts.sheet import EDGE, WIDTH, Sheet, lay_out
from sim.charts.stage_table import DESKS, STAGES, StageBar, StageTable
from sim.charts.table import Change, Flow
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import span

ROW, HEADING = 0.52, 0.62
"""Height [inches] of a bar's row, and of the legend with the column heads above the bars."""

LOOKS = {"unloading": 0, "preparation": 1, "clearance": 2, "pick_up": 3, "after_release": 3, "vessel_departure": 0}
"""Stage -> place in the palette: a stage looks the same in both charts, and so do the waits for the next carrier."""

SMALL = 0.035
"""Half the width [inches] of a character of the numbers above narrow stages."""


def draw(table: StageTable, lang: Lang) -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    bars = table.bars
    desks = [desk for desk in DESKS if any(bar.passes(desk) for bar in bars)]
    compared = any(bar.change for bar in bars)
    stages_height = HEADING + ROW * len(bars) + 0.75
    body = stages_height + (desks_height(len(bars)) if desks else 0)
    texts = (
        title(table, lang),
        say(f"chart.stages.{table.flow}.subtitle", lang),
        table.footing.text(table.digests, lang),
    )
    names = tuple(bar.label.text(lang) for bar in bars)
    sheet = lay_out(texts, names, right=3.0 if compared else 1.7, body=body)
    _draw_stages(sheet, table, lang)
    if desks:
        draw_desks(sheet, table, sheet.head + stages_height, lang)
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


def _draw_stages(sheet: Sheet, table: StageTable, lang: Lang) -> None:
    bars = table.bars
    axes = sheet.axes(sheet.left, sheet.head + HEADING, sheet.inner, ROW * len(bars))
    limit = max(float(np.nanmax([bar.total.mean, bar.total.high])) for bar in bars) * 1.02
    looks = [LOOKS[stage] for stage in STAGES[table.flow]]
    for row, bar in enumerate(bars):
        _draw_bar(axes, row, bar, looks, limit / sheet.inner)
    axes.set_xlim(0, limit)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_yticks(range(len(bars)), sheet.names)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say(f"chart.stages.{table.flow}.hours", lang))
    axes.grid(axis="x")
    _write_columns(axes, sheet, table, lang)
    sheet.figure.legend(
        handles=[
            Patch(
                facecolor=style.PETROFF6[LOOKS[stage]],
                hatch=style.HATCHES[LOOKS[stage]],
                edgecolor="white",
                label=_stage_name(stage, table.flow, lang),
            )
            for stage in STAGES[table.flow]
        ],
        loc="upper left",
        bbox_to_anchor=(EDGE / WIDTH, 1 - (sheet.head + 0.04) / sheet.height),
        ncols=len(STAGES[table.flow]),
        handlelength=1.6,
        columnspacing=1.8,
        borderaxespad=0,
        borderpad=0,
    )


def _stage_name(stage: str, flow: Flow, lang: Lang) -> str:
    about = say(f"about.{flow}.{stage}", lang)
    return say("chart.stages.stage", lang, name=say(f"metric.{stage}", lang), about=about)


def _draw_bar(axes: Axes, row: int, bar: StageBar, looks: Sequence[int], hours_per_inch: float) -> None:
    start, free = 0.0, 0.0
    for k, hours in zip(looks, np.nan_to_num(bar.hours), strict=True):
        axes.barh(
            row, hours, left=start, height=0.56, color=style.PETROFF6[k], hatch=style.HATCHES[k], edgecolor="white"
        )
        text = number(hours, "h")
        fits = hours / hours_per_inch > 0.075 * len(text) + 0.1
        if fits:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.88}
            axes.text(start + hours / 2, row, text, ha="center", va="center", size=8.5, bbox=box)
        elif hours > 0:
            half = SMALL * len(text) * hours_per_inch
            x = max(start + hours / 2, free + half)
            axes.text(x, row - 0.30, text, ha="center", va="bottom", size=7.5)
            free = x + half
        start += hours
    if np.isfinite(bar.total.low):
        ends = [[bar.total.mean - bar.total.low], [bar.total.high - bar.total.mean]]
        axes.errorbar(bar.total.mean, row, xerr=ends, color=style.INK, capsize=3, linewidth=1.1)


def _write_columns(axes: Axes, sheet: Sheet, table: StageTable, lang: Lang) -> None:
    """Write the totals, and the changes of a comparison, to the right of the bars."""
    total = say(f"chart.stages.{table.flow}.total", lang)
    columns = [(0.15, total, [_total(bar, lang) for bar in table.bars])]
    if any(bar.change for bar in table.bars):
        changes = [_change(bar.change, lang) for bar in table.bars]
        columns.append((1.55, say(f"chart.stages.{table.flow}.change", lang), changes))
    for inches, heading, texts in columns:
        x = 1 + inches / sheet.inner
        axes.text(x, -0.56, heading, transform=axes.get_yaxis_transform(), size=8.5, color=style.FAINT, va="bottom")
        for row, text in enumerate(texts):
            axes.text(x, row, text, transform=axes.get_yaxis_transform(), size=8.5, va="center", linespacing=1.25)


def _total(bar: StageBar, lang: Lang) -> str:
    return f"{number(bar.total.mean, 'h')} {say('unit.h', lang)}\n{span(bar.total.low, bar.total.high, 'h', lang)}"


def _change(change: Change | None, lang: Lang) -> str:
    if change is None:
        return ""
    size = f"{number(change.size.mean, 'h', sign=True)} {say('unit.h', lang)}"
    size = size if change.shown else f"{size}{say('mark.comma', lang)}{say('verdict.not_shown', lang)}"
    return f"{size}\n{span(change.size.low, change.size.high, 'h', lang)}"
