"""From results to the two charts: the tables that they are drawn from, and where they are saved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.charts import dwell, stages, style
from sim.charts.dwell import DwellCurve, DwellTable
from sim.charts.save import save
from sim.charts.stage_table import DESKS, PARTS, STAGES, StageBar, StageTable
from sim.charts.table import Change, Footing, Interval, Label
from sim.cli.evidence import grades
from sim.experiment import Verdict, compare, summarise
from sim.metrics import DWELL_EDGES
from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult, Summary

MOST_NAMES = 4
"""Scenarios named in the folder of their charts; more are counted."""


def save_charts(results: tuple[ScenarioResult, ...], out: Path, lang: Lang, *, compared: bool) -> Path:
    """Draw and save both charts and return their folder; with `compared`, the first result is the base."""
    folder = out / "charts" / _name(results)
    footing = _footing(results)
    bars = tuple(_bar(result, results[0] if compared and k else None) for k, result in enumerate(results))
    curves = tuple(_curve(result) for result in results)
    with style.styled():
        if any(np.isfinite(bar.total.mean) for bar in bars):
            table = StageTable(bars, footing)
            save(stages.draw(table, lang), table, folder / "stages")
        if any(curve.gone[-1] > 0 for curve in curves):
            lines = DwellTable(curves, footing)
            save(dwell.draw(lines, lang), lines, folder / "dwell")
    return folder


def _name(results: tuple[ScenarioResult, ...]) -> str:
    names = [result.scenario.name for result in results]
    shown = names[:MOST_NAMES] + ([f"{len(names) - MOST_NAMES}-more"] if len(names) > MOST_NAMES else [])
    content = " ".join(f"{result.scenario.digest} {result.scenario.replications}" for result in results)
    return "-".join([*shown, hashlib.sha256(content.encode()).hexdigest()[:8]])


def _footing(results: tuple[ScenarioResult, ...]) -> Footing:
    first = results[0].scenario
    return Footing(version("nansha-sim"), first.replications, first.horizon.days, grades(first))


def _label(result: ScenarioResult) -> Label:
    scenario = result.scenario
    return Label(scenario.zh, scenario.en, scenario.digest)


def _bar(result: ScenarioResult, base: ScenarioResult | None) -> StageBar:
    means = {item.metric: item for item in summarise(result) if _is_mean(item)}
    first, second, third, fourth = (_interval(means.get(stage)).mean for stage in STAGES)
    return StageBar(
        label=_label(result),
        hours=(first, second, third, fourth),
        total=_interval(means.get("arrival_to_gate_out")),
        release=None if base is None else _release(compare(base, result)),
        desks={desk: _parts(desk, means) for desk in DESKS},
    )


def _is_mean(item: Summary | Effect) -> bool:
    return (item.flow, item.group, item.statistic) == ("import", "all", "mean")


def _interval(item: Summary | None) -> Interval:
    nan = float("nan")
    if item is None:
        return Interval(nan, nan, nan)
    return Interval(item.mean, nan if item.low is None else item.low, nan if item.high is None else item.high)


def _parts(desk: str, means: Mapping[str, Summary]) -> tuple[float, float, float]:
    closed, queued, service = (_interval(means.get(f"{desk}_{part}")).mean for part in PARTS)
    return closed, queued, service


def _release(effects: list[Effect]) -> Change | None:
    for item in effects:
        if item.metric == "arrival_to_release" and _is_mean(item):
            low, high = (float("nan") if end is None else end for end in (item.low, item.high))
            return Change(Interval(item.difference, low, high), item.verdict is not Verdict.NOT_SHOWN)
    return None


def _curve(result: ScenarioResult) -> DwellCurve:
    """Return the share of boxes gone by each edge of the histogram, of all boxes whose vessel arrived."""
    counts = result.dwell("arrival_to_gate_out")
    unfinished = sum(
        row.value
        for rows in result.metrics
        for row in rows
        if (row.metric, row.flow, row.group, row.statistic) == ("arrival_to_gate_out", "import", "all", "unfinished")
    )
    boxes = max(1.0, float(counts.sum()) + unfinished)
    gone = np.concatenate([[0.0], np.cumsum(counts[:-1]) / boxes])
    return DwellCurve(_label(result), tuple(DWELL_EDGES.tolist()), tuple(gone.tolist()))
