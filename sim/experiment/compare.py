"""Two scenarios on the same draws: each number's difference, its interval, and what that shows."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import Problem, RunError
from sim.experiment.pooled import pooled
from sim.experiment.result import Keep, Key, ScenarioResult
from sim.experiment.short_runs import short
from sim.experiment.statistics import Interval, Verdict, direction, intervals, verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """One number of a scenario: mean over `n` replications with its 95 % interval (None if n < 2).

    short: whether the runs are too short, or have too few boxes of the group, for the interval to be trusted.
    """

    metric: str
    flow: str
    group: str
    statistic: str
    unit: str
    mean: float
    low: float | None
    high: float | None
    n: int
    short: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """One number of two scenarios, paired over `n` replications: means, their difference (reform - base) with its
    95 % interval (None if n < 2), and the verdict. short: as of a `Summary`, in the base or in the reform."""

    metric: str
    flow: str
    group: str
    statistic: str
    unit: str
    base: float
    reform: float
    difference: float
    low: float | None
    high: float | None
    n: int
    verdict: Verdict
    short: bool = False


def summarise(result: ScenarioResult, keep: Keep | None = None) -> list[Summary]:
    """Return every number of `result` over the replications that have it; percentiles are those of all their boxes.

    keep: which numbers, all statistics of a metric, flow and group together, as they are judged by one another.
    """
    found = result.values(keep)
    marked, of_all = short(found), pooled(found)
    means = intervals([list(of_all.get(key, values).values()) for key, (_, values) in found.items()])
    return [
        Summary(*key, unit, mean.mean, mean.low, mean.high, mean.n, key in marked)
        for (key, (unit, _)), mean in zip(found.items(), means, strict=True)
    ]


def compare(base: ScenarioResult, reform: ScenarioResult, keep: Keep | None = None) -> list[Effect]:
    """Return the effect on every number that both have, paired by replication; keep: which, as of `summarise`.

    A replication counts for a number if both scenarios have it there: `n` says how many did. Percentiles are those of
    the boxes of all replications (see `sim.experiment.pooled`).
    Raises RunError if the two do not share seed and horizon: their draws would not be common.
    """
    _check_common_draws(base, reform)
    before, after = base.values(keep), reform.values(keep)
    marked = short(before) | short(after)
    of_all = pooled(before), pooled(after)
    units: dict[Key, str] = {}
    befores, afters = list[list[float]](), list[list[float]]()
    for key, (unit, ours) in before.items():
        if key not in after:
            continue
        theirs = after[key][1]
        if all(key in percentiles for percentiles in of_all):
            ours, theirs = (percentiles[key] for percentiles in of_all)
        both = sorted(ours.keys() & theirs.keys())
        if both:
            units[key] = unit
            befores.append([ours[i] for i in both])
            afters.append([theirs[i] for i in both])
    pairs = zip(befores, afters, strict=True)
    changes = intervals([[y - x for x, y in zip(*pair, strict=True)] for pair in pairs])
    means = zip(intervals(befores), intervals(afters), strict=True)
    return [
        _effect(key, unit, (one.mean, other.mean), change, short=key in marked)
        for (key, unit), change, (one, other) in zip(units.items(), changes, means, strict=True)
    ]


def _effect(key: Key, unit: str, means: tuple[float, float], change: Interval, *, short: bool) -> Effect:
    shown = verdict(change, direction(key[0], key[3], unit))
    return Effect(*key, unit, *means, change.mean, change.low, change.high, change.n, shown, short)


def _check_common_draws(base: ScenarioResult, reform: ScenarioResult) -> None:
    problems = [
        Problem(
            f"{reform.scenario.name} has {what} {theirs}, {base.scenario.name} has {ours}: their draws are not common",
            remedy=f"give both the same {what}",
        )
        for what, ours, theirs in (
            ("seed", base.scenario.seed, reform.scenario.seed),
            ("horizon", _days(base), _days(reform)),
        )
        if ours != theirs
    ]
    if problems:
        raise RunError(problems)


def _days(result: ScenarioResult) -> str:
    horizon = result.scenario.horizon
    days = f"{horizon.warm_up_days} + {horizon.days} + {horizon.cool_down_days} days"
    return f"{days} from {horizon.start}"
