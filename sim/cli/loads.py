"""What a port cannot do, found before anything is run: an impossible call, or a demand beyond a station."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import LoadError
from sim.experiment.refusals import impossible, overloads, refusals, worst_loads
from sim.words import Lang, say
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.port.traces import Traces
    from sim.scenario import Scenario

__all__ = ["impossible", "overloads", "refuse_overload", "remarks", "traced"]

HIGH = 0.9
"""From this load on the wait reacts to every assumption, which deserves a remark."""


def refuse_overload(scenarios: list[Scenario]) -> None:
    """Raise LoadError that names everything impossible, and every overloaded station, of all scenarios."""
    problems = [problem for scenario in scenarios for problem in refusals(scenario)]
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
