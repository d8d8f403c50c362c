"""`nansha run --precision`: the options, the runs, and what is said of how many replications it took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.screen import Screen
from sim.errors import Problem, RunError, SimError
from sim.words import say
from sim.words.names import line_words
from sim.words.numbers import figure, span, unit_of

if TYPE_CHECKING:
    from sim.cli.working import Wanted
    from sim.experiment import ScenarioResult
    from sim.experiment.precision import Aim, Precise
    from sim.scenario import Scenario

PrecisionOption = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="2%",
        help="Replicate until half the interval of --metric is 2% of it, or 0.5h. 重复运行至此精度。",
    ),
]
OfMetricOption = Annotated[
    str,
    typer.Option("--metric", metavar="NAME", help="Metric of --precision: metric[.flow][.group][.statistic]. 指标。"),
]
MaxReplicationsOption = Annotated[
    int, typer.Option("--max-replications", min=30, help="Replications at most with --precision. 最多重复次数。")
]


def aim_of(precision: str | None, metric: str, most: int, replications: int | None) -> Aim | None:
    """Return what is asked for; None without --precision. Raises RunError on options that do not go together."""
    from sim.experiment.precision import Aim, Target

    if precision is None:
        return None
    if replications is not None:
        what = "--precision finds the number of replications, so --replications says nothing"
        raise RunError(Problem(what, remedy="leave one of them out; --max-replications sets the most"))
    return Aim(metric, Target.read(precision), most)


def simulated_precisely(
    scenarios: list[Scenario], aim: Aim, wanted: Wanted, screen: Screen
) -> tuple[tuple[ScenarioResult, ...], tuple[Precise, ...]]:
    """Run every scenario until it is precise. Raises RunError with all that are not, once all have been run."""
    from sim.cli.progress import metered
    from sim.experiment.precision import run_precisely

    found: list[tuple[ScenarioResult, Precise]] = []
    problems: list[Problem] = []
    with metered(screen.lang) as meter:
        for scenario in scenarios:
            try:
                found.append(run_precisely(scenario, aim, wanted.options, meter))
            except SimError as error:
                problems += error.problems
    if problems:
        raise RunError(dict.fromkeys(problems))
    return tuple(result for result, _ in found), tuple(precise for _, precise in found)


def precision_words(precise: Precise, scenario: Scenario, screen: Screen) -> str:
    """Return the sentence that says how many replications were needed, and why."""
    lang, subject, interval, target = screen.lang, precise.subject, precise.interval, precise.target
    unit = unit_of(subject.unit, lang)
    wanted = f"{100 * target.size:g} %" if target.relative else f"{figure(target.size, subject.unit)} {unit}"
    low, high = (interval.mean if end is None else end for end in (interval.low, interval.high))
    return say(
        "precision.reached",
        lang,
        metric=line_words(subject.metric, subject.flow, subject.group, scenario, lang),
        statistic=say(f"statistic.{subject.statistic}", lang),
        mean=f"{figure(interval.mean, subject.unit)} {unit}",
        span=span(low, high, subject.unit, lang),
        n=interval.n,
        looks=say("mark.comma", lang).join(str(look) for look in precise.looks),
        half=f"{figure(precise.half, subject.unit)} {unit}",
        wanted=wanted,
    )


def record_of(precise: Precise) -> dict[str, Any]:
    """Return it as it stands in JSON."""
    interval, target = precise.interval, precise.target
    return {
        "metric": precise.subject.name,
        "unit": precise.subject.unit,
        "mean": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "half": precise.half,
        "wanted": target.size,
        "relative": target.relative,
        "replications": interval.n,
        "looks": list(precise.looks),
    }
