"""Who goes with which vessel or barge: the river ports, the loading lists, and the trucks that wait for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, count
from math import inf
from typing import TYPE_CHECKING

import simpy

from sim.kernel.draws import Draws
from sim.models.luck import Luck
from sim.records import Event, Mode
from tests.oracle.clock import Order
from tests.oracle.log import Process

if TYPE_CHECKING:
    from tests.oracle.booked import Booked
    from tests.oracle.box import Box
    from tests.oracle.world import World


class Carriers:
    """The lines of boxes for each barge line and each service, by its code; and the lists by which they are called up.

    listed: hour of the last loading list. Who was not ready by then waits for the next one.
    """

    def __init__(self, world: World, draws: Draws) -> None:
        self._world = world
        self._river: dict[int, list[Booked]] = defaultdict(list)
        self.lines: dict[int, list[Box]] = defaultdict(list)
        self._rolled: dict[int, list[Box]] = defaultdict(list)
        self._line_luck = Luck(draws, world.calls)("barge line")
        self.outside = {key: Outside(world, key) for key in world.keys}
        self.listed = -inf

    def lists(self) -> Process:
        """Draw up a list at hour 0 and after every interval, before anything else happens at that hour."""
        interval = self._world.first.traffic.cargo.bookings.list_interval.value
        for number in count():
            yield self._world.clock.at(number * interval, Order.LISTING)
            self.listed = number * interval
            for outside in self.outside.values():
                outside.list(until=self.listed + interval)

    def to_river_port(self, box: Booked, planned: float) -> Process:
        """Bring a box to the river port of its barge line, ready for a barge that reaches the port at its hour."""
        services = self._world.first.traffic.services.values()
        lines = {
            code: 1.0 if service.weight is None else service.weight.value
            for code, service in enumerate(services)
            if service.berth == "basin" and service.terminal == box.key
        }
        if not any(lines.values()):
            lines = dict.fromkeys(lines, 1.0)
        luck, total = self._line_luck[box.row], sum(lines.values())
        line = next(
            code for code, reached in zip(lines, accumulate(lines.values()), strict=True) if luck < reached / total
        )
        yield self._world.clock.at(planned, Order.LEAVING)
        self._river[line].append(box)

    def barge_brings(self, number: int) -> list[Booked]:
        """Return the boxes that a barge, which reaches the port now, took aboard: first come, up to her capacity."""
        line = self._river[self._world.calls.service[number]]
        aboard = list(self._fitting(number, line))
        del line[: len(aboard)]
        for box in aboard:
            box.barge = number
        return sorted(aboard, key=lambda box: box.row)

    def barge_takes(self, number: int) -> list[Box]:
        """Return the boxes that a barge takes: those on the last list, first come, up to her capacity."""
        waiting = self._on_list(number)
        taken = list(self._fitting(number, waiting))
        return self._sign_on(number, taken, left=len(waiting) - len(taken))

    def vessel_takes(self, number: int) -> list[Box]:
        """Return what a vessel loads: of all that is on the last list, booked boxes in time for the cut-off among them,
        the first come, as far as there is room. Booked boxes that stay behind roll to the next call of the service.
        One that is loaded straight from the truck need not be in the port in time, only its documents be reviewed.
        """
        world, calls = self._world, self._world.calls
        arrival, service = calls.t_arrived[number].item(), calls.service[number].item()
        bookings = world.timeline.at(arrival).traffic.cargo.bookings
        first = world.boxes.first_booked[number].item()
        own = world.box[first : first + calls.booked[number].item()]
        booked = self._rolled[service] + [box for box in own if box.by_out == Mode.SEA]
        closing = min(arrival - bookings.cut_off.value, self.listed)
        in_time = [box for box in booked if (self._reviewed(box) if box.direct else box.ready <= closing)]
        # a box that is loaded straight from the truck has not waited: it is the last in line
        line = sorted(in_time + self._on_list(number), key=lambda box: (inf if box.direct else box.ready, box.row))
        taken = line[: round(calls.load[number].item() * bookings.room.value)]
        aboard = set(taken)
        self._rolled[service] = [box for box in booked if box not in aboard]
        for box in self._rolled[service]:
            box.missed += 1
        return self._sign_on(number, sorted(taken, key=lambda box: box.row), left=len(line) - len(taken))

    def _reviewed(self, box: Box) -> bool:
        return box.clearance.reviewed <= self.listed

    def _on_list(self, number: int) -> list[Box]:
        """Return who waits for this barge line or for a connection by this service, and is on the last list."""
        line = self.lines[self._world.calls.service[number].item()]
        listed = [box for box in line if box.ready <= self.listed]
        return sorted(listed, key=lambda box: (box.ready, box.row))

    def _fitting(self, number: int, line: list) -> Iterator:
        """Yield the first of a line, as long as the barge has room; who does not fit holds up those behind."""
        vessel_class = self._world.calls.vessel_class[number].item()
        room = list(self._world.first.traffic.vessel_classes.values())[vessel_class].capacity.value
        for box in line:
            room -= box.teu
            if room < 0:
                return
            yield box

    def _sign_on(self, number: int, boxes: list[Box], left: int) -> list[Box]:
        line, aboard = self.lines[self._world.calls.service[number].item()], set(boxes)
        line[:] = [box for box in line if box not in aboard]
        for name, value in (("boxes", len(boxes)), ("teu", sum(box.teu for box in boxes))):
            self._world.call_log.write(number, f"load_{name}", value)
        self._world.call_log.write(number, "left_boxes", left)
        return boxes


class Outside:
    """The trucks that bring boxes to one terminal, outside its gate until a loading list lets them in."""

    def __init__(self, world: World, key: str) -> None:
        self._world, self._key = world, key
        self._expected: list[tuple[float, Booked, simpy.Event]] = []
        self._stopped = False
        self.log: list[tuple[float, Event]] = []
        """When trucks were stopped, and when they were let in again."""

    def expect(self, box: Booked, truck: float) -> simpy.Event:
        """Return the event of being let in, for a truck that comes at hour `truck`."""
        let_in = self._world.clock.event()
        self._expected.append((truck, box, let_in))
        return let_in

    def list(self, until: float) -> None:
        """Let in the trucks outside and those that come before `until`, with slots for all; or nobody."""
        now, yard = self._world.clock.now, self._world.yards[self._key]
        stop_from = self._world.timeline.at(now).terminals[self._key].gate.stop_from
        stop = yard.fill >= (1.0 if stop_from is None else stop_from.value)
        if stop != self._stopped:
            self.log.append((now, Event.GATE_STOPPED if stop else Event.GATE_RESUMED))
        self._stopped = stop
        if not stop:
            due = [entry for entry in self._expected if entry[0] < until]
            self._expected = [entry for entry in self._expected if entry[0] >= until]
            yard.claim(box for _, box, _ in due)
            for _, _, let_in in due:
                let_in.succeed()
