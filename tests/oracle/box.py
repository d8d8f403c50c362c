"""One process per box: off the ship, through clearance (section 1.2 of the process model), through the gate."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.records import Flow
from tests.oracle.desk import Desk
from tests.oracle.world import World

Process = Generator[simpy.Event, Any, Any]


class Box:
    """A box with its own flags and hours, all of them drawn before the run."""

    def __init__(self, world: World, row: int) -> None:
        self._world, self._clock, self._log, self._row = world, world.clock, world.box_log, row
        self._flags = {name: column[row] for name, column in world.boxes.table.items()}
        self._key = list(world.timeline.ports[0].terminals)[self._flags["terminal"]]
        self.teu = int(self._flags["teu"])
        self.slot = "reefer" if self._flags["reefer"] else "dry"
        self._import = self._flags["flow"] == Flow.IMPORT
        if self._import:
            own = vars(world.boxes.times)
            self._hours = {name: column[world.boxes.slot[row]].item() for name, column in own.items()}
            self._before_arrival()

    def _before_arrival(self) -> None:
        """Send the manifest; declare in advance if this box is, though not before its manifest."""
        arrival, hours = self._flags["t_arrived"].item(), self._hours
        manifest = arrival - hours["manifest"]
        self._clock.process(self._reach("t_manifest", manifest))
        self._lodged, self._declared = self._clock.event(), self._clock.event()
        if self._flags["advance"]:
            self._clock.process(self._declare(max(arrival - hours["lead"], manifest)))

    def berthed(self) -> None:
        """Note that the vessel is all fast."""
        self._mark("t_berthed")

    def life(self, off: float) -> Process:
        """From the ship's hold, which it leaves at hour `off`, to the road or to the next ship."""
        yield from self._reach("t_discharged", off)
        if self._import:
            yield from self._clear_and_leave()
        else:
            yield from self._reach("t_gate_out", off + self._world.boxes.stay[self._row])
        self._world.held[self._key][self.slot] -= self.teu

    def _clear_and_leave(self) -> Process:
        """The ship-side way if all is settled when the box comes off the ship; else the ordinary way."""
        off = self._clock.now
        inspected = bool(self._flags["selected"] or self._flags["quarantine"])
        shipside = bool(self._flags["shipside"] and self._declared.triggered and not inspected)
        self._log.write(self._row, "shipside", shipside)
        if shipside:
            # tallied under the hook
            self._mark("t_tallied", "t_released")
            self._clock.process(self._complete())
            yield self._clock.at(off + self._hours["shipside"])
            self._mark("t_truck", "t_gate_in", "t_gate_out")
            return
        if not self._flags["advance"]:
            self._clock.process(self._declare(off + self._hours["prepare"]))
        conditions = [self._declared, self._clock.process(self._reach("t_tallied", off + self._hours["tally"]))]
        if inspected:
            conditions.append(self._clock.process(self._inspect(conditions[1])))
        yield self._clock.all_of(conditions)
        self._mark("t_released")
        self._clock.process(self._complete())
        yield from self._collect()

    def _declare(self, prepared: float) -> Process:
        """Lodge in the brokers' hours; then review and tax side by side."""
        yield from self._reach("t_prepared", prepared)
        lodged = self._world.brokers.next_open(prepared)
        self._log.write(self._row, "lodge_closed", lodged - prepared)
        yield from self._reach("t_lodged", lodged)
        self._lodged.succeed()
        tax = self._clock.process(self._reach("t_taxed", lodged + self._hours["tax"]))
        yield tax & self._clock.process(self._be_reviewed())
        self._declared.succeed()

    def _be_reviewed(self) -> Process:
        """By the computer, or by an officer at a desk; errors found are amended afterwards."""
        if self._flags["manual"]:
            yield from self._queue(self._world.review, "review", self._hours["review"])
        else:
            yield self._clock.at(self._clock.now + self._hours["automatic"])
        yield from self._reach("t_reviewed", self._clock.now + self._hours["amend"])

    def _inspect(self, tallied: simpy.Event) -> Process:
        """Inspection is ordered when the box is declared and in the port. Returns when it no longer holds the box."""
        yield tallied & self._lodged
        self._mark("t_notified")
        yield from self._reach("t_at_site", self._clock.now + self._hours["book"])
        if self._flags["scan"]:
            yield from self._queue(self._world.scanners, "scan", self._hours["scan"])
            yield from self._reach("t_scanned", self._clock.now + self._hours["image"])
        if self._hours["examined"]:
            yield from self._queue(self._world.bays, "examine", self._hours["examine"])
            self._mark("t_examined")
            if self._flags["sampled"]:
                result = self._clock.process(self._reach("t_tested", self._clock.now + self._hours["test"]))
                if self._hours["hold"]:
                    yield result

    def _complete(self) -> Process:
        """The second step of a two-step declaration, when its time has come and the box is released."""
        if self._flags["two_step"]:
            due = self._flags["t_arrived"].item() + self._hours["complete"]
            yield from self._reach("t_completed", max(due, self._clock.now))

    def _collect(self) -> Process:
        """A truck comes when the haulier wishes, or after the gate opens, and takes the box through the gate."""
        hours, wish = self._world.gate_hours[self._key], self._clock.now + self._hours["pick_up"]
        opened = hours.next_open(wish)
        truck = wish if opened == wish else hours.next_open(opened + self._hours["spread"])
        yield from self._reach("t_truck", truck)
        self._log.write(self._row, "pickup_closed", truck - wish)
        yield from self._queue(self._world.gates[self._key], "gate", self._hours["lane"])
        self._mark("t_gate_in")
        yield from self._reach("t_gate_out", self._clock.now + self._hours["inside"])

    def _queue(self, desk: Desk, stage: str, work: float) -> Process:
        """Queue at a desk and write down what the time went on. At the gate all are equal."""
        rank = 0 if stage == "gate" else self._hours["priority"]
        visit = yield from desk.visit(self._row, rank, work)
        for part in ("closed", "queued", "service"):
            self._log.write(self._row, f"{stage}_{part}", getattr(visit, part))

    def _reach(self, milestone: str, t: float) -> Process:
        yield self._clock.at(t)
        self._mark(milestone)

    def _mark(self, *milestones: str) -> None:
        for milestone in milestones:
            self._log.mark(self._row, milestone)
