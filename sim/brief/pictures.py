"""The two charts that carry the argument: where the hours go, and what changes, or which measure did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.brief.measures import attribution_of
from sim.brief.model import Picture
from sim.brief.study import Study
from sim.words import say

if TYPE_CHECKING:
    from types import ModuleType

    from sim.charts.table import ChartTable


SHOWN = ("mean", "value")
"""Statistics in the forest plot: the percentiles stand in the table beside it."""


def of_body(study: Study) -> Iterator[Picture]:
    """Yield the pictures of the first pages; one that the results have no data for is left out."""
    from sim.charts import effects, stages, style, waterfall
    from sim.charts.effect_table import effects_table
    from sim.charts.of_findings import waterfall_table
    from sim.charts.of_results import stage_table

    with style.styled():
        where = stage_table(study.results, "import", study.found) or stage_table(study.results, "export", study.found)
        if where is not None:
            bars = tuple(replace(bar, desks={}) for bar in where.bars)
            yield _picture(study, f"stages_{where.flow}", stages, replace(where, bars=bars))
        attribution = attribution_of(study, 0)
        if attribution is not None:
            table = waterfall_table(attribution, study.base.scenario, study.reforms[0].scenario)
            yield _picture(study, "waterfall", waterfall, table)
            return
        changed = effects_table(study.base, study.reforms, study.found)
        if changed is not None:
            lines = tuple(line for line in changed.lines if line.name[3] in SHOWN)
            yield _picture(study, "forest", effects, replace(changed, lines=lines))


def _picture(study: Study, key: str, chart: ModuleType, table: ChartTable) -> Picture:
    """Return a picture: the chart's module draws the table, and its title says what is found."""
    from sim.charts.save import picture

    figure, title = chart.draw(table, study.lang, "brief"), chart.title(table, study.lang)
    about = say(f"brief.picture.{key}.alt", study.lang)
    alt = say("brief.picture.alt", study.lang, title=title, about=about)
    svg, png = (picture(figure, table, kind) for kind in ("svg", "png"))
    return Picture(key, say(f"brief.picture.{key}.caption", study.lang), alt, svg, png)
