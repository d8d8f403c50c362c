"""Sweep files: a scenario, the levers that are moved in it and over which values, and how the points are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sim.errors import Problem, ScenarioError
from sim.port.units import Frozen
from sim.scenario.checked import Subject, checked
from sim.scenario.node import Node, Scalar, Where, plain
from sim.scenario.project import Project, given_file
from sim.scenario.schema import LARGEST_SEED, MOST_REPLICATIONS, Title
from sim.scenario.text import resolved_text
from sim.scenario.trees import Trees
from sim.scenario.wording import shown

Design = Literal["grid", "list", "latin_hypercube", "sobol"]
DRAWN: tuple[Design, ...] = ("latin_hypercube", "sobol")
MOST_POINTS = 1_000_000
KEEP = "keep"
"""Among the values of a lever: as the scenario has it."""

METRICS = (
    "arrival_to_release.import",
    "arrival_to_release.import.p90",
    "arrival_to_gate_out.import",
    "inspection.import.inspected",
    "found_share.import",
    "arrival_to_departure.export",
    "first_vessel.export",
    "anchorage_wait.vessel",
    "berth_use.vessel",
    "throughput_teu_per_year",
)
"""Reported if a sweep names none: clocks of imports and exports, what inspections find, and what the quay carries."""


class Range(Frozen):
    """The values from `low` to `high`."""

    low: float
    """Lowest value."""
    high: float
    """Highest value."""
    steps: int | None = Field(default=None, ge=2, le=1000)
    """Of a grid: how many values, the ends among them, at equal distances."""
    whole: bool = False
    """Whether only whole numbers are taken."""

    @model_validator(mode="after")
    def _holds_something(self) -> Range:
        if not self.low < self.high:
            message = f"high {self.high:g} is not above low {self.low:g}: the range is empty"
            raise PydanticCustomError("range", message)
        return self


class SweepFile(Frozen):
    """A sweep: which values of a scenario are moved, and how often each point is run."""

    title: Title
    """The name of the sweep in Chinese and English."""
    scenario: str = Field(min_length=1)
    """Path of the scenario, relative to this file."""
    design: Design
    """grid: every combination. list: the first values of all levers, then the second ones, and so on. latin_hypercube,
    sobol: points drawn evenly over the ranges."""
    levers: Mapping[str, Any] = Field(min_length=1)
    """Dotted path, as --set takes it -> a list of values, or a range. Of a policy the values are off, plan or keep."""
    names: Mapping[str, Title] = Field(default_factory=dict)
    """Dotted path -> what tables and charts call that lever, if not by its path or by the name of its policy."""
    points: int | None = Field(default=None, ge=2, le=MOST_POINTS)
    """How many points are drawn; of latin_hypercube and sobol only."""
    design_seed: int = Field(default=1, ge=0, le=LARGEST_SEED)
    """Number from which drawn points follow."""
    replications: int = Field(ge=1, le=MOST_REPLICATIONS)
    """Independent repetitions of every point, on the same draws."""
    days: int | None = Field(default=None, ge=1, le=3650)
    """Days measured, if not those of the scenario."""
    seed: int | None = Field(default=None, ge=0, le=LARGEST_SEED)
    """Number from which all draws follow, if not that of the scenario."""
    metrics: tuple[str, ...] = Field(default=METRICS, min_length=1)
    """The numbers reported, metric[.flow][.group][.statistic]; the first ones are drawn as charts."""


@dataclass(frozen=True)
class Lever:
    """A value that is moved: its dotted path, where it is written, and its values or their range."""

    path: str
    place: Where
    values: tuple[Node, ...] = ()
    span: Range | None = None

    def node(self, value: Scalar) -> Node:
        """Return a value of this lever as it would be written at its place."""
        return Node(value, self.place, self.place)


@dataclass(frozen=True)
class Sweep:
    """A sweep as it was read; `text` is the file resolved to one document, `scenario` the path of its scenario."""

    name: str
    file: Path
    scenario: Path
    content: SweepFile
    levers: tuple[Lever, ...]
    metric_places: Mapping[str, Where]
    text: str

    @property
    def options(self) -> dict[str, int]:
        """What replaces the scenario's own days and seed."""
        given = {"horizon.days": self.content.days, "seed": self.content.seed}
        return {path: value for path, value in given.items() if value is not None}


