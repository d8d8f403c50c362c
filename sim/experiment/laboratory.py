"""One number of a scenario at many points of its inputs; a point that cannot be run has none, and is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from sim.errors import Problem, ScenarioError, SimError
from sim.experiment.batches import Trial
from sim.experiment.evaluate import measured_batches
from sim.experiment.inputs import Input, moved
from sim.experiment.journal import opened
from sim.experiment.options import RunOptions
from sim.experiment.refusals import refusals
from sim.experiment.subject import Subject, value_of
from sim.experiment.switches import switches
from sim.port.evidence import lookup, replaced
from sim.port.port import Port
from sim.scenario.compose import compose
from sim.scenario.digest import digest
from sim.scenario.template import Template

if TYPE_CHECKING:
    from sim.experiment.batches import Measured
    from sim.scenario import Scenario

Floats = NDArray[np.float64]
Point = tuple[Mapping[Input, float], int]
"""Input -> its value, where it is not that of the scenario; and the replication, which is the luck of the draws."""

Run = tuple[str, int]
"""Digest and replication."""


@dataclass
class Tally:
    """What became of all points: those asked for, and why some have no number, with the first reason of each kind."""

    points: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Problem] = field(default_factory=dict)

    def lose(self, kind: str, problem: Problem | None) -> None:
        """Count a point that has no number: `refused` before it was run, `failed`, or `nothing` to take a mean of."""
        self.lost[kind] += 1
        if problem is not None:
            self.reasons.setdefault(kind, problem)


class Laboratory:
    """Runs points of a scenario. With `effect` the number is its difference to the scenario without its policies."""

    def __init__(self, template: Template, subject: Subject, options: RunOptions, *, effect: bool) -> None:
        self._template, self._subject, self._options, self._effect = template, subject, options, effect
        self._known: dict[Run, float | Problem | None] = {}
        self._report: Callable[[int], None] = lambda points: None
        self.tally = Tally()

    def reporting(self, report: Callable[[int], None]) -> None:
        """Tell `report` of every point that is taken up: how many that are since the beginning."""
        self._report = report

    def numbers(self, points: Sequence[Point]) -> Floats:
        """Return the number at each point (n,), NaN where there is none. What is stored is not run again."""
        asked: list[tuple[Run, ...] | Problem] = []

        def trials() -> Iterator[Trial]:
            for values, replication in points:
                try:
                    scenarios = self._scenarios(values)
                except SimError as error:
                    asked.append(error.problems[0])
                else:
                    asked.append(tuple((scenario.digest, replication) for scenario in scenarios))
                    yield from (Trial(scenario, (replication,)) for scenario in scenarios)
                self.tally.points += 1
                self._report(self.tally.points)

        with opened(self._options.out) if self._options.out else nullcontext() as journal:

            def missing(trial: Trial) -> list[int]:
                digest = trial.scenario.digest
                left = [number for number in trial.replications if (digest, number) not in self._known]
                if journal is not None and left:
                    stored = journal.read(digest, left).values()
                    self._take(digest, [item for item in stored if item.figures is not None])
                return [number for number in left if (digest, number) not in self._known]

            with closing(measured_batches(trials(), missing, self._options, journal)) as batches:
                for scenario, measured in batches:
                    self._take(scenario.digest, measured)
        return np.array([self._number(runs) for runs in asked])

    def _scenarios(self, values: Mapping[Input, float]) -> tuple[Scenario, ...]:
        """Return the scenario at a point, and with `effect` that without policies. Raises SimError if refused."""
        made = self._made({item.path: value for item, value in values.items() if value != item.value})
        found: tuple[Scenario, ...] = (made,)
        if self._effect:
            found = (made, switches(replace(made, trees=None)).scenario(0))
        for scenario in found:
            refused = refusals(scenario)
            if refused:
                raise SimError(refused)
        return found

    def holds(self, values: Mapping[Input, float]) -> bool:
        """Return whether a point can be run; one that cannot is counted as refused."""
        try:
            self._scenarios(values)
        except SimError as error:
            self.tally.points += 1
            self.tally.lose("refused", error.problems[0])
            return False
        return True

    def _made(self, values: Mapping[str, float]) -> Scenario:
        base = self._template.base
        if not values:
            return base
        port = base.port
        for path, value in values.items():
            port = replaced(port, path, moved(lookup(port, path), value))
        try:
            port = Port.model_validate_json(port.model_dump_json(), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ScenarioError(Problem(f"{where}: {first['msg']}", ", ".join(values))) from error
        timeline, changes = compose(port, base.policies, base.horizon)
        timeline = replace(timeline, traces=base.timeline.traces)
        known = digest(timeline, base.horizon, base.seed)
        return replace(base, port=port, timeline=timeline, changes=changes, digest=known, text="", trees=None)

    def _take(self, digest: str, measured: Sequence[Measured]) -> None:
        for item in measured:
            if item.figures is None or item.violations:
                broken = [Problem(what, digest[:8]) for what in item.violations]
                self._known[digest, item.replication] = next(iter([*item.problems, *broken]))
            else:
                rows = item.figures.rows(lambda key: key == self._subject.key)
                self._known[digest, item.replication] = value_of(self._subject, rows)

    def _number(self, runs: tuple[Run, ...] | Problem) -> float:
        if isinstance(runs, Problem):
            self.tally.lose("refused", runs)
            return np.nan
        values = [self._known[run] for run in runs]
        failed = next((value for value in values if isinstance(value, Problem)), None)
        if failed is not None:
            self.tally.lose("failed", failed)
            return np.nan
        numbers = [value for value in values if isinstance(value, float)]
        if len(numbers) < len(values):
            self.tally.lose("nothing", None)
            return np.nan
        return numbers[0] - sum(numbers[1:])
