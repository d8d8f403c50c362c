"""What the reforms change, each change with its interval: a forest plot of paired differences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.charts import style
from sim.charts.columns import Column, room, write
from sim.charts.effect_table import EffectLine, EffectsTable
from sim.charts.sheet import PAGES, Body, Sheet, Size, lay_out, legend_height, row_height
from sim.charts.table import Change, short_names
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import span, unit_of

ROW, BELOW = 0.21, 0.60
"""Height [inches] of a row, and of what stands below a panel."""

NAMES = 2.1
"""The names of numbers may be so much longer than those of scenarios elsewhere."""

LOOKS = {
    "better": ("#5790fc", "o", ""),
    "worse": ("#f89c20", "s", ""),
    "other": ("#222222", "D", ""),
    "none": ("#9c9ca1", "o", "white"),
}
"""Verdict -> colour, marker, and what fills it: what is not shown is hollow."""


@dataclass(frozen=True)
class _Row:
    """A row of a panel: a heading, or a number with its change."""

    name: str
    line: EffectLine | None = None
    change: Change | None = None


def draw(table: EffectsTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    page = replace(PAGES[size], names=NAMES * PAGES[size].names)
    panels = [_rows(table, unit, lang) for unit in dict.fromkeys(line.unit for line in table.lines)]
    columns = [Column("", tuple(_text(row, lang) for row in rows)) for rows in panels]
    names = tuple(row.name for rows in panels for row in rows)
    row = row_height([name.name for rows in panels for name in rows if name.line], page, ROW)
    verdicts = _verdicts(panels)
    above = legend_height(page, page.width, [say(f"chart.effects.{name}", lang) for name in verdicts]) + 0.06
    subtitle = say("chart.effects.subtitle", lang, base=table.labels[0].short(lang))
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    sheet = lay_out(
        page,
        texts,
        names,
        max(room([column], page) for column in columns),
        Body(above + BELOW * len(panels), row * len(names)),
    )
    sheet.legend([_handle(name, lang) for name in verdicts], sheet.head)
    top, first = sheet.head + above, 0
    for rows, column in zip(panels, columns, strict=True):
        height = row * sheet.stretch * len(rows)
        axes = sheet.axes(sheet.left, top, sheet.inner, height)
        _draw_rows(axes, sheet, rows, sheet.names[first : first + len(rows)], lang)
        write(axes, sheet, [column])
        top, first = top + height + BELOW, first + len(rows)
    return sheet.figure


def title(table: EffectsTable, lang: Lang) -> str:
    """Return the finding as a sentence: the largest change of release that is shown, of imports if there is one."""
    names = short_names(table.labels[1:], lang)
    mean = [line for line in table.lines if line.name[2:] == ("all", "mean") and line.unit == "h"]
    for line in mean or table.lines[:1]:
        found = [(change, name) for change, name in zip(line.changes, names, strict=True) if change and change.shown]
        if found:
            return _found(line, *max(found, key=lambda pair: abs(pair[0].size.mean)), lang)
    key = "not_shown" if len(names) == 1 else "none_shown"
    return say(f"chart.effects.{key}", lang, reform=names[0])


def _found(line: EffectLine, change: Change, name: str, lang: Lang) -> str:
    ends = sorted(abs(end) for end in (change.size.low, change.size.high))
    clock = say(f"chart.effects.clock.{line.flow}.{line.name[0]}", lang)
    words = {"reform": name, "clock": clock, "size": number(abs(change.size.mean), line.unit)}
    key = "found" if change.size.mean < 0 else "found_worse"
    return say(f"chart.effects.{key}", lang, **words, low=number(ends[0], line.unit), high=number(ends[1], line.unit))


def _rows(table: EffectsTable, unit: str, lang: Lang) -> list[_Row]:
    """Return the rows of one unit: of one reform the numbers below their flow, of several the reforms below each."""
    rows, names, last = [], short_names(table.labels[1:], lang), ""
    for line in table.lines:
        if line.unit != unit:
            continue
        flow = say(f"heading.{line.flow}", lang)
        if len(names) > 1:
            rows.append(_Row(say("mark.colon", lang).join((flow, line.text(lang)))))
            rows += [_Row(name, line, change) for name, change in zip(names, line.changes, strict=True) if change]
            continue
        if flow != last:
            rows.append(_Row(flow))
        rows += [_Row(line.text(lang), line, change) for change in line.changes if change]
        last = flow
    return rows


def _verdict(change: Change) -> str:
    if not change.shown:
        return "none"
    return "other" if change.good is None else "better" if change.good else "worse"


def _verdicts(panels: Sequence[Sequence[_Row]]) -> list[str]:
    there = {_verdict(row.change) for rows in panels for row in rows if row.change}
    return [name for name in LOOKS if name in there]


def _handle(verdict: str, lang: Lang) -> Line2D:
    colour, marker, fill = LOOKS[verdict]
    label = say(f"chart.effects.{verdict}", lang)
    return Line2D([], [], color=colour, marker=marker, markerfacecolor=fill or colour, label=label)


def _draw_rows(axes: Axes, sheet: Sheet, rows: Sequence[_Row], names: Sequence[str], lang: Lang) -> None:
    unit = next(row.line.unit for row in rows if row.line)
    scale = 100.0 if unit == "share" else 1.0
    axes.axvline(0, color=style.INK, linewidth=0.9)
    for place, row in enumerate(rows):
        if row.change is None:
            continue
        colour, marker, fill = LOOKS[_verdict(row.change)]
        size = row.change.size
        ends = (
            [[scale * (size.mean - size.low)], [scale * (size.high - size.mean)]] if math.isfinite(size.low) else None
        )
        axes.errorbar(
            scale * size.mean,
            place,
            xerr=ends,
            color=colour,
            marker=marker,
            markersize=5,
            capsize=2.5,
            markerfacecolor=fill or colour,
            linewidth=1.4,
        )
    axes.margins(x=0.06)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), ["" if row.line is None else name for row, name in zip(rows, names, strict=True)])
    for place, row in enumerate(rows):
        if row.line is None:
            x = -(sheet.left - 0.12) / sheet.inner
            axes.text(
                x,
                place,
                row.name,
                transform=axes.get_yaxis_transform(),
                weight="bold",
                va="center",
                size=sheet.page.text,
            )
            axes.axhspan(place - 0.5, place + 0.5, color="white", zorder=0.8)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel(say("chart.effects.axis", lang, unit=unit_of(unit, lang, difference=True)))


def _text(row: _Row, lang: Lang) -> str:
    """Return a change as it stands beside its row: −2.5 h (−2.6 to −2.5)."""
    if row.line is None or row.change is None:
        return ""
    size, unit = row.change.size, row.line.unit
    text = f"{number(size.mean, unit, sign=True)} {unit_of(unit, lang, difference=True)}"
    return f"{text} {span(size.low, size.high, unit, lang, sign=True)}".rstrip()
