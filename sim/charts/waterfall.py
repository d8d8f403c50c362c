"""From base to reform, policy by policy: a waterfall of shares in a change, each with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts import style
from sim.charts.columns import Column, room, write
from sim.charts.sheet import PAGES, Body, Sheet, Size, lay_out, row_height
from sim.charts.table import Footing, Interval, Label, Row
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import span, unit_of

ROW = 0.44
"""Height [inches] of a bar's row."""

BASE, DOWN, UP = style.PETROFF6[4], style.PETROFF6[0], style.PETROFF6[1]
HATCH_UP = "////"


@dataclass(frozen=True)
class Step:
    """One policy: its name in both languages, and its share in the change."""

    policy: str
    zh: str
    en: str
    share: Interval

    def text(self, lang: Lang) -> str:
        """Return the name in one language."""
        return self.zh if lang == "zh" else self.en

    @property
    def shown(self) -> bool:
        """Whether the interval leaves 0 out."""
        return bool(self.share.low > 0 or self.share.high < 0)


@dataclass(frozen=True)
class WaterfallTable:
    """A number at the base, the shares of the policies in the order drawn, and the number under the reform."""

    subject: str
    zh: str
    en: str
    unit: str
    base: Interval
    reform: Interval
    steps: tuple[Step, ...]
    labels: tuple[Label, Label]
    footing: Footing

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of base and reform."""
        return tuple(label.digest for label in self.labels)

    def words(self, lang: Lang) -> str:
        """Return the name of the number in one language."""
        return self.zh if lang == "zh" else self.en

    def rows(self) -> list[Row]:
        """Return one row for the base, for each policy, and for the reform."""
        base, reform = self.labels
        ends = [("base", base.en, base.zh, self.base), ("reform", reform.en, reform.zh, self.reform)]
        steps = [(step.policy, step.en, step.zh, step.share) for step in self.steps]
        return [
            {
                "digest": " ".join(self.digests),
                "number": self.subject,
                "step": key,
                "name": en,
                "name_zh": zh,
                "value": value.mean,
                "low_95": value.low,
                "high_95": value.high,
                "unit": self.unit,
            }
            for key, en, zh, value in (ends[0], *steps, ends[1])
        ]


def draw(table: WaterfallTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    names = (
        say("attribute.chart.base", lang),
        *(step.text(lang) for step in table.steps),
        say("attribute.chart.reform", lang),
    )
    subtitle = say("attribute.chart.subtitle", lang) + (say("attribute.chart.cut", lang) if _limits(table)[0] else "")
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    page, columns = PAGES[size], [_numbers(table, lang)]
    rows = row_height(names, page, ROW) * len(names)
    sheet = lay_out(page, texts, names, room(columns, page), Body(0.72, rows))
    axes = sheet.axes(sheet.left, sheet.head + 0.1, sheet.inner, rows * sheet.stretch)
    _draw_bars(axes, table)
    _label(axes, table, sheet, lang)
    write(axes, sheet, columns)
    return sheet.figure


def title(table: WaterfallTable, lang: Lang) -> str:
    """Return the finding as a sentence: the largest share that is shown, of the whole change."""
    shown = [step for step in table.steps if step.shown]
    if not shown:
        return say("attribute.chart.none", lang, subject=table.words(lang))
    largest = max(shown, key=lambda step: abs(step.share.mean))
    total = table.reform.mean - table.base.mean
    return say(
        "attribute.chart.title",
        lang,
        policy=largest.text(lang),
        subject=table.words(lang),
        share=number(largest.share.mean, table.unit, sign=True),
        total=number(total, table.unit, sign=True),
        unit=unit_of(table.unit, lang, difference=True),
    )


def _scale(unit: str) -> float:
    return 100.0 if unit == "share" else 1.0


def _levels(table: WaterfallTable) -> list[float]:
    """Return where the steps begin: the base, then what each policy leaves."""
    return [table.base.mean + sum(step.share.mean for step in table.steps[:k]) for k in range(len(table.steps) + 1)]


def _limits(table: WaterfallTable) -> tuple[float, float]:
    """Return both ends of the axis: it begins at 0 unless the steps are small beside the number."""
    levels = _levels(table)
    reached = list(levels)
    for level, step in zip(levels, table.steps, strict=False):
        reached += [level + end for end in (step.share.low, step.share.high) if math.isfinite(end)]
    low, high = min(reached), max(reached)
    room = 0.06 * (high - low or abs(high) or 1.0)
    begins_at_0 = low >= 0 and low < 3 * (high - low)
    scale = _scale(table.unit)
    return scale * (0.0 if begins_at_0 else low - 4 * room), scale * (high + room)


def _draw_bars(axes: Axes, table: WaterfallTable) -> None:
    scale, (first, end), last = _scale(table.unit), _limits(table), len(table.steps) + 1
    levels = [scale * level for level in _levels(table)]
    for row, step in enumerate(table.steps, 1):
        colour, hatch = (DOWN, "") if step.share.mean < 0 else (UP, HATCH_UP)
        width, at = scale * step.share.mean, levels[row - 1]
        axes.barh(row, width, left=at, height=0.56, color=colour, hatch=hatch, edgecolor="white")
        ends = [[scale * (step.share.mean - step.share.low)], [scale * (step.share.high - step.share.mean)]]
        axes.errorbar(levels[row], row, xerr=ends, color=style.INK, capsize=3, linewidth=1.1)
    for row, level in enumerate(levels, 1):
        axes.plot([level, level], [row - 0.72, row + 0.28], color=style.FAINT, linewidth=0.7)
    for row, value in ((0, table.base), (last, table.reform)):
        axes.barh(row, scale * value.mean - first, left=first, height=0.56, color=BASE, edgecolor="white")
    axes.set_xlim(first, end)
    axes.set_ylim(last + 0.5, -0.5)


def _label(axes: Axes, table: WaterfallTable, sheet: Sheet, lang: Lang) -> None:
    axes.set_yticks(range(len(sheet.names)), sheet.names)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say("attribute.chart.axis", lang, subject=table.words(lang), unit=unit_of(table.unit, lang)))
    axes.grid(axis="x")


def _numbers(table: WaterfallTable, lang: Lang) -> Column:
    """Return base, shares and reform as they stand beside the bars."""
    values, texts = (table.base, *(step.share for step in table.steps), table.reform), []
    for row, value in enumerate(values):
        change = 0 < row < len(values) - 1
        unit = unit_of(table.unit, lang, difference=change)
        text = f"{number(value.mean, table.unit, sign=change)} {unit}\n"
        texts.append(text + span(value.low, value.high, table.unit, lang, sign=change))
    return Column("", tuple(texts))
