"""The charts' own fonts; characters that they do not have would be drawn as boxes, so they are refused."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.errors import OutputError, Problem

FAMILY = "Noto Sans CJK SC"
FONT_FILES = ("NotoSansCJKsc-Regular-subset.otf", "NotoSansCJKsc-Bold-subset.otf")
SPACES = frozenset("\n\t")


@cache
def register_fonts() -> None:
    """Make the fonts known to matplotlib."""
    for path in _paths():
        font_manager.fontManager.addfont(path)


def refuse_missing(figure: Figure) -> None:
    """Raise OutputError if a text of the figure has a character without a glyph."""
    refuse(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))


def refuse(texts: Iterable[str]) -> None:
    """Raise OutputError that names every character of the texts that the fonts do not have."""
    missing = {char: text for text in texts for char in missing_in(text)}
    if missing:
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
        line = next(iter(missing.values())).replace("\n", " ")
        remedy = "write it otherwise: the fonts hold the 8,105 characters of 通用规范汉字表, GB 2312 and Latin letters"
        raise OutputError(Problem(f"the charts' fonts do not have {named}", f"“{line}”", remedy))


def missing_in(text: str) -> list[str]:
    """Return the characters of a text that the fonts do not have, each once."""
    return [char for char in dict.fromkeys(text) if char not in known() and char not in SPACES]


@cache
def known() -> frozenset[str]:
    """Return every character that both weights can draw."""
    found = (set(font_manager.get_font(path).get_charmap()) for path in _paths())
    return frozenset(map(chr, set.intersection(*found)))


def _paths() -> list[Path]:
    folder = Path(str(resources.files("sim.charts"))) / "fonts"
    return [folder / name for name in FONT_FILES]
