"""What a port cannot do, found before anything is run: an impossible call, or a demand beyond a station."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import LoadError, Problem
from sim.words import Lang, say
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.models import StationLoad
    from sim.port.traces import Traces
    from sim.scenario import Scenario

HIGH = 0.9
"""From this load on the wait reacts to every assumption, which deserves a remark."""


def worst_loads(scenario: Scenario) -> list[StationLoad]:
    """Return each station at the highest load that it has in any piece of the scenario's timeline."""
    from sim.models import offered_loads, traced_ports

    worst: dict[str, StationLoad] = {}
    for port in traced_ports(scenario.timeline, scenario.horizon):
        for load in offered_loads(port):
            if load.station not in worst or load.load > worst[load.station].load:
                worst[load.station] = load
    return list(worst.values())


def overloads(scenario: Scenario) -> list[Problem]:
    """Return a problem for every station asked for more than it can ever serve."""
    return [
        Problem(
            f"{scenario.name}: {load.station} is asked for {load.demand:,.1f} {load.unit} a week and can give "
            f"{load.capacity:,.1f}: a load of {load.load:.2f}, which no steady state can carry",
            scenario.where(load.path),
            f"{load.change} {load.path}, or lower the demand, so that the load stays below 1",
        )
        for load in worst_loads(scenario)
        if load.load >= 1
    ]


def impossible(scenario: Scenario) -> list[Problem]:
    """Return a problem for everything that some call of the port would wait for in vain."""
    from sim.models import impossibilities

    found = dict.fromkeys(p for port in scenario.timeline.ports for p in impossibilities(port))
    return [
        Problem(f"{scenario.name}: {problem.what}", scenario.where(str(problem.where)), problem.remedy)
        for problem in found
    ]


def refuse_overload(scenarios: list[Scenario]) -> None:
    """Raise LoadError that names everything impossible, and every overloaded station, of all scenarios."""
    problems = [problem for scenario in scenarios for problem in (*impossible(scenario), *overloads(scenario))]
    if problems:
        raise LoadError(problems)


def remarks(scenario: Scenario, name: str, lang: Lang) -> list[str]:
    """Return a sentence for every station near its limit, and for what is left out of traces."""
    told = [
        say("check.load", lang, file=name, station=load.station, load=figure(load.load, "share"))
        for load in worst_loads(scenario)
        if HIGH <= load.load < 1
    ]
    traces = scenario.timeline.traces
    if traces is not None:
        late = int((traces.calls.t_arrived >= scenario.horizon.total_hours).sum())
        left_out = {"late": late, "landward": traces.left_out}
        told += [say(f"check.{key}", lang, file=name, count=count) for key, count in left_out.items() if count]
    return told


def traced(traces: Traces, name: str, lang: Lang) -> str:
    """Return a sentence on what was read from traces."""
    rows = say("mark.list", lang).join(f"{Path(file).name} ({rows})" for file, rows in traces.read.items())
    boxes = 0 if traces.boxes is None else len(traces.boxes)
    return say("check.read", lang, file=name, calls=len(traces.calls), boxes=boxes, rows=rows)
