"""Floor 2: the schemas of the run log, the contract between before and after a run.

Times are hours since the start of the run (00:00 of the start date); NaN means not yet, or not for this box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Table = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its NumPy type, unit, and meaning."""

    name: str
    dtype: str
    unit: str
    meaning: str


class Flow(IntEnum):
    """What a box is to the port."""

    IMPORT = 0
    TRANSHIPMENT = 1
    DOMESTIC = 2
    EMPTY = 3
    EXPORT = 4


class Mode(IntEnum):
    """How a box comes into the port, or leaves it; NONE where the port does not say."""

    NONE = -1
    SEA = 0
    BARGE = 1
    ROAD = 2
    RAIL = 3


class Channel(IntEnum):
    """The clearance channel that a box took (WCO: selectivity)."""

    NONE = 0
    GREEN = 1
    YELLOW = 2
    RED = 3


class Event(IntEnum):
    """The kinds of rows in the event log."""

    CALL_ARRIVED = 0
    BERTH_ASSIGNED = 1
    CHANNEL_ENTERED = 2
    BERTHED = 3
    WORK_STARTED = 4
    LOT_DISCHARGED = 5
    YARD_FULL = 6
    DISCHARGE_ENDED = 7
    WORK_ENDED = 8
    UNBERTHED = 9
    DEPARTED = 10
    CLOSED = 11
    REOPENED = 12
    LOT_LOADED = 13
    GATE_STOPPED = 14
    GATE_RESUMED = 15


def _f(name: str, dtype: str, unit: str, meaning: str) -> Field:
    return Field(name, dtype, unit, meaning)


EVENT_FIELDS = (
    _f("t", "float64", "h", "time of the event"),
    _f("kind", "int8", "code", "Event"),
    _f("call", "int32", "id", "vessel call, -1 for none"),
    _f("value", "float64", "", "boxes of a lot, cranes at work, berth position [m], or terminal code of a gate"),
)

CALL_FIELDS = (
    _f("call", "int32", "id", "vessel call, in order of arrival"),
    _f("service", "int16", "code", "names['service']"),
    _f("terminal", "int16", "code", "names['terminal']"),
    _f("vessel_class", "int16", "code", "names['vessel_class']"),
    _f("barge", "bool", "", "a barge in the basin, not a vessel at the sea quay"),
    _f("loa", "float64", "m", "length over all"),
    _f("beam", "float64", "m", "beam"),
    _f("draft", "float64", "m", "arrival draft"),
    _f("discharge_boxes", "int32", "boxes", "boxes to discharge"),
    _f("load_boxes", "int32", "boxes", "boxes that it loads, or would by its nominal load until it has begun to"),
    _f("booked_boxes", "int32", "boxes", "boxes booked on it; 0 where loads are counts only"),
    _f("left_boxes", "int32", "boxes", "boxes that were ready and found no room"),
    _f("discharge_teu", "int32", "TEU", "TEU to discharge"),
    _f("load_teu", "float64", "TEU", "TEU that it loads; at the mean size of the cargo mix where loads are counts"),
    _f("t_arrived", "float64", "h", "at the anchorage"),
    _f("t_assigned", "float64", "h", "berth assigned"),
    _f("t_piloted", "float64", "h", "pilots on board"),
    _f("t_entered", "float64", "h", "enters the channel"),
    _f("t_berthed", "float64", "h", "all fast"),
    _f("t_started", "float64", "h", "first crane move"),
    _f("t_discharged", "float64", "h", "last box off"),
    _f("t_worked", "float64", "h", "last crane move"),
    _f("t_unberthed", "float64", "h", "off the quay"),
    _f("t_departed", "float64", "h", "out of the channel"),
    _f("position", "float64", "m", "bow line's place along the quay"),
    _f("crane_hours", "float64", "h", "crane-hours assigned while working"),
    _f("yard_stop", "float64", "h", "work stopped because the yard was full"),
)

