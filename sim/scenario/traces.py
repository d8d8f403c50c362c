"""The `traces:` of a scenario: files of recorded calls and boxes, read and checked against the port."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import Problem
from sim.port.port import Horizon, PortTimeline
from sim.port.traces import Traces
from sim.scenario.cells import Cells
from sim.scenario.conflowgen import Folder, read_export
from sim.scenario.nearest import choice_of, nearest_of, with_nearest
from sim.scenario.node import Node, placed
from sim.scenario.project import Project
from sim.scenario.schema import TraceFiles
from sim.scenario.sheet import Sheet, read_sheet
from sim.scenario.trace_boxes import read_boxes
from sim.scenario.trace_calls import Into, read_calls
from sim.scenario.trace_fit import tell_misfits

SUFFIXES = (".csv", ".parquet")
EVERY = ("all",)
"""Stands for every service of the port."""


@dataclass(frozen=True)
class _Sheets:
    """What was read. boxes: None where no file is named; left_out: rows that are no traffic of the quay."""

    calls: Sheet
    boxes: Sheet | None
    read: dict[str, int]
    left_out: int = 0


@dataclass(frozen=True)
class TraceReader:
    """Reads the traces of one scenario. node: what stands under `traces:`."""

    node: Node
    project: Project
    problems: list[Problem]

    def traces(self, files: TraceFiles, timeline: PortTimeline, horizon: Horizon) -> Traces | None:
        """Return the traces; None after adding to the problems what is wrong with them."""
        before = len(self.problems)
        into = Into(timeline.ports[0], horizon.start, self._services(files, timeline))
        self._check_keys(files)
        if len(self.problems) > before:
            return None
        sheets = self._export(into) if files.conflowgen is not None else self._own(files)
        if sheets is None:
            return None
        if files.services is None and files.conflowgen is None:
            into = replace(into, services=_named(sheets.calls, into))
        called = read_calls(Cells(sheets.calls, self.problems), into)
        boxes = None
        if sheets.boxes is not None:
            boxes = read_boxes(Cells(sheets.boxes, self.problems), called, into)
        if called is None or len(self.problems) > before:
            return None
        tell_misfits(called, timeline)
        codes = tuple(code for code, name in enumerate(into.all_services) if name in into.services)
        return Traces(codes, called.trace, boxes, sheets.read, sheets.left_out)

    def _services(self, files: TraceFiles, timeline: PortTimeline) -> tuple[str, ...]:
        """Return the services that the traces stand for, so far as the scenario says; else all of the port."""
        known = timeline.ports[0].traffic.services
        if files.services in (None, EVERY):
            return tuple(known)
        listed = self.node.get("services")
        for index, name in enumerate(files.services):
            if name not in known:
                where = (listed.child(index) or listed).place if listed is not None else self.node.named
                near = nearest_of(name, known)
                remedy = f"write {near}" if near else f"services of the port: {choice_of(known)}"
                what = with_nearest(f"traces.services: {name!r} is not in the port", name, known)
                self.problems.append(Problem(what, where, remedy))
        return files.services

    def _check_keys(self, files: TraceFiles) -> None:
        own = [key for key in ("calls", "boxes") if getattr(files, key) is not None]
        if files.conflowgen is not None and own:
            what = f"traces: conflowgen and {' and '.join(own)} exclude one another"
            self._wrong(own[0], what, "give the export of ConFlowGen, or files of your own")
        elif files.conflowgen is None and files.calls is None:
            what = "traces: boxes name calls, and no file of calls is given" if own else "traces: no file is named"
            self._wrong(own[0] if own else "", what, "write calls: with the path of a CSV or Parquet file")

    def _wrong(self, key: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, (self.node.get(key) or self.node).named, remedy))

    def _own(self, files: TraceFiles) -> _Sheets | None:
        """Return the sheets of the files that are named."""
        sheets = {key: self._sheet(key) for key in ("calls", "boxes") if getattr(files, key) is not None}
        calls, boxes = sheets["calls"], sheets.get("boxes")
        if calls is None or None in sheets.values():
            return None
        return _Sheets(calls, boxes, {sheet.shown: len(sheet) for sheet in sheets.values() if sheet is not None})

    def _sheet(self, key: str) -> Sheet | None:
        path = self._followed(key)
        if path is None:
            return None
        if path.suffix.lower() not in SUFFIXES:
            self._wrong(key, f"traces.{key}: {path.name} is neither CSV nor Parquet", "name a .csv or .parquet file")
            return None
        return read_sheet(path, self.project.shown(path), self.problems)

    def _export(self, into: Into) -> _Sheets | None:
        """Return the sheets that an export of ConFlowGen makes."""
        path = self._followed("conflowgen", folder=True)
        if path is None:
            return None
        place = (self.node.get("conflowgen") or self.node).place
        export = read_export(Folder(path, self.project.shown(path), place), into, self.problems)
        return None if export is None else _Sheets(export.calls, export.boxes, export.read, export.left_out)

    def _followed(self, key: str, *, folder: bool = False) -> Path | None:
        node = self.node.get(key)
        return None if node is None else self.project.follow(node, folder=folder)

    def rebased(self, scenario: Node) -> Node:
        """Return the scenario with the paths of its traces relative to the file that the user named."""
        for key in ("calls", "boxes", "conflowgen"):
            node = self.node.get(key)
            if node is not None and isinstance(node.value, str) and node.home is not None:
                start, own = self.project.given.resolve().parent, os.path.normpath(node.home.parent / node.value)
                path = Path(os.path.relpath(own, start)).as_posix()
                scenario = placed(scenario, ("traces", key), replace(node, value=path))
        return scenario


def _named(calls: Sheet, into: Into) -> tuple[str, ...]:
    """Return the services of the port that calls name."""
    named = set(Cells(calls, []).words("service").to_list())
    return tuple(name for name in into.all_services if name in named)
