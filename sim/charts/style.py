"""How every chart looks: own fonts, colours that survive grey print and colour blindness, repeatable output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib
from cycler import cycler
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.charts.glyphs import FAMILY, refuse, register_fonts

if TYPE_CHECKING:
    from sim.charts.sheet import Page

PETROFF6 = ("#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd")
"""Six colours that stay apart under the common kinds of colour blindness (Petroff 2021)."""

HATCHES = ("", "////", "", "\\\\\\\\", "xxx", "")
"""With the lightness of the colours, tells neighbours apart on a grey print."""

DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (7, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)), (0, (10, 3)))
MARKERS = ("o", "s", "^", "D", "v", "P")

Look = dict[str, Any]
"""Settings of a line or a marker as matplotlib takes them."""

SIZE, FOOT_SIZE = 9.0, 6.8
"""Of text where no page says otherwise, and of the footnote [points]."""

INK = "#222222"
FAINT = "#6b6b70"
RULE = "#d9d9de"

RC: Any = {
    "font.family": [FAMILY, "sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=PETROFF6),
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "text.parse_math": False,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "nansha-sim",
    "pdf.fonttype": 3,
}


def line_look(place: int) -> Look:
    """Return colour and dashes of the line in one place: told apart in grey print too."""
    return {
        "color": PETROFF6[place % len(PETROFF6)],
        "linestyle": DASHES[place % len(DASHES)],
        "linewidth": 1.6,
    }


@contextmanager
def styled() -> Iterator[None]:
    """Draw and save inside this: the chart's own settings, whatever the user's matplotlibrc says."""
    register_fonts()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def canvas(width: float, height: float) -> Figure:
    """Return an empty figure [inches] with an Agg canvas: no window system, no global state."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


def text_width(figure: Figure, text: str, size: float, weight: str = "normal") -> float:
    """Return the width [inches] that `text` takes; the widest line counts. Raises OutputError as `refuse` does."""
    refuse([text])
    agg: Any = figure.canvas
    renderer = agg.get_renderer()
    font = font_manager.FontProperties(family=FAMILY, size=size, weight=weight)
    points = max(renderer.get_text_width_height_descent(line, font, False)[0] for line in text.split("\n"))
    return float(points) / float(figure.dpi)


def wrapped(figure: Figure, text: str, size: float, width: float, weight: str = "normal") -> str:
    """Return `text` in as few lines of at most `width` inches as it takes, made about equally long."""
    refuse([text])  # the whole of it, before it is in pieces
    pieces = re.findall(r"[\x21-\u2dff]+(?: %)?\s*|\s+|.[，。；：、）]*", text)
    widths = [text_width(figure, piece, size, weight) for piece in pieces]
    lines = _lines(pieces, widths, width)
    for part in range(19, 9, -1):
        narrower = _lines(pieces, widths, width * part / 20)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return "\n".join(lines)


def _lines(pieces: list[str], widths: list[float], width: float) -> list[str]:
    """Return the pieces in lines: broken at spaces, or between any two Chinese characters."""
    lines, room = [""], width
    for piece, needed in zip(pieces, widths, strict=True):
        if lines[-1] and needed > room:
            lines.append("")
            room = width
        lines[-1] += piece
        room -= needed
    return [line.strip() for line in lines]


def headline_height(title: str, subtitle: str, page: Page) -> float:
    """Return the height [inches] of a headline."""
    return _title_height(title, page) + _lines_height(subtitle, page.text) + 0.14


def headline(figure: Figure, title: str, subtitle: str, page: Page) -> None:
    """Write title (the finding) and subtitle at the top left."""
    width, height = (float(side) for side in figure.get_size_inches())
    left, top = 0.12 / width, 1 - 0.10 / height
    figure.text(left, top, title, weight="bold", size=page.title, va="top", ha="left", linespacing=1.15)
    below = 1 - _title_height(title, page) / height
    figure.text(left, below, subtitle, size=page.text, color=FAINT, va="top", ha="left", linespacing=1.2)


def _title_height(title: str, page: Page) -> float:
    return 0.16 + _lines_height(title, page.title)


def _lines_height(text: str, size: float) -> float:
    """Return the height [inches] of lines of text."""
    return 1.36 * size / 72 * len(text.split("\n"))


def footnote_height(text: str) -> float:
    """Return the height [inches] of a footnote."""
    return 0.18 + 0.13 * len(text.split("\n"))


def footnote(figure: Figure, text: str, left: float) -> None:
    """Write what the chart rests on at the bottom left."""
    low = 0.08 / float(figure.get_figheight())
    figure.text(left, low, text, size=FOOT_SIZE, color=FAINT, va="bottom", ha="left", linespacing=1.2)