def load_sweep(path: Path, replications: int | None = None) -> Sweep:
    """Return the sweep in a file. Raises ScenarioError with every problem found."""
    problems: list[Problem] = []
    path = Path(path)
    project = Project(path, problems) if given_file(path, problems) else None
    node = project.resolved(path) if project is not None else None
    if project is None or node is None:
        raise ScenarioError(problems)
    if replications is not None:
        option = "--replications"
        node = Node({**node.mapping, "replications": Node(replications, option, option)}, node.place)
    content: SweepFile | None = checked(Subject(SweepFile, in_part=project.incomplete), node, problems)
    entry = node.get("scenario")
    scenario = project.follow(entry) if entry is not None and isinstance(entry.value, str) else None
    levers = node.get("levers")
    found = tuple(_lever(key, child, problems) for key, child in (levers.mapping if levers is not None else {}).items())
    if content is not None and not problems:
        problems += _misfits(content, found, node)
    if problems or content is None or scenario is None:
        raise ScenarioError(dict.fromkeys(problems))
    shown_at = Path(project.shown(scenario))
    named = node.get("metrics")
    places = {str(child.value): child.place for child in (named.value if named is not None else ())}  # type: ignore[union-attr]
    return Sweep(path.stem, path, shown_at, content, found, places, resolved_text(Trees(node, None)))


def _lever(path: str, node: Node, problems: list[Problem]) -> Lever:
    name = f"levers.{path}"
    if node.mapping:
        span: Range | None = checked(Subject(Range, name), node, problems)
        return Lever(path, node.named, span=span)
    listed = node.value if isinstance(node.value, list) else ()
    values = tuple(replace(value, key=node.named) for value in listed)
    if not values:
        what = f"{name}: a list of values or a range is needed here, not {_given(node)}"
        problems.append(Problem(what, node.place, "write [1, 2, 3], or {low: 1, high: 3}"))
    for value in values:
        if isinstance(value.value, Mapping | list):
            what = f"{name}: {shown(plain(value))} is no value of a lever"
            problems.append(Problem(what, value.place, "write single numbers or words"))
    seen: dict[Scalar, Where] = {}
    for value in values:
        if not isinstance(value.value, Mapping | list) and seen.setdefault(value.value, value.place) != value.place:
            problems.append(Problem(f"{name}: {value.value} stands twice", value.place, "keep one of the two"))
    return Lever(path, node.named, values)


def _given(node: Node) -> str:
    return "an empty one" if node.value in ([], {}) else shown(plain(node))


def _misfits(content: SweepFile, levers: tuple[Lever, ...], node: Node) -> list[Problem]:
    """Return what does not go together with the design."""
    problems = []
    points = node.get("points")
    if content.design in DRAWN:
        if content.points is None:
            problems.append(Problem("'points' is missing", node.place, f"say how many points {content.design} draws"))
        elif content.design == "sobol" and content.points & (content.points - 1):
            assert points is not None
            near = 1 << content.points.bit_length()
            what = f"points: {content.points} is no power of 2, which a Sobol' sequence needs to be even"
            problems.append(Problem(what, points.place, f"write {near // 2} or {near}"))
    elif points is not None:
        what = f"points: a {content.design} has as many points as its levers have values"
        problems.append(Problem(what, points.named, "leave points out, or write design: latin_hypercube"))
    problems += [
        Problem(f"names: {path!r} is no lever of this sweep", node.mapping["names"].named, "name a lever, or remove it")
        for path in content.names
        if path not in {lever.path for lever in levers}
    ]
    for lever in levers:
        steps = lever.span is not None and lever.span.steps is None
        if steps and content.design not in DRAWN:
            what = f"levers.{lever.path}: a {content.design} needs to know how many values to take of a range"
            problems.append(Problem(what, lever.place, "add steps:, or write the values as a list"))
    counts = {len(values_of(lever)) for lever in levers} if not problems and content.design == "list" else {0}
    if len(counts) > 1:
        what = f"the levers of a list need the same number of values each, these have {', '.join(map(str, counts))}"
        place = node.mapping["levers"].named
        problems.append(Problem(what, place, "give each lever one value for every point, or write design: grid"))
    return problems


def values_of(lever: Lever) -> tuple[Node, ...]:
    """Return the values of a lever: those written, or the steps of its range, whole ones once each."""
    span = lever.span
    if span is None or span.steps is None:
        return lever.values
    distance = (span.high - span.low) / (span.steps - 1)
    numbers = [tidy(span.low + distance * k, whole=span.whole) for k in range(span.steps)]
    return tuple(lever.node(number) for number in dict.fromkeys(numbers))


def tidy(number: float, *, whole: bool) -> int | float:
    """Return a number to six digits, or the nearest whole one: what a table shows is what was run."""
    number = round(number) if whole else float(f"{number:.6g}")
    return int(number) if number == int(number) else number
