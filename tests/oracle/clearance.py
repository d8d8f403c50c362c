"""The clearance of one box: sections 1.2 (imports) and 1.3 (exports) of the process model."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np

from tests.oracle.log import Diary, Process
from tests.oracle.world import World


class Clearance:
    """The declaration, review and inspection of one box, with its own flags and hours, all drawn before the run."""

    def __init__(self, world: World, diary: Diary) -> None:
        self._world, self._clock, self._diary = world, world.clock, diary
        self._flags, self._hours = world.flags[diary.row], world.hours[world.boxes.slot[diary.row]]
        self._lodged, self.declared = self._clock.event(), self._clock.event()
        self.reviewed = inf
        """Hour at which its documents are reviewed, once they are."""
        self.inspected: bool = self._flags["selected"] or self._flags["quarantine"]

    def hours(self, name: str) -> float:
        """Return the hours that a stage of this box takes."""
        return float(self._hours[name])

    def declare_in_advance(self, expected: float, not_before: float) -> None:
        """Declare so long before the box or its vessel is expected, if this box is declared in advance."""
        if self._flags["advance"]:
            self._clock.process(self._declare(max(expected - self._hours["lead"], not_before)))

    def pass_through(self) -> Process:
        """From the coming of the box into the port, which is now, to its release."""
        came = self._clock.now
        if not self._flags["advance"]:
            self._clock.process(self._declare(came + self._hours["prepare"]))
        report = self._clock.process(self._diary.reach("t_tallied", came + self._hours["tally"]))
        conditions = [self.declared, report]
        if self.inspected:
            conditions.append(self._clock.process(self._inspect(conditions[1])))
        yield self._clock.all_of(conditions)
        self._diary.mark("t_released")

    def _declare(self, prepared: float) -> Process:
        """Lodge in the brokers' hours; then review and tax side by side."""
        yield from self._diary.reach("t_prepared", prepared)
        lodged = self._world.brokers.next_open(prepared)
        self._diary.write("lodge_closed", lodged - prepared)
        yield from self._diary.reach("t_lodged", lodged)
        self._lodged.succeed()
        tax = self._clock.process(self._diary.reach("t_taxed", lodged + self._hours["tax"]))
        yield tax & self._clock.process(self._be_reviewed())
        self.declared.succeed()

    def _be_reviewed(self) -> Process:
        """By the computer, or by an officer at a desk; errors found are amended afterwards."""
        if self._flags["manual"]:
            yield from self._queue(self._world.review, "review", self._hours["review"])
        else:
            yield self._clock.at(self._clock.now + self._hours["automatic"])
        yield from self._diary.reach("t_reviewed", self._clock.now + self._hours["amend"])
        self.reviewed = self._clock.now

    def _inspect(self, tallied: Any) -> Process:
        """Inspection is ordered when the box is declared and in the port. Returns when it no longer holds the box."""
        yield tallied & self._lodged
        self._diary.mark("t_notified")
        yield from self._diary.reach("t_at_site", self._clock.now + self._hours["book"])
        if self._flags["scan"]:
            yield from self._queue(self._world.scanners, "scan", self._hours["scan"])
            yield from self._diary.reach("t_scanned", self._clock.now + self._hours["image"])
        if self._hours["examined"]:
            yield from self._queue(self._world.bays, "examine", self._hours["examine"])
            self._diary.mark("t_examined")
            if self._flags["sampled"]:
                result = self._clock.process(self._diary.reach("t_tested", self._clock.now + self._hours["test"]))
                if self._hours["hold"]:
                    yield result

    def complete(self, arrival: float) -> Process:
        """The second step of a two-step declaration, when its time has come and the box is released."""
        if self._flags["two_step"]:
            due = arrival + self._hours["complete"]
            yield from self._diary.reach("t_completed", max(due, self._clock.now))

    def _queue(self, desk: Any, stage: str, work: float) -> Process:
        yield from self._diary.queue(desk, stage, int(self._hours["priority"]), work)


def be_approved(world: World, diary: Diary) -> Process:
    """Transhipment: reported, approved by the computer at once or by an officer in his hours, and moved across."""
    times = world.boxes.transhipment
    k = np.searchsorted(times.rows, diary.row)
    yield from diary.reach("t_tallied", world.clock.now + times.tally[k].item())
    diary.mark("t_lodged")
    approved = world.clock.now
    if not world.boxes.table["automatic"][diary.row]:
        desk, opened = world.approval, world.approval.next_open(approved)
        approved = max(opened, desk.to_wall_end(desk.to_open(opened) + times.approval[k].item()))
    yield from diary.reach("t_reviewed", approved)
    yield from diary.reach("t_released", approved + times.transfer[k].item())
