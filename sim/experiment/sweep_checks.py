"""What is refused before a sweep begins: values that a lever cannot have, and names that mean no number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from sim.errors import Problem, RunError, ScenarioError, SimError
from sim.experiment.batches import Batch, Measured, run_batch
from sim.experiment.design import Point, alone, points
from sim.experiment.figures import Figures
from sim.experiment.journal import Journal
from sim.experiment.refusals import refusals
from sim.experiment.replicate import Work
from sim.experiment.sweep_metrics import unknown
from sim.scenario import Scenario
from sim.scenario.sweep import KEEP, METRICS, Sweep
from sim.scenario.template import Template

LOOK_DAYS = 7
"""A run over so many days, from an empty port, knows nearly every name."""

FIRST_POINTS = 8
"""Of so many points one that can be run is looked for; else the scenario itself is looked at."""


def check_levers(sweep: Sweep, template: Template) -> None:
    """Raise ScenarioError with every value of a lever that the scenario cannot have by itself."""
    problems: list[Problem] = []
    for point in alone(sweep):
        try:
            template.point(settings(point))
        except SimError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(dict.fromkeys(problems))


def settings(point: Point) -> Point:
    """Return what a point sets: a lever that keeps what the scenario has sets nothing."""
    return {path: node for path, node in point.items() if node.value != KEEP}


def first_point(sweep: Sweep, template: Template) -> Scenario:
    """Return the first point that can be run; the scenario itself if none of the first ones can."""
    for point in islice(points(sweep), FIRST_POINTS):
        try:
            scenario = template.point(settings(point))
        except SimError:
            continue
        if not refusals(scenario):
            return scenario
    return template.base


def check_names(sweep: Sweep, looks: Iterable[Figures]) -> None:
    """Raise RunError with every metric of a sweep that means no number in any of the figures looked at.

    They are taken one after another, and no more of them than are needed.
    """
    if sweep.content.metrics == METRICS:
        return
    problems: list[Problem] = []
    for figures in looks:
        problems = unknown(sweep, figures)
        if not problems:
            return
    if problems:
        raise RunError(problems)


def looks(scenario: Scenario, journal: Journal | None = None) -> Iterator[Figures]:
    """Yield figures of a scenario to find names in: what is stored, or those of a short run and then of a whole one.

    A short run has no number of what is rare, such as a vessel class that calls once a month. Nothing is stored.
    """
    stored = journal.read(scenario.digest, (0,)) if journal is not None else {}
    known = [item.figures for item in stored.values() if item.figures is not None]
    if known:
        yield from known
        return
    days = {"warm_up_days": 0, "days": min(LOOK_DAYS, scenario.horizon.days), "cool_down_days": 0}
    short = replace(scenario, horizon=scenario.horizon.model_copy(update=days))
    for length in (short, scenario):
        measured = run_once(length)
        if measured.figures is not None:
            yield measured.figures


def run_once(scenario: Scenario) -> Measured:
    """Run one replication in this process."""
    work = Work(scenario.name, scenario.timeline, scenario.horizon, scenario.seed)
    (measured,) = run_batch(Batch(scenario.digest, (0,), work))
    return measured
