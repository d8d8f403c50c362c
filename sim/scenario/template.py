"""A scenario read once, and others like it but for a few values, each made in a few hundredths of a second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.errors import PolicyError, Problem, ScenarioError
from sim.port.port import Port
from sim.scenario.automatic import PATH
from sim.scenario.checked import Subject, checked
from sim.scenario.compose import compose
from sim.scenario.digest import PACKAGE, code_version, digest, source_hash
from sim.scenario.holidays import missing_years
from sim.scenario.load import NOTHING, Scenario, load
from sim.scenario.node import Node, find, plain
from sim.scenario.overrides import HEADER, with_value
from sim.scenario.schema import ScenarioFile
from sim.scenario.sources import unknown_policy_sources
from sim.scenario.switches import read_policies
from sim.scenario.text import resolved_text, written
from sim.scenario.trees import Trees
from sim.scenario.workings import Workings

MAKING = ("scenario", "policies")
"""The code between the files and a composed port."""


def making_version() -> str:
    """Return a hash of all code that makes a scenario of files and runs it."""
    return f"{code_version()}+{source_hash(PACKAGE, MAKING)}"


class Template:
    """A scenario of which points of an experiment are made: `base` as its file has it, with `options`.

    sets: values set on the command line. base: given if it has been loaded already.
    """

    def __init__(
        self, path: Path, options: Mapping[str, int], sets: Mapping[str, str] = NOTHING, base: Scenario | None = None
    ) -> None:
        self._path, self._options, self._sets = path, options, sets
        self.base = base or self._loaded({})
        self._workings = Workings()

    def around(self, base: Scenario) -> Template:
        """Return the template of the same file with another base, which that file came to."""
        days = {PATH: str(base.horizon.warm_up_days)}
        return Template(self._path, self._options, {**self._sets, **days}, base)

    def point(self, settings: Mapping[str, Node]) -> Scenario:
        """Return the scenario with values set, as load(sets=...) would, but without its text, which is not needed to
        run it. Raises ScenarioError or PolicyError with every problem.

        Only what the settings touch is read and checked again.
        """
        trees, problems = self._with(settings)
        _stop(problems, ScenarioError)
        base = self.base
        head: Any = base
        if any(path in HEADER for path in settings):
            head = checked(Subject(ScenarioFile, also=("extends",)), trees.scenario, problems)
        policies = base.policies
        of_policies: list[Problem] = []
        if any(path.startswith("policies.") for path in settings):
            policies = read_policies(trees.scenario.get("policies"), of_policies)
        port: Port | None = base.port
        if base.trees is not None and trees.port is not base.trees.port and trees.port is not None:
            port = checked(Subject(Port, also=("extends",)), trees.port, problems)
        _stop([*problems, *of_policies], ScenarioError if problems else PolicyError)
        assert port is not None  # else a problem has said why
        assert head is not None
        if base.timeline.traces is not None:
            return self._anew(settings)
        timeline, changes = compose(port, policies, head.horizon, trees.where, self._workings)
        _stop(missing_years(timeline, head.horizon, trees.where), ScenarioError)
        _stop(unknown_policy_sources(timeline, changes, base.sources, trees.where), PolicyError)
        return replace(
            base,
            port=port,
            timeline=timeline,
            policies=policies,
            horizon=head.horizon,
            replications=head.replications,
            seed=head.seed,
            changes=changes,
            text="",
            digest=digest(timeline, head.horizon, head.seed),
            trees=trees,
        )

    def _with(self, settings: Mapping[str, Node]) -> tuple[Trees, list[Problem]]:
        problems: list[Problem] = []
        trees = self.base.trees
        assert trees is not None  # a scenario that was loaded has them
        for path, node in settings.items():
            trees = with_value(trees, path, node, problems)
        return trees, problems

    def _anew(self, settings: Mapping[str, Node]) -> Scenario:
        """Return the point loaded from the files: recorded traffic is read anew under each port."""
        return self._loaded({path: written(plain(node)) for path, node in settings.items()})

    def _loaded(self, sets: Mapping[str, str]) -> Scenario:
        days, seed = (self._options.get(path) for path in ("horizon.days", "seed"))
        return load(self._path, sets={**self._sets, **sets}, days=days, seed=seed)


def with_warm_up(scenario: Scenario, days: int) -> Scenario:
    """Return a scenario whose warm-up was left to a pilot with the days that it found, as if its file had them."""
    return _with(scenario, {PATH: days})


def pilot_of(scenario: Scenario, days: int, seed: int) -> Scenario:
    """Return a scenario to be run from an empty port, with no warm-up, over so many measured days."""
    return _with(scenario, {PATH: 0, "horizon.days": days, "seed": seed})


def _with(scenario: Scenario, header: Mapping[str, int]) -> Scenario:
    """Return a scenario with other numbers in its header, its text included."""
    trees = scenario.trees
    assert trees is not None  # a scenario that was loaded has them
    nodes = {path: find(trees.scenario, tuple(path.split("."))) for path in header}
    settings = {
        path: Node(value, *(("", None) if (node := nodes[path]) is None else (node.place, node.key)))
        for path, value in header.items()
    }
    made = Template(Path(), {}, base=scenario).point(settings)
    assert made.trees is not None
    return replace(made, text=resolved_text(made.trees), auto_warm_up=False)


def _stop(problems: Any, kind: type[ScenarioError] | type[PolicyError]) -> None:
    found = list(problems)
    if found:
        raise kind(dict.fromkeys(found))
