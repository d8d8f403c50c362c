"""Discrete-event simulation of port and clearance throughput for Guangzhou Nansha.

    from pathlib import Path
    import sim

    base = sim.load(Path("scenarios/baseline.yaml"), replications=2)
    reform = sim.load(Path("scenarios/two_step.yaml"), replications=2)
    results = sim.run([base, reform], sim.RunOptions(workers=1))
    effects = sim.compare(*results)

`import sim` loads nothing else: each name below is fetched from its room when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.errors import LoadError, OutputError, PolicyError, Problem, RunError, ScenarioError, SimError
    from sim.experiment import Effect, Interval, RunOptions, ScenarioResult, Summary, Verdict, compare, run, summarise
    from sim.experiment.frames import attribute, frame, sweep
    from sim.experiment.model import Model, evaluate
    from sim.experiment.pilot import settled
    from sim.metrics import measure
    from sim.models import offered_loads, simulate
    from sim.port.port import Horizon, Port, PortTimeline
    from sim.records import MetricRow, RunLog
    from sim.scenario import Change, Scenario, load

__all__ = [
    "Change",
    "Effect",
    "Horizon",
    "Interval",
    "LoadError",
    "MetricRow",
    "Model",
    "OutputError",
    "PolicyError",
    "Port",
    "PortTimeline",
    "Problem",
    "RunError",
    "RunLog",
    "RunOptions",
    "Scenario",
    "ScenarioError",
    "ScenarioResult",
    "SimError",
    "Summary",
    "Verdict",
    "attribute",
    "compare",
    "evaluate",
    "frame",
    "load",
    "measure",
    "offered_loads",
    "run",
    "settled",
    "simulate",
    "summarise",
    "sweep",
]

_ROOMS = {
    "errors": ("LoadError", "OutputError", "PolicyError", "Problem", "RunError", "ScenarioError", "SimError"),
    "experiment": (
        "Effect",
        "Interval",
        "RunOptions",
        "ScenarioResult",
        "Summary",
        "Verdict",
        "compare",
        "run",
        "summarise",
    ),
    "experiment.frames": ("attribute", "frame", "sweep"),
    "experiment.model": ("Model", "evaluate"),
    "experiment.pilot": ("settled",),
    "metrics": ("measure",),
    "models": ("offered_loads", "simulate"),
    "port.port": ("Horizon", "Port", "PortTimeline"),
    "records": ("MetricRow", "RunLog"),
    "scenario": ("Change", "Scenario", "load"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    value: object = getattr(import_module(f"sim.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
