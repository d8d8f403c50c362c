"""A page whose blocks are placed in inches from the top left, so that text of any length keeps its room."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.charts import style

WIDTH = 10.4
EDGE = 0.12


@dataclass(frozen=True)
class Sheet:
    """A page: its figure, the names at the left of its rows, and the room [inches] kept left and right of the axes."""

    figure: Figure
    names: tuple[str, ...]
    left: float
    right: float
    head: float
    """Height [inches] taken by title and subtitle."""

    @property
    def inner(self) -> float:
        """Width [inches] of the axes."""
        return WIDTH - self.left - self.right

    @property
    def height(self) -> float:
        """Height [inches] of the page."""
        return float(self.figure.get_figheight())

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes at a place given in inches from the top left."""
        low = self.height - top - height
        return self.figure.add_axes((left / WIDTH, low / self.height, width / WIDTH, height / self.height))


def lay_out(texts: tuple[str, str, str], names: tuple[str, ...], right: float, body: float) -> Sheet:
    """Return a page with title, subtitle and footnote (`texts`) written, and `body` inches of room between them."""
    title, subtitle, foot = texts
    probe = style.canvas(WIDTH, 2)
    room = WIDTH - 2 * EDGE
    title = style.wrapped(probe, title, style.TITLE_SIZE, room, weight="bold")
    foot = style.wrapped(probe, foot, style.FOOT_SIZE, room)
    names = tuple(style.wrapped(probe, name, style.SIZE, style.NAME_WIDTH) for name in names)
    widest = max((style.text_width(probe, name, style.SIZE) for name in names), default=0.5)
    head = style.headline_height(title)
    figure = style.canvas(WIDTH, head + body + style.footnote_height(foot))
    style.headline(figure, title, subtitle, EDGE / WIDTH)
    style.footnote(figure, foot, EDGE / WIDTH)
    return Sheet(figure, names, EDGE + widest + 0.12, right, head)
