"""Two scenarios on the same draws: each number's difference, its interval, and what that shows."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import Problem, RunError
from sim.experiment.result import ScenarioResult
from sim.experiment.statistics import Verdict, direction, interval, paired, verdict


@dataclass(frozen=True, slots=True)
class Summary:
    """One number of a scenario: mean over `n` replications with its 95 % interval (None if n < 2)."""

    metric: str
    flow: str
    group: str
    statistic: str
    unit: str
    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One number of two scenarios, paired over `n` replications: means, their difference (reform - base) with its
    95 % interval (None if n < 2), and the verdict."""

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


def summarise(result: ScenarioResult) -> list[Summary]:
    """Return every number of `result` over the replications that have it."""
    summaries = []
    for key, (unit, values) in result.values().items():
        mean = interval(list(values.values()))
        summaries.append(Summary(*key, unit, mean.mean, mean.low, mean.high, mean.n))
    return summaries


def compare(base: ScenarioResult, reform: ScenarioResult) -> list[Effect]:
    """Return the effect on every number that both have, paired by replication.

    A replication counts for a number if both scenarios have it there: `n` says how many did.
    Raises RunError if the two do not share seed and horizon: their draws would not be common.
    """
    _check_common_draws(base, reform)
    after = reform.values()
    effects = []
    for key, (unit, values) in base.values().items():
        both = sorted(values.keys() & after[key][1].keys()) if key in after else []
        if both:
            before_values, after_values = [values[i] for i in both], [after[key][1][i] for i in both]
            change = paired(before_values, after_values)
            means = interval(before_values).mean, interval(after_values).mean
            shown = verdict(change, direction(key[0], key[3], unit))
            effects.append(Effect(*key, unit, *means, change.mean, change.low, change.high, change.n, shown))
    return effects


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
