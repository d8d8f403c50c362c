"""From results to the charts: the tables that they are drawn from, and where they are saved."""

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
from sim.charts.stage_table import CHANGE, DESKS, PARTS, STAGES, TOTAL, StageBar, StageTable
from sim.charts.table import Change, Flow, Footing, Interval, Label
from sim.cli.warm_up import CHART as WARM_UP
from sim.cli.warm_up import save_warm_up
from sim.experiment import Verdict, summarise
from sim.experiment.families import Judged, judged
from sim.metrics import DWELL_EDGES
from sim.scenario.grades import grades
from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult, Summary

MOST_NAMES = 4
"""Scenarios named in the folder of their charts; more are counted."""


FILES: Mapping[Flow, tuple[str, str]] = {"import": ("stages", "dwell"), "export": ("stages_export", "dwell_export")}


def save_charts(results: tuple[ScenarioResult, ...], out: Path, lang: Lang, *, compared: bool) -> Path:
    """Draw and save the charts of both flows and return their folder; with `compared`, the first result is the base."""
    folder = out / "charts" / _name(results)
    footing = _footing(results)
    found = judged(results[0], list(results[1:])) if compared else ()
    with style.styled():
        for flow, (of_stages, of_dwell) in FILES.items():
            every = (_bar(result, flow, found[k - 1] if found and k else None) for k, result in enumerate(results))
            # a scenario without the flow has no bar and no curve, beside others that have
            bars = tuple(bar for bar in every if np.isfinite(bar.total.mean))
            if bars:
                table = StageTable(bars, footing, flow)
                save(stages.draw(table, lang), table, folder / of_stages)
            curves = tuple(curve for curve in (_curve(result, flow) for result in results) if curve.gone[-1] > 0)
            if curves:
                lines = DwellTable(curves, footing, flow)
                save(dwell.draw(lines, lang), lines, folder / of_dwell)
        if len(results) == 1:
            save_warm_up(results[0], folder / WARM_UP, (_label(results[0]), footing), lang)
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


def _bar(result: ScenarioResult, flow: Flow, against: Judged | None) -> StageBar:
    means = {item.metric: item for item in summarise(result) if _is_mean(item, flow)}
    first, second, third, fourth = (_interval(means.get(stage)).mean for stage in STAGES[flow])
    return StageBar(
        label=_label(result),
        hours=(first, second, third, fourth),
        total=_interval(means.get(TOTAL[flow])),
        change=None if against is None else _change([against.told(effect) for effect in against.effects], flow),
        desks={desk: _parts(desk, means) for desk in DESKS},
    )


def _is_mean(item: Summary | Effect, flow: Flow) -> bool:
    return (item.flow, item.group, item.statistic) == (flow, "all", "mean")


def _interval(item: Summary | None) -> Interval:
    nan = float("nan")
    if item is None:
        return Interval(nan, nan, nan)
    return Interval(item.mean, nan if item.low is None else item.low, nan if item.high is None else item.high)


def _parts(desk: str, means: Mapping[str, Summary]) -> tuple[float, float, float]:
    closed, queued, service = (_interval(means.get(f"{desk}_{part}")).mean for part in PARTS)
    return closed, queued, service


def _change(effects: list[Effect], flow: Flow) -> Change | None:
    for item in effects:
        if item.metric == CHANGE[flow] and _is_mean(item, flow):
            low, high = (float("nan") if end is None else end for end in (item.low, item.high))
            return Change(Interval(item.difference, low, high), item.verdict is not Verdict.NOT_SHOWN)
    return None


def _curve(result: ScenarioResult, flow: Flow) -> DwellCurve:
    """Return the share of boxes gone by each edge of the histogram, of all boxes that arrived."""
    counts = np.zeros(len(DWELL_EDGES), dtype=np.int64) + result.dwell(TOTAL[flow], flow)
    unfinished = sum(
        row.value
        for rows in result.metrics
        for row in rows
        if (row.metric, row.flow, row.group, row.statistic) == (TOTAL[flow], flow, "all", "unfinished")
    )
    boxes = max(1.0, float(counts.sum()) + unfinished)
    gone = np.concatenate([[0.0], np.cumsum(counts[:-1]) / boxes])
    return DwellCurve(_label(result), tuple(DWELL_EDGES.tolist()), tuple(gone.tolist()))
