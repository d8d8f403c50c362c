"""The CSV export of ConFlowGen, read as it is: its vessels and barges become calls, its containers boxes of a trace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem
from sim.scenario.cells import Cells, Floats
from sim.scenario.conflowgen_boxes import CONTAINER, Containers, Vehicles
from sim.scenario.node import Where
from sim.scenario.sheet import Derived, read_sheet
from sim.scenario.trace_calls import Into

BERTHS = {"deep_sea_vessels": "sea", "feeders": "sea", "barges": "basin"}
"""File -> where its vehicles lie."""
VEHICLE = ("id", "capacity_in_teu", "realized_arrival"), ("vehicle_name", "inbound_container_volume")
"""Columns that are read, and those that are not."""
TRUCK = (
    ("id", "realized_container_delivery_time"),
    ("delivers_container", "picks_up_container", "realized_container_pickup_time"),
)
COLUMNS = {"containers": CONTAINER, **dict.fromkeys((*BERTHS, "trains"), VEHICLE), "trucks": TRUCK}
LARGEST = 100_000
"""Capacity [TEU] beyond which a number is a slip."""


@dataclass(frozen=True)
class Folder:
    """The folder of an export, how messages name it, and where the scenario does."""

    path: Path
    shown: str
    where: Where


@dataclass(frozen=True)
class Export:
    """The export as sheets of calls and boxes. read: file -> rows; left_out: containers that meet no vessel."""

    calls: Derived
    boxes: Derived
    read: dict[str, int]
    left_out: int


@dataclass(frozen=True)
class _Fleet:
    """The vehicles of one file: name, hour of arrival and service of each; shape (vehicles,)."""

    cells: Cells
    ids: list[str]
    arrived: Floats
    services: NDArray[np.object_]


def read_export(folder: Folder, into: Into, problems: list[Problem]) -> Export | None:
    """Return an export; None after telling what is wrong with it."""
    before = len(problems)
    cells = _files(folder, problems)
    _one_terminal(folder, into, problems)
    if len(problems) > before:
        return None
    fleets = [_fleet(cells[name], berth, into) for name, berth in BERTHS.items()]
    services = {key: str(service) for fleet in fleets for key, service in zip(fleet.ids, fleet.services, strict=True)}
    vehicles = Vehicles(
        services=services,
        trains=_hours(cells["trains"], "realized_arrival", into),
        trucks=_hours(cells["trucks"], "realized_container_delivery_time", into),
    )
    containers = Containers.read(cells["containers"], vehicles)
    if len(problems) > before:
        return None
    booked = into.port.traffic.cargo.bookings is not None
    return Export(
        calls=_calls(fleets if booked else fleets[:-1], containers.loads()),
        boxes=containers.boxes(vehicles, booked=booked),
        read={own.sheet.shown: len(own.sheet) for own in cells.values()},
        left_out=containers.left_out,
    )


def _files(folder: Folder, problems: list[Problem]) -> dict[str, Cells]:
    """Return the files of the export whose columns are there; tell what is missing."""
    missing = [f"{name}.csv" for name in COLUMNS if not (folder.path / f"{name}.csv").is_file()]
    if missing:
        what = f"there is no {' nor '.join(missing)} in {folder.shown}"
        problems.append(Problem(what, folder.where, "name the whole folder of an export of ConFlowGen as CSV"))
    found: dict[str, Cells] = {}
    for name, columns in COLUMNS.items():
        path = folder.path / f"{name}.csv"
        if path.name in missing:
            continue
        sheet = read_sheet(path, f"{folder.shown}/{name}.csv", problems)
        if sheet is not None:
            found[name] = Cells(sheet, problems)
            # pandas writes a table without rows as one column without a name
            if sheet.frame.columns != [""]:
                found[name].has(*columns)
    return found


def _one_terminal(folder: Folder, into: Into, problems: list[Problem]) -> None:
    called = dict.fromkeys(into.all_services[name].terminal for name in into.services)
    if len(called) > 1:
        what = f"ConFlowGen describes one terminal, and the services that it stands for call at {', '.join(called)}"
        remedy = "name the services of one terminal under services:"
        problems.append(Problem(what, folder.where, remedy))


def _fleet(own: Cells, berth: str, into: Into) -> _Fleet:
    """Return the vehicles of a file, each on the service whose vessels are nearest to its size, the first of equals.

    Barges mean nothing to a port without bookings.
    """
    for column in VEHICLE[0]:
        own.full(column)
    capacity = own.numbers("capacity_in_teu", (0, LARGEST))
    classes = into.port.traffic.vessel_classes
    sizes = {
        name: classes[service.vessel_class].capacity.value
        for name, service in into.all_services.items()
        if name in into.services and service.berth == berth
    }
    if not sizes and (berth == "sea" or into.port.traffic.cargo.bookings is not None):
        kind = "barge line" if berth == "basin" else "service at a sea quay"
        remedy = "describe one in traffic.services, or name it under services:"
        own.tell("id", np.ones(len(own.sheet), dtype=np.bool_), f"{{}}: the traces stand for no {kind}", remedy)
    names = np.array(list(sizes) or [""], dtype=object)
    gap = np.abs(np.nan_to_num(capacity)[:, np.newaxis] - np.array(list(sizes.values()) or [0.0]))
    return _Fleet(own, _ids(own), own.hours("realized_arrival", into.start), names[np.argmin(gap, axis=1)])


def _ids(own: Cells) -> list[str]:
    return [str(word) for word in own.words("id").to_list()]


def _hours(own: Cells, column: str, into: Into) -> dict[str, float]:
    """Return id -> hour; NaN where none is said."""
    return dict(zip(_ids(own), own.hours(column, into.start).tolist(), strict=True))


def _calls(fleets: list[_Fleet], loads: dict[str, int]) -> Derived:
    """Return the vehicles of all files in order of arrival, as a sheet of calls."""
    import polars as pl

    ids = [key for fleet in fleets for key in fleet.ids]
    arrived = np.concatenate([fleet.arrived for fleet in fleets])
    barge = np.concatenate([np.full(len(fleet.ids), k == len(BERTHS) - 1) for k, fleet in enumerate(fleets)])
    order = np.argsort(arrived, kind="stable")
    frame = pl.DataFrame(
        {
            "call": pl.Series(ids, dtype=pl.String),
            "service": pl.Series([name for fleet in fleets for name in fleet.services.tolist()], dtype=pl.String),
            "t_arrived": arrived,
            "load_boxes": [None if by_barge else loads.get(key, 0) for key, by_barge in zip(ids, barge, strict=True)],
        },
        schema_overrides={"load_boxes": pl.Int64},
    )
    first = fleets[0].cells.sheet
    return Derived(
        frame=frame[order],
        path=first.path,
        shown=str(Path(first.shown).parent),
        sources=tuple(fleet.cells.sheet for fleet in fleets),
        which=np.concatenate([np.full(len(fleet.ids), k) for k, fleet in enumerate(fleets)])[order],
        rows=np.concatenate([np.arange(len(fleet.ids)) for fleet in fleets])[order],
        columns={"call": "id", "service": "capacity_in_teu", "t_arrived": "realized_arrival"},
    )
