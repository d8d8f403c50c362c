"""One port with all flows for each mechanism and feedback, and the trace that it must leave in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sim.port.units import Quantity
from sim.records import Flow, Mode, RunLog
from tests.oracle.traces import barges, booked, gaps, hours, kept_outside, overtaken, resumed, sea, stops, twins

TERMINALS = ("t1", "nansha_iv")
BOOKINGS = "traffic.cargo.bookings"


def everywhere(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of a terminal for each terminal at which services call."""
    return {f"terminals.{key}.{path}": value for key in TERMINALS for path, value in values.items()}


def fixed(value: float, unit: str) -> Quantity:
    """Return a quantity that is always the same."""
    return Quantity(value=value, unit=unit, grade="known", source="knowledge")


TIGHT = everywhere({"yard.dry.teu": 200, "yard.reefer.teu": 40, "yard.empty.teu": 90, "gate.stop_from": 0.4})
"""A yard that stops trucks and, now and then, cranes."""
SMALL_BARGES = {"traffic.vessel_classes.barge.capacity": 12}
ALL_TO_EUROPE = {f"{BOOKINGS}.europe_share": 0.9, "rail.sea_share": 0.2}

BOOKED = ("export", "transhipment", "domestic", "empty")
DISCHARGED = ("import", "transhipment", "domestic", "empty")
NOTHING_TO_DISCHARGE = {f"traffic.vessel_classes.{ship}.discharge_share": 0 for ship in ("feeder", "liner")} | {
    f"{BOOKINGS}.flows.{flow}.barge_share": 0 for flow in BOOKED
}

