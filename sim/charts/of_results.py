"""From results to the tables of the charts of stages, of dwell and of the warm-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from sim.charts.dwell import DwellCurve, DwellTable
from sim.charts.stage_table import CHANGE, DESKS, PARTS, STAGES, TOTAL, StageBar, StageTable
from sim.charts.table import Change, Flow, Footing, Interval, Label
from sim.charts.warmup import SettlingCurve, WarmUpTable
from sim.metrics import DWELL_EDGES
from sim.scenario.grades import grades

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult, Summary
    from sim.experiment.families import Judged
    from sim.experiment.statistics import Interval as Estimate
    from sim.experiment.warm_up import Settling
    from sim.scenario import Scenario

NAN = float("nan")


def label_of(scenario: Scenario) -> Label:
    """Return what a chart calls a scenario."""
    return Label(scenario.zh, scenario.en, scenario.digest)


def footing_of(scenario: Scenario, replications: int | None = None) -> Footing:
    """Return what is written below a chart: so many `replications`, or those of the scenario."""
    number = scenario.replications if replications is None else replications
    return Footing(version("nansha-sim"), number, scenario.horizon.days, grades(scenario))


def interval_of(found: Estimate | Summary | None) -> Interval:
    """Return a mean with its interval; NaN for what there is not."""
    if found is None:
        return Interval(NAN, NAN, NAN)
    return Interval(found.mean, NAN if found.low is None else found.low, NAN if found.high is None else found.high)


def change_of(effect: Effect) -> Change:
    """Return an effect as charts draw it; `shown` by its verdict."""
    from sim.experiment.statistics import Verdict

    low, high = (NAN if end is None else end for end in (effect.low, effect.high))
    good = {Verdict.BETTER: True, Verdict.WORSE: False}.get(effect.verdict)
    return Change(Interval(effect.difference, low, high), effect.verdict is not Verdict.NOT_SHOWN, good)


def stage_table(results: Sequence[ScenarioResult], flow: Flow, judged: Sequence[Judged] = ()) -> StageTable | None:
    """Return where the hours of a flow go, a bar for each result that has it; None if none has.

    judged: of a comparison with the first result, what was found of each of the others.
    """
    found = (None, *judged) if judged else (None,) * len(results)
    every = (_bar(result, flow, against) for result, against in zip(results, found, strict=True))
    # a scenario without the flow has no bar, beside others that have
    bars = tuple(bar for bar in every if np.isfinite(bar.total.mean))
    return StageTable(bars, footing_of(results[0].scenario), flow) if bars else None


def dwell_table(results: Sequence[ScenarioResult], flow: Flow) -> DwellTable | None:
    """Return how long the boxes of a flow stay, a curve for each result that has it; None if none has."""
    curves = tuple(curve for curve in (_curve(result, flow) for result in results) if curve.gone[-1] > 0)
    return DwellTable(curves, footing_of(results[0].scenario), flow) if curves else None


def warm_up_table(result: ScenarioResult) -> WarmUpTable | None:
    """Return how the port settles; None if the replications did not record it."""
    from sim.experiment.warm_up import warm_up

    found, scenario = warm_up(result), result.scenario
    if found is None:
        return None
    curves = (_settling("boxes", found.boxes), _settling("vessels", found.vessels))
    return WarmUpTable(curves, found.given, scenario.horizon.days, label_of(scenario), footing_of(scenario))


def _settling(name: str, settling: Settling) -> SettlingCurve:
    settled = NAN if settling.days is None else settling.days
    return SettlingCurve(name, tuple(settling.series.tolist()), settled, settling.cut.mean)


def _bar(result: ScenarioResult, flow: Flow, against: Judged | None) -> StageBar:
    from sim.experiment import summarise

    rows = summarise(result, lambda key: key[1:3] == (flow, "all"))
    means = {item.metric: item for item in rows if _is_mean(item, flow)}
    first, second, third, fourth = (interval_of(means.get(stage)).mean for stage in STAGES[flow])
    return StageBar(
        label=label_of(result.scenario),
        hours=(first, second, third, fourth),
        total=interval_of(means.get(TOTAL[flow])),
        change=None if against is None else _change(against, flow),
        desks={desk: _parts(desk, means) for desk in DESKS},
    )


def _is_mean(item: Summary | Effect, flow: Flow) -> bool:
    return (item.flow, item.group, item.statistic) == (flow, "all", "mean")


def _parts(desk: str, means: Mapping[str, Summary]) -> tuple[float, float, float]:
    closed, queued, service = (interval_of(means.get(f"{desk}_{part}")).mean for part in PARTS)
    return closed, queued, service


def _change(against: Judged, flow: Flow) -> Change | None:
    for item in against.effects:
        if item.metric == CHANGE[flow] and _is_mean(item, flow):
            return change_of(against.told(item))
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
    return DwellCurve(label_of(result.scenario), tuple(DWELL_EDGES.tolist()), tuple(gone.tolist()))
