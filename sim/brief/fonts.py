"""The fonts of a brief: one for Latin letters and figures, one for Chinese, cut to the characters of a page."""

from __future__ import annotations

import base64
import io
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from sim.charts.glyphs import known
from sim.words import Lang

LATIN = "Brief Latin"
CHINESE = "Noto Sans CJK SC"
FAMILIES = (LATIN, CHINESE)

Weight = Literal["Regular", "Bold"]

CHINESE_SIGNS = frozenset("‘’“”—…·")
"""Signs that a Chinese text sets as wide as a character, an English one as wide as they look."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a page: its family, its weight in the way of CSS, and the file as base64."""

    family: str
    weight: int
    data: str


def folders() -> tuple[Path, Path]:
    """Return where the font files lie: those of the briefs and those of the charts."""
    return Path(str(resources.files("sim.brief"))) / "latin", Path(str(resources.files("sim.charts"))) / "fonts"


def path_of(family: str, weight: Weight) -> Path:
    """Return the file of a font."""
    latin, charts = folders()
    return latin / f"BriefLatin-{weight}.otf" if family == LATIN else charts / f"NotoSansCJKsc-{weight}-subset.otf"


@cache
def covered(family: str) -> frozenset[str]:
    """Return every character that a family has; both weights have the same."""
    if family == CHINESE:
        return known()  # fontTools takes half a second to read what it has
    from fontTools.ttLib import TTFont

    with TTFont(path_of(family, "Regular"), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def latin_characters(lang: Lang) -> frozenset[str]:
    """Return what the Latin font sets in a text of this language; the Chinese font sets the rest."""
    return covered(LATIN) - CHINESE_SIGNS if lang == "zh" else covered(LATIN)


def faces(text: Set[str], bold: Set[str], pictures: Set[str], lang: Lang) -> tuple[Face, ...]:
    """Return the fonts of a page: characters of its text, of those the bold ones, and those within its pictures.

    Pictures are drawn with the Chinese font throughout, in both weights.
    """
    latin = latin_characters(lang)
    wanted: tuple[tuple[str, Weight, Set[str]], ...] = (
        (LATIN, "Regular", text & latin),
        (LATIN, "Bold", bold & latin),
        (CHINESE, "Regular", (text - latin) | pictures),
        (CHINESE, "Bold", (bold - latin) | pictures),
    )
    return tuple(Face(family, _css(weight), _encoded(family, weight, chars)) for family, weight, chars in wanted)


def _css(weight: Weight) -> int:
    return 700 if weight == "Bold" else 400


def _encoded(family: str, weight: Weight, characters: Set[str]) -> str:
    return base64.b64encode(cut(family, weight, characters)).decode("ascii")


def cut(family: str, weight: Weight, characters: Set[str]) -> bytes:
    """Return a font with these characters only, as WOFF.

    WOFF 2 would be a tenth smaller, but the brotli compression that it prescribes takes three times as long as all the
    rest, at the only quality that fontTools offers.
    """
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff"
    options.hinting = True  # the files have no hints; looking for them costs half of the time
    options.layout_features = ["kern"]
    options.notdef_outline = True
    out = io.BytesIO()
    with subset.load_font(str(path_of(family, weight)), options) as font:
        font.recalcTimestamp = False
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()
