"""The fonts kept with the charts hold every character that a Chinese label may need."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

FONTS = Path(str(resources.files("sim.charts"))) / "fonts"
CHARACTERS = Path(__file__).parents[2] / "tools" / "tgh_8105.txt"
WEIGHTS = {"Regular": 400, "Bold": 700}
SYMBOLS = "–—‘’“”…±×÷≤≥−→←↑↓‰℃²³½Ωμ€¥、。《》「」（），：；！？％●○■□▲▼◆①㎡"


def font_path(weight: str) -> Path:
    return FONTS / f"NotoSansCJKsc-{weight}-subset.otf"


def table_of_general_characters() -> set[str]:
    lines = CHARACTERS.read_text(encoding="utf-8").splitlines()
    return set("".join(line for line in lines if not line.startswith("#")))


def gb2312() -> set[str]:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return set("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


@pytest.fixture(scope="module", params=sorted(WEIGHTS))
def weight(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def characters(weight: str) -> set[str]:
    with TTFont(font_path(weight), lazy=True) as font:
        return set(map(chr, font.getBestCmap()))


def test_the_lists_are_whole() -> None:
    assert len(table_of_general_characters()) == 8105
    assert len(gb2312()) == 7445


def test_every_general_character_is_in_the_font(characters: set[str]) -> None:
    assert sorted(table_of_general_characters() - characters) == []


def test_every_gb2312_character_is_in_the_font(characters: set[str]) -> None:
    assert sorted(gb2312() - characters) == []


@pytest.mark.parametrize("char", "甪堃龘")
def test_rare_characters_of_names_are_in_the_font(characters: set[str], char: str) -> None:
    assert char in characters


def test_latin_and_chart_symbols_are_in_the_font(characters: set[str]) -> None:
    latin = set(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    assert sorted((latin | set(SYMBOLS)) - characters) == []


def test_matplotlib_sees_the_family_and_the_weight(weight: str) -> None:
    entry = font_manager.ttfFontProperty(font_manager.get_font(font_path(weight)))
    assert (entry.name, entry.style, entry.weight) == ("Noto Sans CJK SC", "normal", WEIGHTS[weight])


def test_the_font_names_its_copyright_and_licence(weight: str) -> None:
    with TTFont(font_path(weight), lazy=True) as font:
        names = font["name"]
        assert "Adobe" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)


def test_the_licence_stands_beside_the_fonts() -> None:
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Copyright 2014-2021 Adobe" in text