PORTS: dict[str, tuple[Mapping[str, Any], Callable[[RunLog], object]]] = {
    "trucks kept outside": (TIGHT, lambda log: stops(log) > 2 and kept_outside(log).max() > 6),
    "kept outside, no drop-off lanes": (
        TIGHT | everywhere({"gate.drop_off_lanes": None}),
        lambda log: kept_outside(log).max() > 6 and not np.any(log.boxes["gate_service"][booked(log)] > 0),
    ),
    "kept outside only by a full yard": (
        everywhere({"yard.dry.teu": 60, "yard.reefer.teu": 20, "yard.empty.teu": 20, "gate.stop_from": None})
        | NOTHING_TO_DISCHARGE,
        lambda log: stops(log) > 1 and kept_outside(log).size,
    ),
    "kept outside until the night": (
        TIGHT | everywhere({"gate.calendar": "nights", "gate.drop_off_lanes": None}) | {"customs.pick_up.spread": 0},
        lambda log: kept_outside(log).max() > 6 and twins(log, "t_truck"),
    ),
    "kept outside, come at the hour of a list": (
        TIGHT | {"customs.pick_up.spread": 0},
        lambda log: kept_outside(log).max() > 6 and np.any(log.boxes["t_truck"][booked(log)] % 24 == 6),
    ),
    "stopped at just so full": (
        everywhere({"yard.dry.teu": 60, "yard.reefer.teu": 20, "yard.empty.teu": 20, "gate.stop_from": 0.55})
        | NOTHING_TO_DISCHARGE
        | {f"{BOOKINGS}.list_interval": 1, f"{BOOKINGS}.road_lead": 20},
        lambda log: stops(log) > 3,
    ),
    "queue of trucks that bring": (
        everywhere({"gate.drop_off_lanes": 1, "gate.service": 20}),
        lambda log: log.boxes["gate_queued"][booked(log)].max() > 0.5,
    ),
    "full yard at the basin": (TIGHT, lambda log: np.any(log.calls["yard_stop"][barges(log)] > 0) and resumed(log)),
    "slots for empties full": (
        everywhere({"yard.empty.teu": 30}),
        lambda log: log.calls["yard_stop"].max() > 0,
    ),
    "empties in dry slots": (
        everywhere({"yard.empty": None, "yard.dry.teu": 180}),
        lambda log: log.calls["yard_stop"].max() > 0,
    ),
    "slow yard": (
        everywhere({"yard.slow_from": 0, "yard.slow_to": 0.2, "yard.dry.teu": 200, "cranes.lot": 2})
        | everywhere({"yard.reefer.teu": 60, "yard.empty.teu": 90, "basin.cranes.lot": 2}),
        lambda log: resumed(log) or hours(log, "t_discharged", "t_worked").max() > 2,
    ),
    "barges too small": (
        SMALL_BARGES,
        lambda log: log.calls["left_boxes"][barges(log)].max() > 10 and overtaken(log) > 5,
    ),
    "barges for one box": (
        {"traffic.vessel_classes.barge.capacity": 3},
        lambda log: set(log.calls["load_teu"][barges(log)]) >= {2.0, 3.0},
    ),
    "basin full": (
        everywhere({"basin.quay.length": 60}) | {"traffic.services.river_a.arrivals.interval": 3},
        lambda log: gaps(log, "t_arrived", "t_assigned")[barges(log)].max() > 0.5,
    ),
    "cranes of the basin": (
        everywhere({"basin.cranes.count": 1, "basin.cranes.lot": 2})
        | {"traffic.services.river_a.arrivals.interval": 4, "traffic.vessel_classes.barge.cranes": 2},
        lambda log: gaps(log, "t_berthed", "t_started")[barges(log)].max() > 0.1,
    ),
    "early cut-off": ({f"{BOOKINGS}.cut_off": 48}, lambda log: log.boxes["rolled"].max() > 2),
    "just in time for the cut-off": (
        {f"{BOOKINGS}.road_lead": fixed(36, "h"), f"{BOOKINGS}.cut_off": 36}
        | everywhere({"gate.drop_off_lanes": None, "gate.calendar": "h24"}),
        lambda log: np.any(log.boxes["rolled"][booked(log)] == 0) and np.any(log.boxes["rolled"][booked(log)] > 0),
    ),
    "no cut-off": ({f"{BOOKINGS}.cut_off": 0, f"{BOOKINGS}.list_interval": 1}, lambda log: sea(log).size),
    "list every day": (
        {f"{BOOKINGS}.list_interval": 24, f"{BOOKINGS}.cut_off": 0},
        lambda log: np.any(log.boxes["rolled"] > 0),
    ),
    "no room": (
        {f"{BOOKINGS}.room": 0.7},
        lambda log: np.all(log.calls["left_boxes"][sea(log)][-3:] > 0) and log.boxes["rolled"].max() > 2,
    ),
    "room for connections only": (
        {f"{BOOKINGS}.connection_room": 1, "traffic.cargo.flows.transhipment.connection_share": 0.9}
        | {"traffic.cargo.flows.transhipment.barge_share": 0.1, "traffic.cargo.flows.transhipment.share": 0.5},
        lambda log: not booked(log).any() and log.calls["load_boxes"][sea(log)].max() > 10,
    ),
    "connections that find no room": (
        {f"{BOOKINGS}.room": 0.9, "traffic.cargo.flows.transhipment.connection_share": 0.9}
        | {"traffic.cargo.flows.transhipment.barge_share": 0.1, "traffic.cargo.flows.transhipment.share": 0.5},
        lambda log: log.calls["left_boxes"][sea(log)].max() > 10,
    ),
    "straight from the truck": (
        {"customs.export.direct_share": 0.9, "customs.export.advance_share": 0.9, f"{BOOKINGS}.room": 0.9},
        lambda log: (
            np.sum(log.boxes["direct"] & (log.boxes["t_loaded"] > 0)) > 50
            and np.any(log.boxes["rolled"][log.boxes["direct"]] > 0)
        ),
    ),
    "straight from the truck, past a tight yard": (
        TIGHT | {"customs.export.direct_share": 0.9, "customs.export.advance_share": 0.9, f"{BOOKINGS}.road_lead": 90},
        lambda log: np.sum(log.boxes["direct"] & (log.boxes["t_loaded"] > 0)) > 20,
    ),
    "papers too late for the way straight from the truck": (
        {"customs.export.direct_share": 0.9, "customs.export.advance_share": 0.9, "customs.export.automatic_time": 60},
        lambda log: np.any(log.boxes["rolled"][log.boxes["direct"]] > 0),
    ),
    "cleared at the river port": (
        {f"{BOOKINGS}.one_port_share": 1, **ALL_TO_EUROPE},
        lambda log: np.sum(log.boxes["one_port"] & (log.boxes["t_released"] == log.boxes["t_arrived"])) > 50,
    ),
    "exports share the officers": (
        {"customs.export.manual_share": 1, "customs.review.officers": 1, "customs.traders.aeo.priority": 1},
        lambda log: np.nanmax(log.boxes["review_queued"][log.boxes["flow"] == Flow.EXPORT]) > 2,
    ),
    "exports share the site": (
        {"customs.traders.ordinary.export_inspection_rate": 0.5, "customs.inspection.bays": 1}
        | {"customs.risk.inspection_factor": 8, "customs.inspection.suspect_share": 0.5},
        lambda log: np.nanmax(log.boxes["examine_queued"][log.boxes["flow"] == Flow.EXPORT]) > 2,
    ),
    "nothing in advance": (
        {"customs.export.advance_share": 0, "customs.declaration.advance_share": 0},
        lambda log: np.all(~(log.boxes["t_prepared"] < log.boxes["t_arrived"])),
    ),
    "transhipment by officers": (
        {"customs.transhipment.automatic_share": 0, "customs.transhipment.calendar": "lunch"}
        | {"customs.transhipment.approval": 9},
        lambda log: np.nanmax(log.boxes["t_reviewed"] - log.boxes["t_lodged"]) > 24,
    ),
    "transhipment released at once": (
        {"customs.transhipment.automatic_share": 1, f"{BOOKINGS}.flows.transhipment.barge_share": 0.4},
        lambda log: np.any((log.boxes["flow"] == Flow.TRANSHIPMENT) & (log.boxes["by_in"] == Mode.ROAD)),
    ),
    "cleared again for the train": (ALL_TO_EUROPE, lambda log: np.sum(log.rail["again"]) > 20),
    "one supervision to the station": (
        {"rail.seamless": True, "rail.statutory_share": 0.8, "rail.statutory_inspection_rate": 0.5, **ALL_TO_EUROPE},
        lambda log: len(log.rail["box"]) > 20 and not np.any(log.rail["again"]),
    ),
    "shuttle trains": (
        {"rail.shuttle_mode": "rail", "rail.shuttle_interval": 9, "rail.trains_per_week": 3.5, **ALL_TO_EUROPE},
        lambda log: len(log.rail["box"]) and np.all(log.boxes["t_gate_out"][log.rail["box"]] % 9 == 0),
    ),
    "ready at the cut-off of a train": (
        {"rail.seamless": True, "rail.shuttle_mode": "rail", "rail.shuttle": fixed(2, "h"), **ALL_TO_EUROPE}
        | {"rail.cut_off": 18, "rail.trains_per_week": 7},
        lambda log: np.any(log.rail["t_ready"] == log.rail["t_departed"] - 18),
    ),
    "trains too small": (
        {"rail.capacity": 5, **ALL_TO_EUROPE},
        lambda log: log.trains["left_boxes"].max() > 10 and set(log.trains["teu"]) >= {4, 5},
    ),
    "typhoon": (
        {"weather.typhoon.rate": 150, **everywhere({"gate.calendar": "h24"})},
        lambda log: (
            np.nanmax(log.boxes["pickup_closed"][booked(log)]) > 1
            and gaps(log, "t_started", "t_worked")[barges(log)].max() > 4
        ),
    ),
    "berth service given": (
        {"terminals.nansha_iv.quay.service": fixed(14, "h"), "terminals.t1.basin.quay.service": fixed(3, "h")},
        lambda log: np.any(np.isclose(gaps(log, "t_started", "t_discharged")[barges(log)], 3)),
    ),
    "no train": (
        {"rail": None, f"{BOOKINGS}.europe_share": None},
        lambda log: not len(log.trains["train"]) and not np.any(log.boxes["by_out"] == Mode.RAIL),
    ),
    "no barge": (
        {f"traffic.cargo.flows.{flow}.barge_share": 0 for flow in DISCHARGED}
        | {f"{BOOKINGS}.flows.{flow}.barge_share": 0 for flow in BOOKED},
        lambda log: not np.any(log.calls["load_boxes"][barges(log)]) and log.calls["t_departed"][barges(log)].max() > 0,
    ),
    "all by barge": (
        {f"{BOOKINGS}.flows.{flow}.barge_share": 1 for flow in BOOKED}
        | {"traffic.cargo.flows.import.barge_share": 1, "customs.pick_up.shipside_share": 1},
        lambda log: not np.any(log.boxes["by_in"] == Mode.ROAD) and not np.any(log.boxes["shipside"]),
    ),
    "simply gone": (
        {f"traffic.cargo.flows.{flow}.barge_share": None for flow in ("import", "domestic", "empty")},
        lambda log: np.any((log.boxes["by_out"] == Mode.NONE) & (log.boxes["t_gate_out"] > 0)),
    ),
}
