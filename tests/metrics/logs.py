"""Run logs written by hand, so that every expected number can be worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.metrics import measure
from sim.records import BOX_FIELDS, CALL_FIELDS, EVENT_FIELDS, STATION_FIELDS, Field, Flow, Mode, RunLog, Table, empty

NAN = float("nan")
NAMES = {
    "service": ("north",),
    "terminal": ("t1", "t2"),
    "vessel_class": ("feeder", "mother"),
    "trader": ("aeo", "ordinary"),
    "goods": ("general", "food"),
    "station": ("review", "idle"),
}
IMPORT = {"flow": Flow.IMPORT, "teu": 1, "terminal": 0, "trader": 1, "goods": 0, "channel": 1, "call": 0}
DONE = {"t_arrived": 0.0, "t_discharged": 8.0, "t_lodged": 30.0, "t_released": 40.0, "t_gate_out": 100.0}
CALL = {"service": 0, "terminal": 0, "vessel_class": 0, "loa": 185.0}

BOOKED = {"flow": Flow.EXPORT, "teu": 1, "terminal": 0, "trader": 1, "goods": 0, "channel": 1, "booked": 0, "rolled": 0}
BY_TRUCK = {
    "by_in": Mode.ROAD,
    "by_out": Mode.SEA,
    "t_truck": 9.5,
    "t_gate_in": 10.0,
    "t_arrived": 10.0,
    "t_tallied": 11.0,
}
ABOARD = {"t_lodged": 14.0, "t_released": 24.0, "t_loaded": 60.0, "call_out": 0}
EXPORT = BOOKED | BY_TRUCK | ABOARD
"""An export box: in by truck at hour 10, lodged at 14, released at 24, aboard call 0 at hour 60."""

BY_BARGE = {"by_in": Mode.BARGE, "t_truck": NAN, "t_gate_in": NAN, "t_discharged": 10.0}
"""What makes a booked box one that a barge brought."""

BY_RAIL = {"by_out": Mode.RAIL, "t_loaded": NAN, "call_out": -1, "t_gate_out": 50.0}
"""What makes a booked box one that left for the rail station at hour 50."""

ONWARD = {
    "flow": Flow.TRANSHIPMENT,
    "by_in": Mode.SEA,
    "by_out": Mode.SEA,
    "teu": 1,
    "terminal": 0,
    "call": 0,
    "rolled": 0,
}
CONNECTED = {"t_arrived": 0.0, "t_discharged": 8.0, "t_tallied": 9.0, "t_lodged": 9.0, "t_released": 20.0}
CONNECTION = ONWARD | CONNECTED | {"t_loaded": 80.0, "call_out": 1}
"""A transhipment box: off call 0 at hour 8, released at 20, aboard call 1 at hour 80."""

SAILED = {"t_arrived": 40.0, "t_berthed": 50.0, "t_started": 51.0, "t_discharged": 55.0, "t_worked": 70.0}
DEPARTED = CALL | SAILED | {"t_unberthed": 72.0, "t_departed": 75.0}
"""A call at work from hour 51 to 70, departed at 75."""


def table(fields: tuple[Field, ...], rows: list[dict[str, Any]]) -> Table:
    """Return the rows as columns; what a row does not say stays at its empty value."""
    columns = empty(fields, len(rows))
    key = fields[0].name
    if fields in (BOX_FIELDS, CALL_FIELDS):
        columns[key][:] = range(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            columns[name][number] = value
    return columns


def boxes(*rows: dict[str, Any]) -> Table:
    """Return a table of import boxes, out of the port by hour 100, as the rows change them."""
    return table(BOX_FIELDS, [IMPORT | DONE | row for row in rows])


def port_boxes(*rows: dict[str, Any]) -> Table:
    """Return a table of boxes of any kind, each row complete in itself."""
    return table(BOX_FIELDS, list(rows))


def calls(*rows: dict[str, Any]) -> Table:
    """Return a table of calls of feeders at the first terminal, as the rows change them."""
    return table(CALL_FIELDS, [CALL | row for row in rows])


def log(**parts: Any) -> RunLog:
    """Return a log of 200 h, all of them measured, without boxes and calls unless given."""
    bare = RunLog(
        events=empty(EVENT_FIELDS, 0),
        calls=empty(CALL_FIELDS, 0),
        boxes=empty(BOX_FIELDS, 0),
        stations=empty(STATION_FIELDS, 0),
        names=NAMES,
        window=(0.0, 200.0),
        end=200.0,
        yard={"t1.dry": 10.0, "t1.reefer": 2.0, "t2.dry": 20.0, "t2.reefer": 4.0},
        quay={"t1": (385.0, 15.0), "t2": (785.0, 15.0)},
    )
    return replace(bare, **parts)


class Measured:
    """The metrics of a log, to be asked for one number at a time; None where there is no row."""

    def __init__(self, run_log: RunLog) -> None:
        self._rows = {(r.metric, r.flow, r.group, r.statistic): r for r in measure(run_log)}

    def __call__(self, metric: str, statistic: str, group: str = "all", flow: str = "import") -> float | None:
        row = self._rows.get((metric, flow, group, statistic))
        return None if row is None else row.value

    def unit(self, metric: str, statistic: str, group: str = "all", flow: str = "import") -> str:
        """Return the unit of one number."""
        return self._rows[metric, flow, group, statistic].unit
