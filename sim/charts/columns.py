"""Columns of numbers at the right of a chart's rows, as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from sim.charts import style
from sim.charts.sheet import EDGE, Page, Sheet

GAP = 0.14
LEAST = 0.75
"""Width [inches] between columns, and of the narrowest, so that heads need not be broken at every word."""


@dataclass(frozen=True)
class Column:
    """A head, empty for none, and a text for each row."""

    head: str
    texts: tuple[str, ...]

    def width(self, page: Page) -> float:
        """Return the width [inches] that the texts take; the head is broken to it."""
        probe = style.canvas(4, 2)
        widest = max((style.text_width(probe, text, page.small) for text in self.texts if text), default=0.0)
        return max(widest, LEAST if self.head else 0.0)


def room(columns: Sequence[Column], page: Page) -> float:
    """Return the width [inches] of all columns, the gap before the first and the edge of the page included."""
    return sum(GAP + column.width(page) for column in columns) + EDGE


def head_lines(columns: Sequence[Column], page: Page) -> int:
    """Return how many lines the heads take."""
    return max(len(_head(column, page).split("\n")) for column in columns)


def write(axes: Axes, sheet: Sheet, columns: Sequence[Column]) -> None:
    """Write the columns beside axes whose rows lie at 0, 1, 2 ... downwards."""
    inches, place = GAP, axes.get_yaxis_transform()
    top = min(axes.get_ylim())
    for column in columns:
        x = 1 + inches / sheet.inner
        small: Any = {"transform": place, "size": sheet.page.small}
        if column.head:
            head = _head(column, sheet.page)
            axes.text(x, top - 0.06, head, color=style.FAINT, va="bottom", linespacing=1.15, **small)
        for row, text in enumerate(column.texts):
            axes.text(x, row, text, va="center", linespacing=1.2, **small)
        inches += column.width(sheet.page) + GAP


def _head(column: Column, page: Page) -> str:
    return style.wrapped(style.canvas(4, 2), column.head, page.small, column.width(page))
