"""The run log: what the tables say at the last hour of a run, and the names and values that explain them."""

from __future__ import annotations

import numpy as np

from sim.models.boxes import Boxes
from sim.models.calls import Calls
from sim.models.factors import factors
from sim.models.rail import rail_tables
from sim.models.stations import shift_table, station_table
from sim.models.world import World
from sim.port.port import Horizon, Port
from sim.port.terminal import SLOT_KINDS
from sim.records import BOX_FIELDS, CALL_FIELDS, EVENT_FIELDS, Column, Mode, RunLog, empty

SPLITS = {
    "lodge": "t_lodged",
    "review": "t_reviewed",
    "scan": "t_scanned",
    "examine": "t_examined",
    "pickup": "t_truck",
    "gate": "t_gate_in",
}
"""Stage -> the milestone that ends it: before it is reached, nothing is said of the stage's hours."""


def call_table(port: Port, calls: Calls, boxes: Boxes) -> dict[str, Column]:
    """Return the table of the calls with what is known of them before the run."""
    table = empty(CALL_FIELDS, len(calls))
    classes = list(port.traffic.vessel_classes.values())
    table["call"] = np.arange(len(calls), dtype=np.int32)
    for name in ("service", "terminal", "vessel_class"):
        table[name] = getattr(calls, name).astype(np.int16)
    table["loa"] = np.array([c.loa.value for c in classes])[calls.vessel_class]
    table["beam"] = np.array([c.beam.value for c in classes])[calls.vessel_class]
    table["draft"] = calls.draft
    table["barge"] = calls.barge
    teu = np.concatenate([[0], np.cumsum(boxes.table["teu"][: boxes.discharged], dtype=np.int64)])
    table["discharge_boxes"] = calls.discharge.astype(np.int32)
    table["discharge_teu"] = (teu[boxes.start + calls.discharge] - teu[boxes.start]).astype(np.int32)
    for barge, rows in boxes.brought.items():
        table["discharge_boxes"][barge] = len(rows)
        table["discharge_teu"][barge] = boxes.table["teu"][rows].sum(dtype=np.int64)
    table["load_boxes"], table["booked_boxes"] = calls.load.astype(np.int32), calls.booked.astype(np.int32)
    table["left_boxes"][:] = 0
    table["load_teu"] = calls.load * (1 + port.traffic.cargo.forty_foot_share.value)
    table["crane_hours"] = np.zeros(len(calls))
    table["yard_stop"] = np.zeros(len(calls))
    return table


def run_log(world: World, horizon: Horizon, scheduled: int) -> RunLog:
    """Return all that the run leaves behind, as of its last hour."""
    port, end = world.timeline.ports[0], horizon.total_hours
    boxes = _boxes(world, end)
    rail, trains = rail_tables(world.boxes.rail, boxes, world.timeline, horizon)
    events = world.journal.columns()
    names = {
        "service": tuple(port.traffic.services),
        "terminal": tuple(port.terminals),
        "vessel_class": tuple(port.traffic.vessel_classes),
        "trader": tuple(port.customs.traders),
        "goods": tuple(port.traffic.cargo.goods),
    }
    stations, station_names = station_table(world.landside, boxes, end, names["terminal"])
    return RunLog(
        events={f.name: events[f.name].astype(f.dtype) for f in EVENT_FIELDS},
        calls={f.name: world.table[f.name] for f in CALL_FIELDS},
        boxes=boxes,
        stations=stations,
        names=names | {"station": station_names},
        window=horizon.window,
        end=end,
        yard={
            f"{key}.{kind}": slots.teu.value
            for key, t in port.terminals.items()
            for kind in SLOT_KINDS
            if (slots := getattr(t.yard, kind)) is not None
        },
        quay=_quays(port),
        rail=rail,
        trains=trains,
        shifts=shift_table(world.landside, boxes, port),
        factors=factors(port),
        counts={"simpy_events": scheduled, "boxes": len(boxes["box"]), "calls": len(world.calls)},
    )


def _boxes(world: World, end: float) -> dict[str, Column]:
    """Return the box table as of the end: a milestone after it has not been reached, nor what hangs on it."""
    boxes = {f.name: world.boxes.table[f.name] for f in BOX_FIELDS}
    for name, column in boxes.items():
        if name.startswith("t_"):
            np.putmask(column, column > end, np.nan)
    for stage, milestone in SPLITS.items():
        unreached = np.isnan(boxes[milestone])
        for name in (name for name in boxes if name.startswith(f"{stage}_")):
            np.putmask(boxes[name], unreached, np.nan)
    boxes["found"] &= ~np.isnan(boxes["t_examined"])
    boxes["shipside"] &= ~np.isnan(boxes["t_gate_out"])
    boxes["call_out"][np.isnan(boxes["t_loaded"])] = -1
    # a booked box counts from its arrival in the port, and what was to come of it does not if it never came
    absent = world.boxes.discharged + np.flatnonzero(np.isnan(boxes["t_arrived"][world.boxes.discharged :]))
    by_barge = absent[boxes["by_in"][absent] == Mode.BARGE]
    boxes["call"][by_barge] = np.where(np.isnan(boxes["t_discharged"][by_barge]), -1, boxes["call"][by_barge])
    berthed = np.append(world.table["t_berthed"], np.nan)  # number -1: no call brought it
    boxes["t_berthed"] = berthed[boxes["call"]]
    return boxes


def _quays(port: Port) -> dict[str, tuple[float, float]]:
    quays = {key: (t.quay.length.value, t.quay.gap.value) for key, t in port.terminals.items()}
    basins = {f"{key} basin": t.basin.quay for key, t in port.terminals.items() if t.basin is not None}
    return quays | {key: (quay.length.value, quay.gap.value) for key, quay in basins.items()}
