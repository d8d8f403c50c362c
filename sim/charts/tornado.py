"""What each uncertain value does to a number at both ends of its range: a tornado, the largest first."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.charts import style
from sim.charts.columns import Column, room, write
from sim.charts.sheet import PAGES, Body, Sheet, Size, lay_out, legend_height, row_height
from sim.charts.table import Footing, Interval, Label, OfOneRun, Row
from sim.words import Lang, say
from sim.words.numbers import figure as number
from sim.words.numbers import unit_of

ROW = 0.42
"""Height [inches] of a bar's row."""

LOW, HIGH = style.PETROFF6[0], style.PETROFF6[1]
HATCH_HIGH = "////"


@dataclass(frozen=True)
class Blade:
    """One value: its path, grade, figures and unit, and the number at both ends, NaN where it cannot be run.

    size, spread: mu* and sigma of the screening. first, total: shares of variance, NaN where there are none.
    """

    path: str
    grade: str
    unit: str
    figures: tuple[float, float, float]
    low: Interval
    high: Interval
    size: float
    spread: float
    first: Interval
    total: Interval

    def reach(self, middle: float) -> float:
        """Return how far the number goes from `middle`."""
        return max((abs(end.mean - middle) for end in (self.low, self.high) if math.isfinite(end.mean)), default=0.0)


@dataclass(frozen=True)
class TornadoTable(OfOneRun):
    """The number as the scenario has it, and the values that move it. effect: it is the change by the policies."""

    subject: str
    zh: str
    en: str
    unit: str
    effect: bool
    middle: Interval
    blades: tuple[Blade, ...]
    label: Label
    footing: Footing

    def words(self, lang: Lang) -> str:
        """Return the name of the number in one language."""
        return self.zh if lang == "zh" else self.en

    def ordered(self) -> list[Blade]:
        """Return the blades, the longest first."""
        return sorted(self.blades, key=lambda blade: -blade.reach(self.middle.mean))

    def rows(self) -> list[Row]:
        """Return one row for each value."""
        return [
            {
                **self.label.columns(),
                "number": self.subject,
                "effect": self.effect,
                "unit": self.unit,
                "as_it_is": self.middle.mean,
                "value": blade.path,
                "grade": blade.grade,
                "value_unit": blade.unit,
                **dict(zip(("low", "figure", "high"), blade.figures, strict=True)),
                "number_at_low": blade.low.mean,
                "number_at_high": blade.high.mean,
                "mu_star": blade.size,
                "sigma": blade.spread,
                **_index("first_order", blade.first),
                **_index("total", blade.total),
            }
            for blade in self.ordered()
        ]


def _index(name: str, index: Interval) -> dict[str, object]:
    return {name: index.mean, f"{name}_low_95": index.low, f"{name}_high_95": index.high}


def draw(table: TornadoTable, lang: Lang, size: Size = "a4") -> Figure:
    """Return the figure; call inside `style.styled()`, and save there too."""
    blades = table.ordered()
    names = tuple(blade.path.replace(".", ". ") for blade in blades)
    subtitle = say("sensitivity.chart.subtitle", lang)
    texts = (title(table, lang), subtitle, table.footing.text(table.digests, lang))
    page, columns = PAGES[size], [Column("", tuple(_range(blade, lang) for blade in blades))]
    above = legend_height(page, page.width, _ends(lang)) + 0.1
    rows = row_height(names, page, ROW) * len(blades)
    sheet = lay_out(page, texts, names, room(columns, page), Body(above + 0.6, rows))
    axes = sheet.axes(sheet.left, sheet.head + above, sheet.inner, rows * sheet.stretch)
    _draw_bars(axes, table, blades)
    _label(axes, table, sheet, lang)
    write(axes, sheet, columns)
    return sheet.figure


def title(table: TornadoTable, lang: Lang) -> str:
    """Return the finding as a sentence: which value moves the number most, and between what."""
    first = table.ordered()[0]
    ends = sorted(end.mean for end in (first.low, first.high, table.middle) if math.isfinite(end.mean))
    unit = unit_of(table.unit, lang, difference=table.effect)
    words = {"value": first.path, "subject": table.words(lang), "unit": unit}
    figures = {"low": number(ends[0], table.unit), "high": number(ends[-1], table.unit)}
    return say("sensitivity.chart.effect" if table.effect else "sensitivity.chart.title", lang, **words, **figures)


def _draw_bars(axes: Axes, table: TornadoTable, blades: list[Blade]) -> None:
    scale = 100.0 if table.unit == "share" else 1.0
    middle = scale * table.middle.mean
    for row, blade in enumerate(blades):
        for end, colour, hatch in ((blade.low, LOW, ""), (blade.high, HIGH, HATCH_HIGH)):
            if math.isfinite(end.mean):
                width = scale * end.mean - middle
                axes.barh(row, width, left=middle, height=0.56, color=colour, hatch=hatch, edgecolor="white")
    axes.axvline(middle, color=style.INK, linewidth=1.0)
    if table.effect:
        axes.axvline(0.0, color=style.INK, linewidth=1.0, linestyle=(0, (4, 3)))
    axes.margins(x=0.06)
    axes.set_ylim(len(blades) - 0.5, -0.5)


def _label(axes: Axes, table: TornadoTable, sheet: Sheet, lang: Lang) -> None:
    blades = table.ordered()
    axes.set_yticks(range(len(blades)), [name.replace(". ", ".") for name in sheet.names])
    axes.tick_params(axis="y", length=0, labelsize=sheet.page.small)
    words = {"subject": table.words(lang), "unit": unit_of(table.unit, lang, difference=table.effect)}
    axes.set_xlabel(say("sensitivity.chart.axis_effect" if table.effect else "sensitivity.chart.axis", lang, **words))
    axes.grid(axis="x")
    looks = zip(_ends(lang), (LOW, HIGH), ("", HATCH_HIGH), strict=True)
    handles = [Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=name) for name, colour, hatch in looks]
    sheet.legend(handles, sheet.head)


def _ends(lang: Lang) -> list[str]:
    return [say(f"sensitivity.chart.{end}", lang) for end in ("at_low", "at_high")]


def _range(blade: Blade, lang: Lang) -> str:
    low, _, high = blade.figures
    return f"{low:g} – {high:g} {say('unit.of_1' if blade.unit == 'share' else f'unit.{blade.unit}', lang)}"
