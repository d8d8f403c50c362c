"""The way to the rail station: when boxes for the train leave the port, what is done there, and on which train."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.boarding import board
from sim.models.bookings import rail_of
from sim.models.calls import WEEK
from sim.models.cohorts import Cohorts
from sim.models.exports import rail_rates
from sim.models.luck import Luck
from sim.port.calendar import DAYS, hour_of_day
from sim.port.port import Horizon, PortTimeline
from sim.records import RAIL_FIELDS, TRAIN_FIELDS, Column, Mode, Table, empty

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class RailTimes:
    """The boxes that go by rail, by rising row, and for each its hours. timetabled: interval of the shuttle trains [h],
    0 where a truck leaves for each box. again: declared again at the station, which takes `second` hours in all.
    """

    rows: Rows
    wait: Floats
    timetabled: Floats
    shuttle: Floats
    again: Flags
    second: Floats
    transit: Floats

    def leaves(self, rows: Rows, released: Floats) -> Floats:
        """Return when boxes released at `released` [h] leave the port for the station."""
        k = np.searchsorted(self.rows, rows)
        ready, interval = released + self.wait[k], self.timetabled[k]
        gap = np.where(interval > 0, interval, 1.0)
        shuttles = np.ceil(ready / gap) * gap
        return np.where(interval > 0, np.maximum(shuttles, ready), ready)


def draw_rail(cohorts: Cohorts, luck: Luck, table: Table) -> RailTimes:
    """Return the hours of the boxes that leave by rail. cohorts, luck: over all boxes."""
    rows = np.flatnonzero(table["by_out"] == Mode.RAIL)
    if not rows.size:
        none, no = np.empty(0), np.empty(0, dtype=np.bool_)
        return RailTimes(rows, none, none, none, no, none, none)
    own, u = cohorts.at(rows), luck.narrowed(rows)
    by_rail = own.value(lambda p: rail_of(p).shuttle_mode.value == "rail") > 0
    inspected = u("second inspection") < rail_rates(own, u)
    inspection = own.quantile(lambda p: rail_of(p).inspection, u("second inspection time"))
    return RailTimes(
        rows=rows,
        wait=own.quantile(lambda p: rail_of(p).wait, u("rail wait")),
        timetabled=np.where(by_rail, own.value(lambda p: rail_of(p).shuttle_interval.value), 0.0),
        shuttle=own.quantile(lambda p: rail_of(p).shuttle, u("shuttle")),
        again=own.value(lambda p: rail_of(p).seamless.value) == 0,
        second=own.quantile(lambda p: rail_of(p).declaration, u("second declaration"))
        + np.where(inspected, inspection, 0.0),
        transit=own.quantile(lambda p: rail_of(p).transit, u("rail transit")),
    )


def rail_tables(
    times: RailTimes, boxes: Table, timeline: PortTimeline, horizon: Horizon
) -> tuple[dict[str, Column], dict[str, Column]]:
    """Return the tables of RAIL_FIELDS and TRAIN_FIELDS: who reached the station, and the trains that came for them."""
    left = np.flatnonzero(np.isfinite(boxes["t_gate_out"][times.rows]))
    rows, again = times.rows[left], times.again[left]
    table = empty(RAIL_FIELDS, len(rows))
    station = boxes["t_gate_out"][rows] + times.shuttle[left]
    table["box"], table["again"], table["t_station"] = boxes["box"][rows], again, station
    table["t_lodged"] = np.where(again, station, boxes["t_lodged"][rows])
    table["t_released"] = np.where(again, station + times.second[left], boxes["t_released"][rows])
    table["t_ready"] = np.maximum(station, table["t_released"])
    planned, capacity, cut_off = _timetable(timeline, horizon)
    order = np.lexsort((rows, table["t_ready"]))
    taken = board(table["t_ready"][order], boxes["teu"][rows][order], planned - cut_off, capacity)
    table["train"][order] = taken
    aboard = table["train"] >= 0
    table["t_departed"][aboard] = planned[table["train"][aboard]]
    table["t_europe"] = table["t_departed"] + times.transit[left]
    return _until(table, horizon.total_hours), _trains(table, boxes["teu"][rows], planned, cut_off, capacity)


def _until(table: dict[str, Column], end: float) -> dict[str, Column]:
    """Blank what had not happened by the end of the run; the arrival in Europe is a plan from the departure on."""
    for name, column in table.items():
        if name.startswith("t_") and name != "t_europe":
            column[column > end] = np.nan
    return table


def _timetable(timeline: PortTimeline, horizon: Horizon) -> tuple[Floats, Floats, Floats]:
    """Return departure, room and cut-off of every train of the run, by the port that holds at its departure."""
    if timeline.ports[0].rail is None:
        return np.empty(0), np.empty(0), np.empty(0)
    end = horizon.total_hours
    trains: list[tuple[float, float, float]] = []
    for k, port in enumerate(timeline.ports):
        rail = rail_of(port)
        since = max(0.0, timeline.hours[k])
        until = min(end, timeline.hours[k + 1]) if k + 1 < len(timeline.hours) else end
        day, _, clock = rail.first_train.value.partition(" ")
        first = 24.0 * ((DAYS.index(day) - horizon.start.weekday()) % 7) + hour_of_day(clock) - WEEK
        gap = WEEK / rail.trains_per_week.value
        numbers = range(int((until - first) // gap) + 2)
        trains += [
            (first + gap * n, rail.capacity.value, rail.cut_off.value)
            for n in numbers
            if since <= first + gap * n < until
        ]
    columns = np.array(trains).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _trains(rail: Table, teu: Column, planned: Floats, cut_off: Floats, capacity: Floats) -> dict[str, Column]:
    table = empty(TRAIN_FIELDS, len(planned))
    train = rail["train"]
    aboard = train >= 0
    table["train"] = np.arange(len(planned), dtype=np.int32)
    table["boxes"] = np.bincount(train[aboard], minlength=len(planned)).astype(np.int32)
    table["teu"] = np.bincount(train[aboard], teu[aboard], minlength=len(planned)).astype(np.int32)
    table["capacity_teu"], table["t_planned"], table["t_departed"] = capacity, planned, planned
    ready = np.sort(rail["t_ready"][np.isfinite(rail["t_ready"])])
    came = np.searchsorted(ready, planned - cut_off, "right")
    table["left_boxes"] = (came - np.cumsum(table["boxes"])).astype(np.int32)
    return table
