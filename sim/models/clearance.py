"""Clearance of boxes as columns: sections 1.2 and 1.3 of the process model, stage by stage, through exact lines.

`Clearance.advance(now)` carries every box as far as what happened up to `now` can tell. Chunks never change a time,
so the quay may ask at any declared moment, and as rarely as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.kernel.priority_station import PriorityStation
from sim.kernel.station import Station
from sim.kernel.waiting_line import Served, WaitingLine
from sim.models.boxes import Boxes
from sim.models.openings import Openings
from sim.port.port import Port, PortTimeline

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Desks:
    """The waiting lines of clearance and the hours that have no line."""

    lodging: OpenHours
    review: WaitingLine
    scanner: WaitingLine
    bays: WaitingLine


def desks(timeline: PortTimeline, openings: Openings) -> Desks:
    """Return the desks of the customs office. Ranks that differ call for a line with priorities."""
    ranks = {t.priority.value for port in timeline.ports for t in port.customs.traders.values()}
    line = Station if len(ranks) == 1 else PriorityStation
    first = timeline.ports[0].customs
    site = openings.land(lambda p: p.customs.inspection.calendar.value)

    def servers(read: Callable[[Port], float]) -> list[tuple[float, int]]:
        return [(t, int(read(p))) for t, p in zip(timeline.hours, timeline.ports, strict=True)]

    return Desks(
        lodging=openings.desk(lambda p: p.customs.declaration.calendar.value),
        review=line(
            servers(lambda p: p.customs.review.officers.value),
            openings.desk(lambda p: p.customs.review.calendar.value),
            first.review.at_close.value,
        ),
        scanner=line(
            servers(lambda p: p.customs.inspection.scanners.value), site, first.inspection.scan_at_close.value
        ),
        bays=line(
            servers(lambda p: p.customs.inspection.bays.value), site, first.inspection.examination_at_close.value
        ),
    )


class Clearance:
    """Carries boxes from their coming to their release; the box table takes the milestones."""

    def __init__(self, boxes: Boxes, desks: Desks) -> None:
        self._boxes, self._table, self._times, self._desks = boxes, boxes.table, boxes.times, desks
        self._waiting: Rows = np.empty(0, dtype=np.intp)
        self._declare_in_advance()

    def _declare_in_advance(self) -> None:
        """Lodge the advance declarations: their times hang on arrival, or on plans, alone.

        That of an import waits for the manifest. That of an export comes before the planned arrival of the box.
        """
        table, boxes = self._table, self._boxes
        exports = boxes.cleared >= boxes.discharged
        rows = boxes.cleared[~exports]
        table["t_manifest"][rows] = table["t_arrived"][rows] - self._times.manifest[~exports]
        early = table["advance"][boxes.cleared]
        rows = boxes.cleared[early & ~exports]
        lead = table["t_arrived"][rows] - self._times.lead[early & ~exports]
        self._lodge(rows, np.maximum(lead, table["t_manifest"][rows]))
        rows = boxes.cleared[early & exports]
        self._lodge(rows, boxes.planned[rows - boxes.discharged] - self._times.lead[early & exports])

    def _lodge(self, rows: Rows, prepared: Floats) -> None:
        """Lodge declarations as soon as brokers are open, then review them and settle the tax."""
        table, times, k = self._table, self._times, self._boxes.slot[rows]
        lodged = self._desks.lodging.next_open(prepared)
        table["t_prepared"][rows], table["t_lodged"][rows] = prepared, lodged
        table["lodge_closed"][rows] = lodged - prepared
        table["t_taxed"][rows] = lodged + times.tax[k]
        manual = table["manual"][rows]
        table["t_reviewed"][rows] = np.where(manual, np.nan, lodged + times.automatic[k] + times.amend[k])
        by_hand = manual & np.isfinite(lodged)
        desk, k = rows[by_hand], k[by_hand]
        self._desks.review.feed(desk, lodged[by_hand], times.review[k], times.priority[k])

    def came(self, rows: Rows, came: Floats) -> None:
        """Take in boxes that come into the port at `came`: discharged, or through the gate."""
        table, k = self._table, self._boxes.slot[rows]
        table["t_tallied"][rows] = came + self._times.tally[k]
        late = ~table["advance"][rows]
        self._lodge(rows[late], came[late] + self._times.prepare[k[late]])
        self._order_inspections(rows[table["selected"][rows] | table["quarantine"][rows]])
        self._waiting = np.concatenate([self._waiting, rows])

    def _order_inspections(self, rows: Rows) -> None:
        """Order and book inspections: never before the box is in the port."""
        table, times, k = self._table, self._times, self._boxes.slot[rows]
        notified = np.maximum(table["t_lodged"][rows], table["t_tallied"][rows])
        at_site = notified + times.book[k]
        table["t_notified"][rows], table["t_at_site"][rows] = notified, at_site
        for line, hours, mine in (
            (self._desks.scanner, times.scan, table["scan"][rows]),
            (self._desks.bays, times.examine, ~table["scan"][rows]),
        ):
            some = mine & np.isfinite(at_site)
            line.feed(rows[some], at_site[some], hours[k[some]], times.priority[k[some]])

    def advance(self, now: float) -> Rows:
        """Carry all boxes on to `now` [h]; return the rows newly released, their release time set."""
        table, times, slot = self._table, self._times, self._boxes.slot
        served = self._desks.review.advance(now)
        table["t_reviewed"][served.ids] = served.finishes + times.amend[slot[served.ids]]
        self._split("review", served)
        served = self._desks.scanner.advance(now)
        scanned = served.finishes + times.image[slot[served.ids]]
        table["t_scanned"][served.ids] = scanned
        self._split("scan", served)
        on = times.suspect[slot[served.ids]] & np.isfinite(scanned)
        rows = served.ids[on]
        self._desks.bays.feed(rows, scanned[on], times.examine[slot[rows]], times.priority[slot[rows]])
        served = self._desks.bays.advance(now)
        table["t_examined"][served.ids] = served.finishes
        sampled = served.ids[table["sampled"][served.ids]]
        table["t_tested"][sampled] = table["t_examined"][sampled] + times.test[slot[sampled]]
        self._split("examine", served)
        return self._release()

    def _split(self, stage: str, served: Served) -> None:
        self._table[f"{stage}_closed"][served.ids] = served.closed
        self._table[f"{stage}_queued"][served.ids] = served.queued
        self._table[f"{stage}_service"][served.ids] = served.service

    def _release(self) -> Rows:
        """Release the boxes whose every condition has a time: the latest of them is the release (section 1.2, I12)."""
        table, rows = self._table, self._waiting
        k = self._boxes.slot[rows]
        # NaN (not yet known) comes through np.maximum, so it holds the box
        release = np.maximum(np.maximum(table["t_tallied"][rows], table["t_reviewed"][rows]), table["t_taxed"][rows])
        scanned = table["scan"][rows]
        release = np.where(scanned, np.maximum(release, table["t_scanned"][rows]), release)
        examined = self._times.examined[k]
        release = np.where(examined, np.maximum(release, table["t_examined"][rows]), release)
        held = self._times.hold[k]
        release = np.where(held, np.maximum(release, table["t_tested"][rows]), release)
        known = ~np.isnan(release)
        self._waiting, rows = rows[~known], rows[known]
        table["t_released"][rows] = release[known]
        return rows

    def complete(self, rows: Rows) -> None:
        """Lodge the complete declaration of two-step boxes when its time has come, but not before the release."""
        rows = rows[self._table["two_step"][rows]]
        due = self._table["t_arrived"][rows] + self._times.complete[self._boxes.slot[rows]]
        self._table["t_completed"][rows] = np.maximum(due, self._table["t_released"][rows])
