"""What a capacity is sought of: the traffic, or a number of the port by its path, over which range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.working import Wanted
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.experiment.capacity import Range
    from sim.experiment.pilot import Pilot
    from sim.scenario import Scenario

TRAFFIC = "traffic"
FACTORS = (0.5, 2.0)
"""The range of a factor if the user does not say; of servers it is 1 to MORE times what there is now."""
MORE = 4


@dataclass(frozen=True)
class Asked:
    """What the user asked for: the file, and one of load and servers; ends: from, to and step.

    pilot: found the warm-up as the scenario is, which is that of every load.
    """

    file: Path
    wanted: Wanted
    pilot: Pilot | None
    load: str | None
    servers: str | None
    ends: tuple[float | None, float | None, float]


@dataclass(frozen=True)
class Quantity:
    """What is moved: `path` is "traffic" or that of a number; `values` are what x multiplies (1 for servers)."""

    asked: Asked
    path: str
    values: dict[str, float]
    range: Range
    now: float
    """x as the scenario has it."""
    unit: str

    def build(self, x: float) -> Scenario:
        """Return the scenario at x, read from its file with the values set."""
        from sim.scenario import load
        from sim.scenario.automatic import PATH

        texts = {path: _text(x if self.range.whole else value * x) for path, value in self.values.items()}
        asked = self.asked
        days = {} if asked.pilot is None else {PATH: str(asked.pilot.days)}
        return load(asked.file, sets={**asked.wanted.sets, **days, **texts}, **asked.wanted.numbers)


def found_range(asked: Asked, scenario: Scenario) -> Quantity:
    """Return the quantity and its range. Raises ScenarioError with everything that is wrong with them."""
    from sim.experiment.capacity import Range

    if (asked.load is None) == (asked.servers is None):
        what = "capacity needs one quantity that is moved: --load or --servers"
        remedy = "as in --load traffic, or --servers customs.inspection.bays"
        raise ScenarioError(Problem(what, remedy=remedy))
    whole = asked.servers is not None
    path = asked.servers or asked.load or TRAFFIC
    values, unit = _values(path, asked, scenario, whole=whole)
    now = next(iter(values.values())) if whole else 1.0
    first, last, step = asked.ends
    usual = (1.0, max(2.0, MORE * now)) if whole else FACTORS
    ends = (usual[0] if first is None else first, usual[1] if last is None else last)
    _check_ends(ends, step, whole=whole)
    return Quantity(asked, path, values, Range(*ends, 1.0 if whole else step, whole), now, unit)


def _values(path: str, asked: Asked, scenario: Scenario, *, whole: bool) -> tuple[dict[str, float], str]:
    """Return path -> value of every number that is moved, and their unit."""
    if path == TRAFFIC and not whole:
        if scenario.timeline.traces is not None:
            what = f"{scenario.name} takes its calls from traces, which no factor moves"
            raise ScenarioError(Problem(what, remedy="use a scenario without traces, or --servers"))
        classes = scenario.port.traffic.vessel_classes
        return {f"traffic.vessel_classes.{key}.exchange": c.exchange.value for key, c in classes.items()}, ""
    from sim.port.evidence import lookup
    from sim.port.units import Quantity as Number
    from sim.scenario import load

    try:
        found = lookup(scenario.port, path)
    except (KeyError, AttributeError):
        load(asked.file, sets={**asked.wanted.sets, path: "1"}, **asked.wanted.numbers)  # says which name is near
        found = None
    if not isinstance(found, Number):
        option = f"--servers {path}" if whole else f"--load {path}"
        remedy = "name a number of the port, as nansha show lists them"
        raise ScenarioError(Problem(f"{path} is no number of the port", option, remedy))
    if whole and found.value != int(found.value):
        what = f"{path} is {found.value:g} {found.unit}, no whole number"
        raise ScenarioError(Problem(what, f"--servers {path}", f"use --load {path}, which multiplies it"))
    return {path: found.value}, found.unit


def _check_ends(ends: tuple[float, float], step: float, *, whole: bool) -> None:
    first, last = ends
    problems = []
    if not (math.isfinite(first) and math.isfinite(last) and 0 < first < last):
        what = f"the range from {first:g} to {last:g} is empty, or does not begin above 0"
        problems.append(Problem(what, remedy="as in --from 0.5 --to 2"))
    elif whole and not (first == int(first) and last == int(last)):
        problems.append(Problem(f"from {first:g} to {last:g} are no whole numbers", remedy="as in --from 1 --to 8"))
    if not whole and not 0 < step < last - first:
        problems.append(Problem(f"--step {step:g} does not fit into the range", remedy="as in --step 0.02"))
    if problems:
        raise ScenarioError(problems)


def _text(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
