"""Why a scenario is refused before it is run: an impossible call, or a demand beyond what a station can ever serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import Problem, RunError

if TYPE_CHECKING:
    from sim.models import StationLoad
    from sim.scenario import Scenario


def refusals(scenario: Scenario) -> list[Problem]:
    """Return everything impossible in a scenario, and every overloaded station."""
    return [*impossible(scenario), *overloads(scenario)]


def refuse_open_warm_up(scenario: Scenario) -> None:
    """Raise RunError if the days of a scenario's warm-up are still to be found."""
    if scenario.auto_warm_up:
        what = f"{scenario.name}: horizon.warm_up_days is auto, and no pilot has found the days yet"
        raise RunError(Problem(what, scenario.where("horizon.warm_up_days"), "call sim.settled, or write the days"))


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
