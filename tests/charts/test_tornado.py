"""The tornado and the chart of the warm-up: their findings in words, their order, their data."""

from __future__ import annotations

import math

import pytest

from sim.charts import style, tornado, warmup
from sim.charts.table import Footing, Interval, Label
from sim.charts.tornado import Blade, TornadoTable
from sim.charts.warmup import SettlingCurve, WarmUpTable
from sim.words import LANGS, Lang
from tests.charts.test_figures import assert_readable

NAN = math.nan
LABEL = Label("两步申报", "Two-step declaration", "1a1b2c3d4e5f")
FOOTING = Footing("0.1.0", 10, 7)
NONE = Interval(NAN, NAN, NAN)


def at(mean: float) -> Interval:
    return Interval(mean, mean - 0.1, mean + 0.1)


def blade(path: str, low: Interval, high: Interval) -> Blade:
    return Blade(path, "assumed", "share", (0.1, 0.3, 0.6), low, high, 2.0, 0.5, at(0.2), at(0.4))


def table(*, effect: bool = True) -> TornadoTable:
    blades = (
        blade("customs.review.manual_share", at(-2.4), at(-2.7)),
        blade("customs.preparation.documents", at(-1.0), at(0.5)),
        blade("customs.review.officers", NONE, at(-2.6)),
    )
    return TornadoTable("arrival_to_gate_out", "出闸", "gate-out", "h", effect, at(-2.5), blades, LABEL, FOOTING)


def settling(*, settled: float = 7.9) -> WarmUpTable:
    values = tuple(100 * (1 - math.exp(-hour / 60)) for hour in range(24 * 42 + 1))
    curves = (SettlingCurve("boxes", values, settled, 99.0), SettlingCurve("vessels", values, 0.5, 98.0))
    return WarmUpTable(curves, 14, 28, LABEL, FOOTING)


def test_the_longest_blade_comes_first_and_makes_the_title() -> None:
    assert table().ordered()[0].path == "customs.preparation.documents"
    title = tornado.title(table(), "en")
    assert "customs.preparation.documents moves it most" in title
    assert "from −2.5 to 0.50 h" in title
    assert [row["value"] for row in table().rows()] == [one.path for one in table().ordered()]
    assert table().rows()[-1]["number_at_high"] == -2.6


@pytest.mark.parametrize(
    ("settled", "words"), [(7.9, "suffices"), (20.0, "is too short"), (NAN, "too short to tell")], ids=str
)
def test_the_title_of_the_warm_up_says_whether_it_suffices(settled: float, words: str) -> None:
    assert words in warmup.title(settling(settled=settled), "en")
    assert len(settling(settled=settled).rows()) == 2 * (24 * 42 + 1)


@pytest.mark.parametrize("lang", LANGS)
def test_they_can_be_read(lang: Lang) -> None:
    with style.styled():
        assert_readable(tornado.draw(table(effect=True), lang))
        assert_readable(tornado.draw(table(effect=False), lang))
        assert_readable(warmup.draw(settling(), lang))
        assert_readable(warmup.draw(settling(settled=NAN), lang))