BOX_FIELDS = (
    _f("box", "int64", "id", "box: discharged ones in order of call and working order, then booked ones likewise"),
    _f("call", "int32", "id", "vessel or barge call that brought it, -1 for a truck"),
    _f("call_out", "int32", "id", "vessel or barge call that took it, -1 for none yet"),
    _f("booked", "int32", "id", "vessel call on which it is booked, -1 for none"),
    _f("terminal", "int16", "code", "names['terminal']"),
    _f("flow", "int8", "code", "Flow"),
    _f("by_in", "int8", "code", "Mode by which it comes"),
    _f("by_out", "int8", "code", "Mode by which it leaves"),
    _f("rolled", "int8", "calls", "calls of its service that it missed"),
    _f("teu", "int8", "TEU", "1 or 2"),
    _f("reefer", "bool", "", "refrigerated"),
    _f("trader", "int8", "code", "names['trader']; -1 for none"),
    _f("goods", "int8", "code", "names['goods']; -1 for none"),
    _f("dutiable", "bool", "", "tax is due before release"),
    _f("bonded", "bool", "", "enters a bonded zone"),
    _f("advance", "bool", "", "declared before the vessel's arrival"),
    _f("two_step", "bool", "", "summary then complete declaration"),
    _f("guarantee", "bool", "", "released under a guarantee, without waiting for payment"),
    _f("manual", "bool", "", "documents reviewed by an officer"),
    _f("selected", "bool", "", "selected for inspection by risk"),
    _f("quarantine", "bool", "", "checked on site under quarantine or food control"),
    _f("scan", "bool", "", "inspected by scanner first"),
    _f("sampled", "bool", "", "sampled for the laboratory"),
    _f("infringing", "bool", "", "carries an infringement"),
    _f("found", "bool", "", "the infringement was found"),
    _f("shipside", "bool", "", "picked up at the ship's side"),
    _f("direct", "bool", "", "loaded straight from the truck (direct loading)"),
    _f("one_port", "bool", "", "cleared at the river port (one-port-pass)"),
    _f("europe", "bool", "", "bound for Europe, so that it may go by rail"),
    _f("automatic", "bool", "", "transhipment released automatically"),
    _f("channel", "int8", "code", "Channel"),
    _f("t_arrived", "float64", "h", "start of the official clocks: vessel at the anchorage; a booked box in the port"),
    _f("t_manifest", "float64", "h", "original manifest sent"),
    _f("t_berthed", "float64", "h", "vessel all fast"),
    _f("t_discharged", "float64", "h", "box on the quay or in the yard"),
    _f("t_tallied", "float64", "h", "tally report"),
    _f("t_prepared", "float64", "h", "documents ready"),
    _f("t_lodged", "float64", "h", "declaration lodged"),
    _f("t_reviewed", "float64", "h", "documents reviewed, amendments included"),
    _f("t_taxed", "float64", "h", "tax paid or waived"),
    _f("t_notified", "float64", "h", "inspection ordered, box in the port"),
    _f("t_at_site", "float64", "h", "box at the inspection site"),
    _f("t_scanned", "float64", "h", "verdict on the scan"),
    _f("t_examined", "float64", "h", "examination ended"),
    _f("t_tested", "float64", "h", "laboratory result"),
    _f("t_released", "float64", "h", "released 放行"),
    _f("t_truck", "float64", "h", "truck at the gate"),
    _f("t_gate_in", "float64", "h", "truck through the in-lane"),
    _f("t_gate_out", "float64", "h", "box out of the port by road (or gone, where the port does not say how)"),
    _f("t_loaded", "float64", "h", "aboard the vessel or barge that takes it"),
    _f("t_completed", "float64", "h", "complete declaration of a two-step box"),
    _f("lodge_closed", "float32", "h", "waiting for the brokers' hours"),
    _f("review_closed", "float32", "h", "review: desk closed"),
    _f("review_queued", "float32", "h", "review: waiting for an officer"),
    _f("review_service", "float32", "h", "review: in service"),
    _f("scan_closed", "float32", "h", "scanner: site closed"),
    _f("scan_queued", "float32", "h", "scanner: waiting"),
    _f("scan_service", "float32", "h", "scanner: in service"),
    _f("examine_closed", "float32", "h", "examination: site closed"),
    _f("examine_queued", "float32", "h", "examination: waiting for a bay"),
    _f("examine_service", "float32", "h", "examination: in service"),
    _f("pickup_closed", "float32", "h", "pick-up: the gate closed, with the spread after opening"),
    _f("gate_closed", "float32", "h", "gate: closed"),
    _f("gate_queued", "float32", "h", "gate: waiting for a lane"),
    _f("gate_service", "float32", "h", "gate: in service at the lane"),
)

