"""The calls and boxes of a run as the files of a trace, with all that a trace can say."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sim.models.boxes import Boxes
from sim.models.calls import Calls
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.traces import Traces
from sim.records import Flow, Mode
from sim.scenario.cells import Cells
from sim.scenario.sheet import read_sheet
from sim.scenario.trace_boxes import read_boxes
from sim.scenario.trace_calls import Into, read_calls

CALL_COLUMNS = ("call", "service", "vessel_class", "t_arrived", "draft", "load_boxes")
BOX_COLUMNS = (
    *("call", "booked", "flow", "teu", "reefer", "goods", "trader"),
    *("by_in", "by_out", "onward", "planned"),
)


@dataclass(frozen=True)
class Drawn:
    """What was drawn for a port."""

    port: Port
    calls: Calls
    boxes: Boxes


def write(drawn: Drawn, folder: Path) -> None:
    """Write calls.csv and boxes.csv into a folder."""
    _write(folder / "calls.csv", CALL_COLUMNS, _calls(drawn))
    _write(folder / "boxes.csv", BOX_COLUMNS, _boxes(drawn))


def read(folder: Path, port: Port, start: date) -> Traces:
    """Return the traces of a folder; any problem fails."""
    problems: list[Any] = []
    into = Into(port, start, tuple(port.traffic.services))
    sheets = [read_sheet(folder / name, name, problems) for name in ("calls.csv", "boxes.csv")]
    assert sheets[0] is not None, problems
    assert sheets[1] is not None, problems
    called = read_calls(Cells(sheets[0], problems), into)
    boxes = read_boxes(Cells(sheets[1], problems), called, into)
    assert problems == []
    assert called is not None
    return Traces(tuple(range(len(port.traffic.services))), called.trace, boxes)


def traced(port: Port, traces: Traces) -> PortTimeline:
    """Return the timeline in which one port holds throughout, with traces."""
    return PortTimeline((0.0,), (port,), traces)


def _write(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)


def _calls(drawn: Drawn) -> Iterable[list[object]]:
    calls = drawn.calls
    services, classes = list(drawn.port.traffic.services), list(drawn.port.traffic.vessel_classes)
    for n in range(len(calls)):
        load = "" if calls.barge[n] else int(calls.load[n])
        who = [f"c{n}", services[calls.service[n]], classes[calls.vessel_class[n]]]
        yield [*who, float(calls.t_arrived[n]), float(calls.draft[n]), load]


def _boxes(drawn: Drawn) -> Iterable[list[object]]:
    table, port, off = drawn.boxes.table, drawn.port, drawn.boxes.discharged
    services, goods = list(port.traffic.services), list(port.traffic.cargo.goods)
    traders = list(port.customs.traders)
    for n in range(len(table["box"])):
        booked = n >= off
        onward = -1 if booked else int(drawn.boxes.destination[n])
        yield [
            _call(table["call"][n]),
            _call(table["booked"][n]),
            Flow(table["flow"][n]).name.lower(),
            int(table["teu"][n]),
            bool(table["reefer"][n]),
            goods[table["goods"][n]] if table["goods"][n] >= 0 else "",
            traders[table["trader"][n]] if table["trader"][n] >= 0 else "",
            _mode(table["by_in"][n]),
            _mode(table["by_out"][n]),
            services[onward] if onward >= 0 else "",
            float(drawn.boxes.planned[n - off]) if booked else "",
        ]


def _call(number: np.int32) -> str:
    return f"c{number}" if number >= 0 else ""


def _mode(code: np.int8) -> str:
    return "" if code == Mode.NONE else Mode(code).name.lower()


def hours(days: int) -> Horizon:
    """Return a horizon of so many days, all measured."""
    return Horizon(start=date(2021, 3, 1), warm_up_days=0, days=days, cool_down_days=0)
