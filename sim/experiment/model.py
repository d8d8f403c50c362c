"""A scenario as a function of numbers: what an optimiser or the EMA Workbench calls, point by point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sim.errors import LoadError
from sim.experiment import evaluate as engine
from sim.experiment.options import RunOptions
from sim.experiment.pilot import settled_template
from sim.experiment.refusals import refusals
from sim.experiment.subject import find, values_of
from sim.scenario.node import made
from sim.scenario.sweep import METRICS
from sim.scenario.template import Template

Value = float | str | bool
PLACE = "sim.evaluate"


@dataclass(frozen=True)
class Model:
    """A scenario, the numbers wanted of it, and how it is run.

    scenario: path of the file. outcomes: name of each number -> metric[.flow][.group][.statistic].
    replications: over which each number is a mean, on the same draws for every call. days: measured, None is as the
    file has it. options: with `out`, what was asked before is read there.
    """

    scenario: Path
    outcomes: Mapping[str, str] = field(default_factory=lambda: {name: name for name in METRICS[:4]})
    replications: int = 3
    days: int | None = None
    options: RunOptions = field(default_factory=lambda: RunOptions(workers=1))

    @cached_property
    def template(self) -> Template:
        """The scenario, read once."""
        numbers = {} if self.days is None else {"horizon.days": self.days}
        return settled_template(Template(Path(self.scenario), numbers), self.options)[0]

    def __call__(
        self, levers: Mapping[str, Value] | None = None, uncertainties: Mapping[str, Value] | None = None, **more: Value
    ) -> dict[str, float]:
        """Return outcome -> mean over the replications, with dotted paths set as --set sets them.

        What a planner chooses and what nobody knows are both values of the scenario; an uncertainty of the same path
        comes after the lever. `more` takes them one by one, with __ for each dot, which is how the EMA Workbench
        calls. Raises ScenarioError, PolicyError, LoadError or RunError.
        """
        named = {path.replace("__", "."): value for path, value in more.items()}
        settings = {**(levers or {}), **(uncertainties or {}), **named}
        scenario = self.template.point({path: made(_plain(value), PLACE) for path, value in settings.items()})
        problems = refusals(scenario)
        if problems:
            raise LoadError(problems)
        numbers = tuple(range(self.replications))
        found = engine.evaluate([engine.Trial(scenario, numbers)], self.options)
        rows = [found[scenario.digest, number] for number in numbers]
        means = {}
        for name, asked in self.outcomes.items():
            values = values_of(find(asked, rows[0]), rows, scenario.name)
            means[name] = sum(values) / len(values)
        return means


def _plain(value: Value) -> Value:
    """Return a number as Python has it: those of NumPy are no plain data."""
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def evaluate(
    levers: Mapping[str, Value], uncertainties: Mapping[str, Value] | None = None, *, model: Model
) -> dict[str, float]:
    """Return outcome -> mean over replications of `model` at one point; functools.partial binds the model.

    levers, uncertainties: dotted paths, as --set takes them, with what is chosen and what is assumed there. Raises
    ScenarioError, PolicyError, LoadError or RunError.
    """
    return model(levers, uncertainties)
