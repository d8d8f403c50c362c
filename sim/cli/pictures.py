"""The charts that a run or a comparison saves beside its results."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import dwell, stages, style, warmup
from sim.charts.of_results import dwell_table, stage_table, warm_up_table
from sim.charts.save import save
from sim.charts.table import Flow
from sim.experiment.families import judged
from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

MOST_NAMES = 4
"""Scenarios named in the folder of their charts; more are counted."""

FILES: Mapping[Flow, tuple[str, str]] = {"import": ("stages", "dwell"), "export": ("stages_export", "dwell_export")}
WARM_UP = "warm_up"


def save_charts(results: tuple[ScenarioResult, ...], out: Path, lang: Lang, *, compared: bool) -> Path:
    """Draw and save the charts of both flows and return their folder; with `compared`, the first result is the base."""
    folder = out / "charts" / folder_name(results)
    found = judged(results[0], list(results[1:])) if compared else ()
    with style.styled():
        for flow, (of_stages, of_dwell) in FILES.items():
            bars, curves = stage_table(results, flow, found), dwell_table(results, flow)
            if bars:
                save(stages.draw(bars, lang), bars, folder / of_stages)
            if curves:
                save(dwell.draw(curves, lang), curves, folder / of_dwell)
        settling = warm_up_table(results[0]) if len(results) == 1 else None
        if settling:
            save(warmup.draw(settling, lang), settling, folder / WARM_UP)
    return folder


def folder_name(results: tuple[ScenarioResult, ...]) -> str:
    """Return the name of the folder for the charts of these results."""
    names = [result.scenario.name for result in results]
    shown = names[:MOST_NAMES] + ([f"{len(names) - MOST_NAMES}-more"] if len(names) > MOST_NAMES else [])
    content = " ".join(f"{result.scenario.digest} {result.scenario.replications}" for result in results)
    return "-".join([*shown, hashlib.sha256(content.encode()).hexdigest()[:8]])