STATION_FIELDS = (
    _f("station", "int16", "code", "names['station']"),
    _f("servers", "float64", "servers", "time mean of servers in open hours"),
    _f("served", "int64", "boxes", "customers served"),
    _f("work", "float64", "h", "hours of service given"),
    _f("capacity", "float64", "h", "server-hours open until the end of the run"),
)

SHIFT_FIELDS = (
    _f("station", "int16", "code", "names['station']"),
    _f("t_from", "float64", "h", "the station is open from then, with these servers"),
    _f("t_until", "float64", "h", "until then"),
    _f("servers", "int32", "servers", "planned servers"),
    _f("pauses", "bool", "", "work pauses at closing; else it is finished"),
)

RAIL_FIELDS = (
    _f("box", "int64", "id", "box that left the port for the rail station"),
    _f("train", "int32", "id", "train that took it, -1 for none yet"),
    _f("again", "bool", "", "declared and inspected again at the station"),
    _f("t_station", "float64", "h", "at the rail station"),
    _f("t_lodged", "float64", "h", "declaration that the train asks for: the second, or that of the port"),
    _f("t_released", "float64", "h", "released for the train: the second time, or by the port"),
    _f("t_ready", "float64", "h", "at the station and released"),
    _f("t_departed", "float64", "h", "train departed"),
    _f("t_europe", "float64", "h", "in Europe"),
)

TRAIN_FIELDS = (
    _f("train", "int32", "id", "train, in order of the timetable"),
    _f("boxes", "int32", "boxes", "boxes aboard"),
    _f("teu", "int32", "TEU", "TEU aboard"),
    _f("capacity_teu", "float64", "TEU", "room"),
    _f("left_boxes", "int32", "boxes", "boxes that were ready and found no room"),
    _f("t_planned", "float64", "h", "departure by the timetable"),
    _f("t_departed", "float64", "h", "departure"),
)


@dataclass(frozen=True)
class RunLog:
    """All that one replication leaves behind.

    events, calls, boxes, stations: tables as in EVENT_FIELDS, CALL_FIELDS, BOX_FIELDS, STATION_FIELDS.
    shifts: table as in SHIFT_FIELDS, by station and hour: the plan that the run's self-check holds the stations to.
    rail, trains: tables as in RAIL_FIELDS and TRAIN_FIELDS, without rows where the port has no rail.
    factors: dotted path -> value of what turns hours and moves into emissions and money.
    names: for each coded column, the names by code. window: first and last hour measured; end: last hour simulated.
    yard: terminal and slot kind ("nansha_iv.dry") -> capacity [TEU]. quay: terminal -> length [m], gap [m]; a barge
    basin is "terminal basin".
    """

    events: Table
    calls: Table
    boxes: Table
    stations: Table
    names: Mapping[str, tuple[str, ...]]
    window: tuple[float, float]
    end: float
    yard: Mapping[str, float] = field(default_factory=dict)
    quay: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    rail: Table = field(default_factory=lambda: empty(RAIL_FIELDS, 0))
    trains: Table = field(default_factory=lambda: empty(TRAIN_FIELDS, 0))
    shifts: Table = field(default_factory=lambda: empty(SHIFT_FIELDS, 0))
    factors: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    """Cost of the run: simpy events, boxes, calls."""


def empty(fields: tuple[Field, ...], rows: int) -> dict[str, Column]:
    """Return a table of `rows` rows: NaN for floats, -1 for codes and ids, False for flags, 0 for counts."""
    fill = {"f": np.nan, "b": False, "i": 0}
    return {
        f.name: np.full(rows, -1 if f.unit in {"code", "id"} else fill[np.dtype(f.dtype).kind], dtype=f.dtype)
        for f in fields
    }


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One number about one replication. `group` narrows the boxes (all, aeo, inspected, ...)."""

    metric: str
    flow: str
    group: str
    statistic: str
    value: float
    unit: str
