"""The charts say what they show, in both languages, and nothing of them overlaps or leaves the page."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.charts import dwell, stages, style
from sim.charts.stage_table import StageBar, StageTable
from sim.charts.table import Interval
from sim.words import LANGS, Lang
from tests.charts.tables import BASE, FOOTING, NAN, change, dwell_table, narrow_stages, stage_table

STAGE_TABLES = {
    "alone": stage_table(),
    "one reform": stage_table(change(-3.6, -2.6)),
    "many reforms": stage_table(*(change(-3.6 + k, -2.6 + k) for k in range(7))),
    "narrow stages": narrow_stages(),
    "exports alone": stage_table(flow="export"),
    "exports": stage_table(change(-3.6, -2.6), change(2, 3), flow="export"),
}
DWELL_TABLES = {
    "alone": dwell_table(0),
    "one reform": dwell_table(4, 0),
    "many reforms": dwell_table(*range(8)),
    "exports alone": dwell_table(0, flow="export"),
    "exports": dwell_table(4, 0, flow="export"),
}


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each language in turn."""
    chosen: Lang = request.param
    return chosen


def texts(figure: Figure) -> list[Text]:
    """Return the texts that are drawn; drawing raises if a character has no glyph, for warnings are errors."""
    figure.canvas.draw()
    beyond = {
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_visible() and text.get_text() and text not in beyond]


def assert_readable(figure: Figure) -> None:
    found = texts(figure)
    page = figure.bbox
    places = [text.get_window_extent() for text in found]
    for text, place in zip(found, places, strict=True):
        inside = place.x0 >= -1 and place.y0 >= -1 and place.x1 <= page.x1 + 1 and place.y1 <= page.y1 + 1
        assert inside, f"{text.get_text()!r} leaves the page"
    for (one, at), (other, there) in combinations(zip(found, places, strict=True), 2):
        wide = min(at.x1, there.x1) - max(at.x0, there.x0)
        high = min(at.y1, there.y1) - max(at.y0, there.y0)
        assert wide < 2 or high < 4, f"{one.get_text()!r} lies over {other.get_text()!r}"


@pytest.mark.parametrize("name", STAGE_TABLES)
def test_stages_are_readable(name: str, lang: Lang) -> None:
    with style.styled():
        assert_readable(stages.draw(STAGE_TABLES[name], lang))


@pytest.mark.parametrize("name", DWELL_TABLES)
def test_dwell_is_readable(name: str, lang: Lang) -> None:
    with style.styled():
        assert_readable(dwell.draw(DWELL_TABLES[name], lang))


def test_the_title_of_stages_says_the_finding() -> None:
    assert stages.title(stage_table(change(-3.6, -2.6)), "en") == (
        "Two-step declaration takes 3.1 h (2.6–3.6) off arrival to release"
    )
    assert stages.title(stage_table(change(-3.6, -2.6)), "zh") == "两步申报：抵港至放行缩短 3.1 小时（2.6–3.6）"
    assert "adds 3.1 h" in stages.title(stage_table(change(2.6, 3.6)), "en")
    assert "no change" in stages.title(stage_table(change(-0.1, 0.2)), "en")
    assert stages.title(stage_table(change(-0.1, 0.2), change(-1, 1)), "en").startswith("No change")
    assert stages.title(stage_table(), "en").endswith("46.1 % of the time to gate-out is pick-up")


def test_exports_are_told_by_their_departure() -> None:
    title = stages.title(stage_table(change(-3.6, -2.6), flow="export"), "en")
    assert title == "Two-step declaration takes 3.1 h (2.6–3.6) off the stay of exports until departure"
    rows = stage_table(change(-3.6, -2.6), flow="export").rows()
    assert {row["metric"] for row in rows if row["statistic"] == "change"} == {"arrival_to_departure"}
    assert [row["metric"] for row in rows][:4] == ["preparation", "clearance", "after_release", "vessel_departure"]
    assert "have sailed" in dwell.title(dwell_table(0, flow="export"), "en")


def test_the_largest_change_that_is_shown_makes_the_title() -> None:
    title = stages.title(stage_table(change(-1.1, -0.9), change(-9, 3), change(1.9, 2.1)), "en")
    assert "adds 2.0 h" in title


def test_the_title_of_dwell_says_the_finding() -> None:
    assert dwell.title(dwell_table(4, 0), "en") == "Two-step declaration brings the median dwell from 108.2 to 104.2 h"
    assert dwell.title(dwell_table(4, 4), "en").startswith("Two-step declaration leaves the median dwell at")
    assert dwell.title(dwell_table(0), "zh") == "半数进口箱在 104.2 小时内出闸，九成在 187.5 小时内出闸"


def test_a_quantile_that_no_box_reaches_is_not_shown() -> None:
    curve = dwell_table(0).curves[0]
    assert np.isnan(curve.quantile(0.97))
    assert curve.quantile(0.0) == 0.0


def test_one_replication_and_missing_stages_can_be_drawn(lang: Lang) -> None:
    bar = StageBar(BASE, (9.0, 40.0, NAN, 50.0), Interval(99.0, NAN, NAN))
    with style.styled():
        assert_readable(stages.draw(StageTable((bar,), FOOTING), lang))


def test_every_axis_has_its_unit(lang: Lang) -> None:
    hours = "h" if lang == "en" else "小时"
    with style.styled():
        first, *desks = stages.draw(stage_table(), lang).axes
        assert "Hours" in first.get_xlabel() or "小时" in first.get_xlabel()
        assert [axes.get_xlabel() for axes in desks][:3] == [hours] * 3
        assert desks[3].get_xlabel() == ("min" if lang == "en" else "分钟")
        (axes,) = dwell.draw(dwell_table(0), lang).axes
        assert "%" in axes.get_ylabel()


def test_stages_differ_in_grey_too() -> None:
    looks = {(round(_grey(style.PETROFF6[k]), 1), style.HATCHES[k]) for k in range(4)}
    assert len(looks) == 4
    solid = [_grey(style.PETROFF6[k]) for k in range(4) if not style.HATCHES[k]]
    assert max(solid) - min(solid) > 0.1


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_user_s_own_settings_are_left_alone() -> None:
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    with style.styled():
        assert matplotlib.rcParams["font.size"] == style.SIZE
    assert matplotlib.rcParams["font.size"] == before


def test_neither_pyplot_nor_statistics_are_needed() -> None:
    import subprocess
    import sys

    heavy = "{'matplotlib.pyplot', 'scipy.stats', 'polars'}"
    code = f"import sys; from sim.charts import plates, save; sys.exit(str({heavy} & set(sys.modules) or ''))"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr.strip() == ""
