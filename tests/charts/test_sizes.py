"""Every figure in every size and language: nothing leaves the page or lies over anything else."""

from __future__ import annotations

from itertools import product
from types import ModuleType
from typing import Any

import pytest

from sim.charts import (
    berths,
    detection,
    dwell,
    effects,
    flows,
    heatmap,
    lines,
    queues,
    stages,
    style,
    tornado,
    warmup,
    waterfall,
    yard,
)
from sim.charts.sheet import PAGES, SIZES, Size
from sim.words import LANGS, Lang
from tests.charts import test_sweep_figures as sweeps
from tests.charts import test_tornado as tornados
from tests.charts import test_waterfall as waterfalls
from tests.charts import weeks
from tests.charts.tables import NAN, change, dwell_table, stage_table
from tests.charts.test_figures import assert_readable

FIGURES: dict[str, tuple[ModuleType, Any]] = {
    "stages alone": (stages, stage_table()),
    "stages": (stages, stage_table(*(change(-3.6 + k, -2.6 + k) for k in range(5)))),
    "stages of exports": (stages, stage_table(change(-3.6, -2.6), flow="export")),
    "dwell": (dwell, dwell_table(*range(6))),
    "effects of one": (effects, weeks.effects_table(change(-3.6, -2.6))),
    "effects of four": (effects, weeks.effects_table(change(-3, -2), change(-1, 1), change(1, 2), change(-99, -90))),
    "effects, one replication": (effects, weeks.effects_table(change(NAN, NAN))),
    "waterfall": (waterfall, waterfalls.TABLES["many"]),
    "tornado": (tornado, tornados.table(effect=True)),
    "warm-up": (warmup, tornados.settling()),
    "heat map": (heatmap, sweeps.TWO),
    "line": (lines, sweeps.ONE),
    "small pictures": (lines, sweeps.THREE),
    "queues alone": (queues, weeks.queue_table(1)),
    "queues": (queues, weeks.queue_table(5, 4000)),
    "yard alone": (yard, weeks.yard_table(1)),
    "yard": (yard, weeks.yard_table(5)),
    "one quay": (berths, weeks.berth_table(1)),
    "five quays": (berths, weeks.berth_table(5)),
    "flows": (flows, weeks.flow_table()),
    "one flow": (flows, weeks.flow_table(("import", "sea", "road", 20.0))),
    "detection alone": (detection, weeks.detection_table(1)),
    "detection": (detection, weeks.detection_table(5, change(-0.03, -0.01))),
}


CASES = [
    # each figure once, in one size and language after the other; all of them take minutes
    pytest.param(name, size, lang, marks=() if place % 6 == turn else pytest.mark.long)
    for place, name in enumerate(FIGURES)
    for turn, (size, lang) in enumerate(product(SIZES, LANGS))
]


@pytest.mark.parametrize(("name", "size", "lang"), CASES)
def test_it_is_readable(name: str, size: Size, lang: Lang) -> None:
    module, table = FIGURES[name]
    with style.styled():
        figure = module.draw(table, lang, size)
        assert_readable(figure)
    width, height = figure.get_size_inches()
    if size == "slide":
        assert width / height == pytest.approx(16 / 9)
    else:
        assert width == PAGES[size].width
    assert figure.get_label() == module.title(table, lang)


def test_letters_keep_their_size_in_a_text_column() -> None:
    from matplotlib.text import Text

    with style.styled():
        figure = stages.draw(FIGURES["stages"][1], "zh", "brief")
        sizes = [text.get_fontsize() for text in figure.findobj(Text) if text.get_text()]  # type: ignore[attr-defined]
    assert min(sizes) >= 6.5
