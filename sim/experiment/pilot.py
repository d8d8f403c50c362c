"""`warm_up_days: auto`: a pilot finds after how many days a port that starts empty has settled.

Each scenario that leaves its warm-up open is run PILOT_REPLICATIONS times over PILOT_DAYS, from an empty port and on
draws of its own; where that is too short to tell, over twice as many days, and at last over LONGEST_DAYS. MSER-5 looks
at the mean over the replications of the vessels and of the boxes in the port, hour by hour, as Hoad, Robinson and
Davies (2010) do, https://doi.org/10.1057/jors.2009.87. The later of both cuts, rounded up to whole days, is the
warm-up; scenarios that are run together share the longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.errors import Problem, RunError
from sim.experiment.options import Progress, RunOptions
from sim.experiment.result import ScenarioResult
from sim.experiment.run import run
from sim.experiment.warm_up import WarmUp, warm_up
from sim.scenario.automatic import AUTO, PATH
from sim.scenario.template import pilot_of, with_warm_up

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.template import Template

PILOT_DAYS = 84
LONGEST_DAYS = 4 * PILOT_DAYS
PILOT_REPLICATIONS = 5
OWN_DRAWS = 1 << 62
"""This bit of the seed turned over gives the pilot draws that the runs do not have."""

WRITE = f"write the days, as in {PATH}: 28"


@dataclass(frozen=True)
class Pilot:
    """The pilot that decided: of which scenario, what it found, and the days that all are given."""

    scenario: Scenario
    result: ScenarioResult
    found: WarmUp
    days: int


def settled(
    scenarios: Sequence[Scenario], options: RunOptions, progress: Progress | None = None
) -> tuple[list[Scenario], Pilot | None]:
    """Return the scenarios with the days of their warm-up, and the pilot that found them; None if all had theirs.

    A scenario whose policies begin or end within the run does not settle; it takes what the others found. With
    `options.out` pilots are stored there like other runs. Raises RunError if a port does not settle within the pilot,
    or if there is none that could.
    """
    asking = [scenario for scenario in scenarios if scenario.auto_warm_up]
    if not asking:
        return list(scenarios), None
    problems = [_of_traces(scenario) for scenario in asking if scenario.timeline.traces is not None]
    _stop(problems)
    steady = [scenario for scenario in asking if len(scenario.timeline.ports) == 1]
    if not steady:
        what = f"{asking[0].name}: policies begin or end within the run, so it does not settle"
        _stop([Problem(what, asking[0].where(PATH), f"{WRITE}; or compare it with a base, whose warm-up it shares")])
    pilots = _pilots(steady, options, progress)
    longest = max(pilots, key=lambda pilot: pilot.days)
    chosen = [with_warm_up(s, longest.days) if s.auto_warm_up else s for s in scenarios]
    return chosen, longest


def settled_template(
    template: Template, options: RunOptions, progress: Progress | None = None
) -> tuple[Template, Pilot | None]:
    """Return a template whose base has its warm-up, after a pilot if need be: all points share it."""
    if not template.base.auto_warm_up:
        return template, None
    (base,), pilot = settled([template.base], options, progress)
    return template.around(base), pilot


def _pilots(asking: Sequence[Scenario], options: RunOptions, progress: Progress | None) -> list[Pilot]:
    """Return the pilot of each scenario, run anew over more days where it was too short."""
    found: list[Pilot] = []
    days = PILOT_DAYS
    while asking:
        results = run([_pilot(scenario, days) for scenario in asking], options, progress)
        settling = [(scenario, result, warm_up(result)) for scenario, result in zip(asking, results, strict=True)]
        found += [Pilot(s, r, w, w.needed) for s, r, w in settling if w is not None and w.needed is not None]
        short = [(s, w) for s, _, w in settling if w is not None and w.needed is None]
        if days == LONGEST_DAYS:
            _stop([_too_short(scenario, settling) for scenario, settling in short])
        asking, days = [scenario for scenario, _ in short], 2 * days
    return found


def _pilot(scenario: Scenario, days: int) -> Scenario:
    made = pilot_of(scenario, days, scenario.seed ^ OWN_DRAWS)
    zh, en = f"{scenario.zh}（试运行）", f"{scenario.en} (pilot)"
    return replace(made, name=f"{scenario.name}-pilot", zh=zh, en=en, replications=PILOT_REPLICATIONS)


def _too_short(scenario: Scenario, found: WarmUp) -> Problem:
    late = " and ".join(name for name in ("vessels", "boxes") if getattr(found, name).days is None)
    what = (
        f"{scenario.name}: a pilot of {PILOT_REPLICATIONS} replications of {LONGEST_DAYS} days is too short to tell "
        f"when the {late} in the port settle: MSER-5 would leave out more than half of it"
    )
    remedy = f"{WRITE}; nansha check tells whether a station is near its limit, where a port takes long to settle"
    return Problem(what, scenario.where(PATH), remedy)


def _of_traces(scenario: Scenario) -> Problem:
    what = f"{scenario.name}: {PATH}: {AUTO} needs drawn traffic: a pilot cannot go on beyond recorded calls"
    return Problem(what, scenario.where(PATH), WRITE)


def _stop(problems: Sequence[Problem]) -> None:
    if problems:
        raise RunError(problems)
