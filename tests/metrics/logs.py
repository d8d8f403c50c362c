"""Run logs written by hand, so that every expected number can be worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.metrics import measure
from sim.records import BOX_FIELDS, CALL_FIELDS, EVENT_FIELDS, STATION_FIELDS, Field, Flow, RunLog, Table, empty

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


def table(fields: tuple[Field, ...], rows: list[dict[str, Any]]) -> Table:
    """Return the rows as columns; what a row does not say stays at its empty value."""
    columns = empty(fields, len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            columns[name][number] = value
    return columns


def boxes(*rows: dict[str, Any]) -> Table:
    """Return a table of import boxes, out of the port by hour 100, as the rows change them."""
    return table(BOX_FIELDS, [IMPORT | DONE | row for row in rows])


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
