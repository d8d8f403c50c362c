"""What `run` and `compare` do alike: load every file, refuse what cannot hold, simulate, save the charts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.pilot import pilot_record, save_pilot, with_warm_up
from sim.cli.screen import Screen, shown_path
from sim.errors import Problem, ScenarioError, SimError

if TYPE_CHECKING:
    from sim.experiment import RunOptions, ScenarioResult
    from sim.experiment.pilot import Pilot
    from sim.scenario import Scenario


NOT_TO_BE_USED = 1
"""Exit code of a run that its own checks found broken."""


@dataclass(frozen=True)
class Wanted:
    """What the user asked for, beside the files."""

    out: Path
    workers: int | None = None
    keep_boxes: bool = False
    sets: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int | None] = field(default_factory=dict)
    """days, replications and seed; None is what the file says."""

    @property
    def options(self) -> RunOptions:
        """How to run it."""
        from sim.experiment import RunOptions

        return RunOptions(workers=self.workers or os.cpu_count() or 1, out=self.out, keep_boxes=self.keep_boxes)


def warmed_up(files: list[Path], wanted: Wanted, screen: Screen) -> tuple[list[Scenario], Pilot | None]:
    """Return the scenarios as `loaded` does, each with its warm-up, and the pilot that found it, if any."""
    return with_warm_up(loaded(files, wanted, screen), wanted.options, screen)


def loaded(files: list[Path], wanted: Wanted, screen: Screen) -> list[Scenario]:
    """Return the scenarios. Raises with the problems of all files, or with every overloaded station."""
    from sim.cli.loads import refuse_overload, remarks
    from sim.scenario import load

    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for file in files:
        try:
            scenarios.append(load(file, sets=wanted.sets, **wanted.numbers))
        except SimError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    refuse_overload(scenarios)
    found = [remark for scenario in scenarios for remark in remarks(scenario, scenario.name, screen.lang)]
    for remark in dict.fromkeys(found):
        screen.warn(remark)
    return scenarios


def simulated(scenarios: list[Scenario], wanted: Wanted, screen: Screen) -> tuple[ScenarioResult, ...]:
    """Run all replications, showing how far they are, and return the results."""
    from sim.cli.progress import metered
    from sim.experiment import run

    with metered(screen.lang) as meter:
        return run(scenarios, wanted.options, meter)


def finish(
    results: tuple[ScenarioResult, ...],
    wanted: Wanted,
    screen: Screen,
    record: dict[str, Any],
    *,
    compared: bool = False,
    pilot: Pilot | None = None,
) -> None:
    """Save the charts, say where everything went, and fail if the run's own checks found its numbers broken."""
    from sim.cli.pictures import save_charts

    charts = save_charts(results, wanted.out, screen.lang, compared=compared)
    save_pilot(pilot, charts, screen.lang)  # in the place of a run's own, which is shorter
    if screen.as_json:
        screen.dump(record | pilot_record(pilot) | {"results": shown_path(wanted.out), "charts": shown_path(charts)})
    else:
        screen.line()
        screen.line(screen.say("run.saved", path=shown_path(wanted.out)))
        screen.line(screen.say("run.charts", path=shown_path(charts)))
    broken = [
        Problem(what, result.scenario.name, "do not use these numbers; report it with the scenario file")
        for result in results
        for what in result.violations
    ]
    if broken:
        screen.problems(broken)
        raise typer.Exit(NOT_TO_BE_USED)
