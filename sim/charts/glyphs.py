"""Characters that the charts' fonts do not have: they would be drawn as boxes, so they are refused."""

from __future__ import annotations

from functools import cache

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.charts.style import FAMILY
from sim.errors import OutputError, Problem

SPACES = frozenset("\n\t")


def refuse_missing(figure: Figure) -> None:
    """Raise OutputError if a text of the figure has a character without a glyph."""
    texts = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    missing = {char: text for text in texts for char in missing_in(text)}
    if missing:
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing)
        line = next(iter(missing.values())).replace("\n", " ")
        remedy = "write it otherwise: the fonts hold the 8,105 characters of 通用规范汉字表, GB 2312 and Latin letters"
        raise OutputError(Problem(f"the charts' fonts do not have {named}", f"“{line}”", remedy))


def missing_in(text: str) -> list[str]:
    """Return the characters of a text that the fonts do not have, each once."""
    known = _known()
    return [char for char in dict.fromkeys(text) if char not in known and char not in SPACES]


@cache
def _known() -> frozenset[str]:
    """Return every character that can be drawn: those of both weights of the family."""
    found = []
    for weight in ("normal", "bold"):
        path = font_manager.findfont(font_manager.FontProperties(family=FAMILY, weight=weight))
        found.append(set(font_manager.get_font(path).get_charmap()))
    return frozenset(map(chr, set.intersection(*found)))
