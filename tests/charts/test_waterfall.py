"""The waterfall of an attribution: it says what it shows, in both languages, and its steps add up."""

from __future__ import annotations

import math

import pytest

from sim.charts import style, waterfall
from sim.charts.table import Interval
from sim.charts.waterfall import Step, WaterfallTable
from sim.words import LANGS, Lang
from tests.charts.tables import BASE, FOOTING, NAN, REFORM
from tests.charts.test_figures import assert_readable, texts

NAMES = (
    ("advance_declaration", "提前申报", "Advance declaration"),
    ("clearance_24h", "全天候通关（含审单、查验与闸口）", "Round-the-clock clearance of review, inspection and gate"),
    ("duty_guarantee", "关税保证保险", "Duty guarantee"),
)


def table(base: float, *shares: tuple[float, float, float], unit: str = "h") -> WaterfallTable:
    """Return a table with a share (mean, low, high) for each policy."""
    steps = tuple(Step(*NAMES[k % 3], Interval(*share)) for k, share in enumerate(shares))
    end = base + sum(share[0] for share in shares)
    ends = Interval(base, base - 1, base + 1), Interval(end, end - 1, end + 1)
    words = ("进口：抵港至出闸，均值", "Imports: arrival to gate-out, mean")
    name = "arrival_to_gate_out.import.all.mean"
    return WaterfallTable(name, *words, unit, *ends, steps, (BASE, REFORM), FOOTING)


TABLES = {
    "savings": table(109.7, (-9.1, -9.6, -8.6), (-5.2, -5.9, -4.5), (-0.02, -0.1, 0.06)),
    "both ways": table(60, (-11.7, -12, -11), (4.0, 3.1, 4.9)),
    "from zero": table(3.0, (-1.5, -1.9, -1.1), (2.5, 1, 4)),
    "share": table(0.62, (0.031, 0.02, 0.042), (-0.004, -0.01, 0.002), unit="share"),
    "one replication": table(60, (-11.7, NAN, NAN), (4.0, NAN, NAN)),
    "many": table(100, *((-3.0 + k, -3.6 + k, -2.4 + k) for k in range(8))),
    "nothing": table(50, (0, 0, 0)),
}


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each language in turn."""
    chosen: Lang = request.param
    return chosen


@pytest.mark.parametrize("name", TABLES)
def test_it_can_be_read(name: str, lang: Lang) -> None:
    with style.styled():
        assert_readable(waterfall.draw(TABLES[name], lang))


def test_the_title_is_the_finding(lang: Lang) -> None:
    said = waterfall.title(TABLES["savings"], lang)
    assert "−9.1" in said
    assert "−14.3" in said
    assert ("提前申报" if lang == "zh" else "Advance declaration") in said
    for name in ("one replication", "nothing"):
        assert ("未显现" if lang == "zh" else "no share") in waterfall.title(TABLES[name], lang)


def test_the_bars_lead_from_base_to_reform() -> None:
    with style.styled():
        (axes,) = waterfall.draw(TABLES["both ways"], "en").axes
        bars = sorted(axes.patches, key=lambda bar: bar.get_y())
        places = [sorted((bar.get_x(), bar.get_x() + bar.get_width())) for bar in bars]
    assert places[0][1] == pytest.approx(60)
    assert places[1] == pytest.approx([48.3, 60])
    assert places[2] == pytest.approx([48.3, 52.3])
    assert places[3][1] == pytest.approx(52.3)


def test_a_cut_axis_says_so() -> None:
    with style.styled():
        cut, whole = (waterfall.draw(TABLES[name], "en") for name in ("savings", "from zero"))
        assert any("does not begin at 0" in text.get_text() for text in texts(cut))
        assert not any("does not begin at 0" in text.get_text() for text in texts(whole))
        assert whole.axes[0].get_xlim()[0] == 0


def test_the_data_stand_beside_it() -> None:
    rows = TABLES["savings"].rows()
    assert [row["step"] for row in rows] == ["base", *(name for name, _, _ in NAMES), "reform"]
    steps = [float(str(row["value"])) for row in rows]
    assert steps[0] + sum(steps[1:-1]) == pytest.approx(steps[-1])
    assert math.isnan(float(str(TABLES["one replication"].rows()[1]["low_95"])))
