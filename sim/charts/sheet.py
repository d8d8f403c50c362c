"""A page whose blocks are placed in inches from the top left, so that text of any length keeps its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from sim.charts import style

Size = Literal["brief", "slide", "a4"]
SIZES: tuple[Size, ...] = get_args(Size)

EDGE = 0.12
MOST_STRETCH = 1.7
"""A slide gives its rows so much more room than they need, no more: bars as high as that look clumsy."""


@dataclass(frozen=True)
class Page:
    """What a chart is drawn for: its width [inches], the sizes of its letters [points], and its shape.

    ratio: width to height; 0 where the height is what the content takes. names: the most that the names of the rows
    may take [inches]; longer ones are wrapped.
    """

    width: float
    text: float
    title: float
    names: float
    ratio: float = 0.0

    @property
    def small(self) -> float:
        """Size [points] of numbers beside bars and of other small text."""
        return self.text - 0.8

    @property
    def narrow(self) -> bool:
        """Whether there is little room beside the bars."""
        return self.width < 9


PAGES: dict[Size, Page] = {
    "brief": Page(6.14, 8.3, 10.5, 1.25),
    "a4": Page(7.48, 8.8, 12.0, 1.6),
    "slide": Page(10.0, 9.6, 13.5, 2.1, ratio=16 / 9),
}
"""brief: a text column of A4 (156 mm). a4: the page less 10 mm at each side. slide: scaled to the screen as a whole."""


@dataclass(frozen=True)
class Body:
    """Height [inches] between headline and footnote: what is fixed, and what may be stretched to fill a slide."""

    fixed: float
    flexible: float


@dataclass(frozen=True)
class Sheet:
    """A page as it is laid out.

    names: of the rows, wrapped. left, right: room [inches] kept beside the axes. head: height [inches] of title and
    subtitle. stretch: by which what is flexible grows.
    """

    figure: Figure
    page: Page
    names: tuple[str, ...]
    left: float
    right: float
    head: float
    stretch: float

    @property
    def width(self) -> float:
        """Width [inches] of the page."""
        return float(self.figure.get_figwidth())

    @property
    def height(self) -> float:
        """Height [inches] of the page."""
        return float(self.figure.get_figheight())

    @property
    def inner(self) -> float:
        """Width [inches] of the axes."""
        return self.width - self.left - self.right

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes at a place given in inches from the top left."""
        low = self.height - top - height
        at = (left / self.width, low / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(at)
        axes.tick_params(labelsize=self.page.text)
        return axes

    def write(self, left: float, top: float, text: str, size: float = 0.0, **look: object) -> None:
        """Write text at a place given in inches from the top left."""
        place = left / self.width, 1 - top / self.height
        self.figure.text(*place, text, size=size or self.page.text, **look)  # type: ignore[arg-type]

    def legend(self, handles: Sequence[Artist], top: float) -> Legend:
        """Write a legend in rows from the left edge, `top` inches from the top; as many in a row as fit."""
        columns = legend_columns(self.page, self.width, [str(handle.get_label()) for handle in handles])
        # matplotlib fills column by column; people read row by row
        ordered = [handle for column in range(columns) for handle in handles[column::columns]]
        return self.figure.legend(
            handles=ordered,
            loc="upper left",
            bbox_to_anchor=(EDGE / self.width, 1 - top / self.height),
            ncols=columns,
            handlelength=1.6,
            columnspacing=1.6,
            borderaxespad=0,
            borderpad=0,
            labelspacing=0.35,
            fontsize=self.page.text,
        )


def row_height(names: Sequence[str], page: Page, least: float) -> float:
    """Return the height [inches] of rows in which all names have room, `least` or more."""
    probe = style.canvas(page.width, 2)
    lines = max(style.wrapped(probe, name, page.text, page.names).count("\n") + 1 for name in names)
    return max(least, (lines + 0.4) * 1.2 * page.text / 72)


def legend_columns(page: Page, width: float, labels: Sequence[str]) -> int:
    """Return how many entries of a legend fit beside one another on a page of this width [inches]."""
    probe = style.canvas(width, 2)
    widths = [style.text_width(probe, label, page.text) + 4.2 * page.text / 72 for label in labels]
    for columns in range(len(labels), 1, -1):
        if sum(max(widths[column::columns]) for column in range(columns)) <= width - 2 * EDGE:
            return columns
    return 1


def legend_height(page: Page, width: float, labels: Sequence[str]) -> float:
    """Return the height [inches] of a legend on a page of this width."""
    rows = -(-len(labels) // legend_columns(page, width, labels))
    return rows * 1.75 * page.text / 72


def lay_out(page: Page, texts: tuple[str, str, str], names: tuple[str, ...], right: float, body: Body) -> Sheet:
    """Return a page with title, subtitle and footnote (`texts`) written, and room for the `body` between them.

    To be called inside `style.styled()`. A slide that would be too high becomes wider in proportion: it keeps its
    shape, and all on it becomes smaller when it is shown.
    """
    matplotlib.rcParams["font.size"] = page.text  # ends with style.styled()
    width = page.width
    while True:
        probe = style.canvas(width, 2)
        room = width - 2 * EDGE
        title = style.wrapped(probe, texts[0], page.title, room, weight="bold")
        subtitle = style.wrapped(probe, texts[1], page.text, room)
        foot = style.wrapped(probe, texts[2], style.FOOT_SIZE, room)
        head = style.headline_height(title, subtitle, page)
        needed = head + body.fixed + body.flexible + style.footnote_height(foot)
        if not page.ratio or needed <= width / page.ratio + 1e-9:
            break
        width = max(needed * page.ratio, 1.01 * width)
    height = width / page.ratio if page.ratio else needed
    stretch = min(MOST_STRETCH, 1 + (height - needed) / body.flexible) if body.flexible else 1.0
    figure = style.canvas(width, height)
    figure.set_label(texts[0])
    names = tuple(style.wrapped(probe, name, page.text, page.names) for name in names)
    widest = max((style.text_width(probe, name, page.text) for name in names), default=0.5)
    style.headline(figure, title, subtitle, page)
    style.footnote(figure, foot, EDGE / width)
    return Sheet(figure, page, names, EDGE + widest + 0.12, right, head, stretch)
