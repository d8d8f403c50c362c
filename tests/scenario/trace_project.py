"""A project of the small port with all flows, and a trace of a few calls and boxes that is right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from sim.errors import Place, Problem
from sim.port.traces import Traces
from sim.scenario import Scenario
from tests.scenario.conftest import Project
from tests.small_port import whole_small_port_tree

CALLS = """\
call,service,t_arrived,vessel_class,draft,load_boxes
r1,river_c,12.5,,,
v1,east,2021-03-02 06:00,,7.5,
v2,west,2021-03-05 18:30,feeder,,12
r2,river_c,130,,,
"""
BOXES = """\
call,booked,flow,teu,reefer,goods,trader,by_in,by_out,onward,planned
v1,,import,2,false,food,aeo,,road,,
v1,,import,1,true,,,,barge,,
v1,,transhipment,2,,,,,,west,
v1,,transhipment,2,,,,,barge,river_c,
v1,,empty,2,,,,,,,
,v2,export,2,,general,ordinary,road,sea,,2021-03-04 12:00
,v2,export,1,,,,,rail,,40
r1,v2,export,2,,,,,,,
r1,v2,empty,1,,,,barge,,,10
,v2,domestic,2,,,,barge,,,-20
"""
TRACED = "traces: {calls: calls.csv, boxes: boxes.csv}\n"


def lay(project: Project, files: Mapping[str, str] | None = None) -> None:
    """Write port and trace into a project; `files` in the place of those that are right."""
    project.write("ports/small.yaml", yaml.safe_dump(whole_small_port_tree(), allow_unicode=True, sort_keys=False))
    for name, text in ({"calls.csv": CALLS, "boxes.csv": BOXES} | dict(files or {})).items():
        project.write(name, text)


def traces_of(scenario: Scenario) -> Traces:
    """Return the traces of a scenario that has some."""
    assert scenario.timeline.traces is not None
    return scenario.timeline.traces


def changed(text: str, line: int, old: str, new: str) -> str:
    """Return a text with one line changed; lines count from 1."""
    lines = text.splitlines()
    assert old in lines[line - 1], lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return "\n".join(lines) + "\n"


def placed(problem: Problem) -> tuple[str, int, int]:
    """Return file name, line and column of a problem."""
    assert isinstance(problem.where, Place), problem
    return Path(problem.where.file).name, problem.where.line, problem.where.column
