"""Load a scenario: files in, one frozen value out, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from sim.errors import Place, PolicyError, Problem, ScenarioError
from sim.policies.base import Policy
from sim.port.port import Horizon, Port, PortTimeline
from sim.scenario.automatic import asks_for_auto, checked_word
from sim.scenario.checked import Subject, checked
from sim.scenario.compose import Change, compose
from sim.scenario.digest import digest
from sim.scenario.holidays import missing_years
from sim.scenario.merge import merged
from sim.scenario.node import Where
from sim.scenario.overrides import overridden, with_option
from sim.scenario.project import Project, given_file
from sim.scenario.schema import ScenarioFile, Source
from sim.scenario.sources import dotted_keys, unknown_policy_sources, unknown_sources
from sim.scenario.switches import read_policies
from sim.scenario.text import resolved_text
from sim.scenario.traces import TraceReader
from sim.scenario.trees import Trees

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Scenario:
    """A port, its policies, a horizon and a seed: all that is run, and what it rests on.

    name: stem of the file. port: before policies. timeline: which port holds when, policies in force, and the traces.
    policies: in written order, those that are off left out. text: the scenario resolved to one YAML document.
    digest: sha-256 of all that shapes one replication, code included. auto_warm_up: the days of the warm-up are still
    to be found by a pilot (`sim.experiment.pilot`), and the scenario cannot be run before.
    """

    name: str
    zh: str
    en: str
    port: Port
    timeline: PortTimeline
    policies: Mapping[str, Policy]
    horizon: Horizon
    replications: int
    seed: int
    changes: tuple[Change, ...]
    sources: Mapping[str, Source]
    text: str
    digest: str
    trees: Trees | None = field(default=None, repr=False, compare=False)
    auto_warm_up: bool = False

    def where(self, path: str) -> Where:
        """Return the place in the files of a dotted path of the port; the path itself for a scenario made without."""
        return self.trees.where(path) if self.trees is not None else path


def load(
    path: Path,
    *,
    sets: Mapping[str, str] = NOTHING,
    days: int | None = None,
    replications: int | None = None,
    seed: int | None = None,
) -> Scenario:
    """Return the scenario in a file, with values set on the command line.

    Raises ScenarioError, or PolicyError if only policies are at fault, with every problem found.
    """
    options = {"horizon.days": days, "replications": replications, "seed": seed}
    return _Loading(Path(path)).scenario(sets, {key: value for key, value in options.items() if value is not None})


class _Loading:
    """One load: the files read so far and the problems found in them."""

    def __init__(self, given: Path) -> None:
        self._given = given
        self._unread: list[Problem] = []
        self._problems: list[Problem] = []
        self._of_policies: list[Problem] = []
        if not given_file(given, self._unread):
            self._stop()
        self._project = Project(given, self._unread)

    def scenario(self, sets: Mapping[str, str], options: Mapping[str, int]) -> Scenario:
        """Return the scenario. Raises with every problem of a stage: reading and checking, then composing."""
        trees = self._trees(sets, options)
        sources = self._sources()
        part = self._project.incomplete
        file = Subject(ScenarioFile, also=("extends",), in_part=part)
        head: ScenarioFile | None = checked(file, checked_word(trees.scenario, self._problems), self._problems)
        policies = read_policies(trees.scenario.get("policies"), self._of_policies)
        port: Port | None = None
        if trees.port is not None:
            port = checked(Subject(Port, also=("extends",), in_part=part), trees.port, self._problems)
            self._problems += [*dotted_keys(trees.port), *unknown_sources(trees.port, sources)]
        self._stop()
        assert head is not None  # else a problem has said why
        assert port is not None
        timeline, changes = self._composed(port, policies, head.horizon, trees)
        timeline, trees = self._traced(timeline, head, trees)
        self._of_policies += unknown_policy_sources(timeline, changes, sources, trees.where)
        self._stop()
        return Scenario(
            name=self._given.stem,
            zh=head.title.zh,
            en=head.title.en,
            port=port,
            timeline=timeline,
            policies=policies,
            horizon=head.horizon,
            replications=head.replications,
            seed=head.seed,
            changes=changes,
            sources=sources,
            text=resolved_text(trees),
            digest=digest(timeline, head.horizon, head.seed),
            trees=trees,
            auto_warm_up=asks_for_auto(trees.scenario),
        )

    def _trees(self, sets: Mapping[str, str], options: Mapping[str, int]) -> Trees:
        """Return the scenario and its port, everything that they extend and all that was set merged in."""
        scenario = self._project.resolved(self._given)
        if scenario is None:
            self._stop()
        assert scenario is not None  # else a problem has said why
        for path, value in options.items():
            scenario = with_option(scenario, path, value, f"--{path.rpartition('.')[2]}")
        entry, values = scenario.get("port"), scenario.get("values")
        port = entry if entry is not None and entry.mapping else None
        if entry is not None and port is None:
            file = self._project.follow(entry)
            port = self._project.resolved(file) if file is not None else None
        if port is not None and values is not None and values.mapping:
            port = merged(port, values, self._unread)
        return overridden(Trees(scenario, port), sets, self._unread)

    def _sources(self) -> dict[str, Source]:
        node = self._project.sources()
        found = checked(Subject(Mapping[str, Source]), node, self._problems) if node is not None else None
        return dict(found or {})

    def _composed(
        self, port: Port, policies: Mapping[str, Policy], horizon: Horizon, trees: Trees
    ) -> tuple[PortTimeline, tuple[Change, ...]]:
        try:
            timeline, changes = compose(port, policies, horizon, trees.where)
        except PolicyError as error:
            self._of_policies += error.problems
            timeline, changes = PortTimeline((0.0,), (port,)), ()
        self._problems += missing_years(timeline, horizon, trees.where)
        return timeline, changes

    def _traced(self, timeline: PortTimeline, head: ScenarioFile, trees: Trees) -> tuple[PortTimeline, Trees]:
        """Return the timeline with the traces, and the trees with their paths as seen from the file that was named."""
        node = trees.scenario.get("traces")
        if head.traces is None or node is None:
            return timeline, trees
        reader = TraceReader(node, self._project, self._problems)
        traces = reader.traces(head.traces, timeline, head.horizon)
        return replace(timeline, traces=traces), replace(trees, scenario=reader.rebased(trees.scenario))

    def _stop(self) -> None:
        """Raise what was found so far, the given file first, from top to bottom."""
        unread = {problem.where for problem in self._unread}  # what cannot be read is not blamed for its type as well
        later = (problem for problem in [*self._problems, *self._of_policies] if problem.where not in unread)
        found = dict.fromkeys([*self._unread, *later])
        if found:
            kind = ScenarioError if self._unread or self._problems else PolicyError
            raise kind(sorted(found, key=self._order))

    def _order(self, problem: Problem) -> tuple[bool, str, int, int]:
        where = problem.where
        if isinstance(where, Place):
            return where.file != str(self._given), where.file, where.line, where.column
        return True, "", 0, 0
