"""The charts of a sweep: which figure, what it says, and that it is saved with its data."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest

from sim.charts import heatmap, lines, style
from sim.charts.save import save
from sim.charts.sweep_points import Name, SweepPoint, SweepTable, Value
from sim.charts.table import Footing, Interval
from sim.words import LANGS, Lang

FACTOR = Name("policies.inspection_rate.factor", "查验率系数", "Inspection rate factor")
SCANNERS = Name("customs.inspection.scanners", "机检设备数", "Scanners")
SWITCH = Name("policies.two_step_declaration", "两步申报", "Two-step declaration")


def table(levers: tuple[Name, ...], values: tuple[tuple[Value, ...], ...]) -> SweepTable:
    points = tuple(
        SweepPoint(chosen, Interval(40.0 + k, 39.0 + k, 41.0 + k), f"{k:064x}")
        for k, chosen in enumerate(product(*values))
    )
    name = Name("arrival_to_release.import.all.mean", "进口：抵港至放行", "Imports: arrival to release")
    return SweepTable(name, "h", levers, points, Footing("0.1.0", 5, 28), "ab" * 32)


ONE = table((FACTOR,), ((0.6, 0.8, 1),))
TWO = table((FACTOR, SCANNERS), ((0.6, 0.8, 1), (1, 2)))
THREE = table((FACTOR, SCANNERS, SWITCH), ((0.6, 1), (1, 2), ("off", "plan")))


def texts(figure: object) -> str:
    from matplotlib.text import Text

    return "\n".join(item.get_text() for item in figure.findobj(Text))  # type: ignore[attr-defined]


def test_a_heat_map_is_for_a_whole_grid_over_two_levers() -> None:
    assert heatmap.fits(TWO)
    assert not heatmap.fits(ONE)
    assert not heatmap.fits(THREE)
    assert not heatmap.fits(SweepTable(**{**vars(TWO), "points": TWO.points[1:]}))


@pytest.mark.parametrize("lang", LANGS)
def test_a_heat_map_writes_every_number_into_its_field(lang: Lang) -> None:
    with style.styled():
        figure = heatmap.draw(TWO, lang)
    said = texts(figure)
    assert all(f"{40 + k}.0" in said for k in range(6))
    assert FACTOR.text(lang) in said
    assert SCANNERS.text(lang) in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("shown", [ONE, THREE])
def test_lines_are_for_one_lever_and_small_pictures_for_many(shown: SweepTable, lang: Lang) -> None:
    with style.styled():
        figure = lines.draw(shown, lang)
    assert len(figure.axes) == len(shown.levers)
    said = texts(figure)
    assert all(lever.text(lang) in said for lever in shown.levers)
    assert "40.0" in said


def test_the_mean_at_each_value_is_the_mean_of_its_points() -> None:
    with style.styled():
        figure = lines.draw(THREE, "en")
    mean = figure.axes[0].lines[1]
    assert [float(x) for x in mean.get_xdata()] == [0.6, 1.0]  # type: ignore[union-attr]
    assert [float(y) for y in mean.get_ydata()] == [41.5, 45.5]  # type: ignore[union-attr]


def test_a_chart_is_saved_with_its_points(tmp_path: Path) -> None:
    with style.styled():
        save(heatmap.draw(TWO, "zh"), TWO, tmp_path / "chart")
    rows = list(csv.DictReader((tmp_path / "chart.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[SCANNERS.path] for row in rows] == ["1", "2"] * 3
    assert rows[0]["value"] == "40"
    assert (tmp_path / "chart.svg").is_file()
