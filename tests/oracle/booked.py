"""One process per box that is booked on a vessel call: brought by truck or barge, cleared, and loaded."""

from __future__ import annotations

from math import inf, nextafter

from sim.records import Flow, Mode
from tests.oracle.box import Box
from tests.oracle.clearance import be_approved
from tests.oracle.log import Process
from tests.oracle.rail import to_europe
from tests.oracle.world import World


class Booked(Box):
    """A box that is to be in the port at its planned hour, and to leave by the call that it is booked on."""

    def __init__(self, world: World, row: int) -> None:
        super().__init__(world, row)
        self._planned = world.boxes.planned[row - world.boxes.discharged].item()

    def start(self) -> None:
        """Declare in advance if this box is; set out for the port."""
        if self.clearance is not None:
            self.clearance.declare_in_advance(self._planned, not_before=-inf)
        if self.direct:
            way = self._straight_from_the_truck()
        elif self._planned < 0:
            way = self._there_from_the_start()
        elif self.by_in == Mode.ROAD:
            way = self._by_truck()
        else:
            way = self.world.carriers.to_river_port(self, self._planned)
        self.clock.process(way)

    def life(self, off: float) -> Process:
        """From the barge's hold: until it is out of it, no barge has brought it."""
        yield from self.diary.reach("t_discharged", off)
        self.diary.write("call", self.barge)
        self.diary.write("t_berthed", self.world.call_log.read(self.barge, "t_berthed"))
        yield from self._in_port()

    barge = -1
    """The barge call that brings it."""

    def _there_from_the_start(self) -> Process:
        """What was to come before hour 0 came as planned."""
        yield self.clock.at(self._planned)
        self.yard.claim([self])
        self.diary.mark(*(("t_truck", "t_gate_in") if self.by_in == Mode.ROAD else ("t_discharged",)))
        yield from self._in_port()

    def _by_truck(self) -> Process:
        """The truck comes, waits outside if the yard is full, and passes a lane."""
        truck = self.truck_comes(self._planned)
        let_in = self.world.carriers.outside[self.key].expect(self, truck)
        yield from self.diary.reach("t_truck", truck)
        self.diary.write("pickup_closed", truck - self._planned)
        yield let_in
        if self.key in self.world.drop_off:
            work = self.world.boxes.haulage.lane[self.row].item()
            yield from self.diary.queue(self.world.drop_off[self.key], "gate", 0, work)
        else:
            # nobody queues, but one that was kept outside may find the gate closed
            yield self.clock.at(self.world.gate_hours[self.key].next_open(self.clock.now))
        if self.clock.now == self.world.carriers.listed:
            # the list was drawn up before the trucks that it lets in: their boxes are not on it
            yield self.clock.at(nextafter(self.clock.now, inf))
        self.diary.mark("t_gate_in")
        yield from self._in_port()

    def _in_port(self) -> Process:
        """Cleared as its flow asks, the box goes on by train or waits for its vessel."""
        self.diary.mark("t_arrived")
        if self.flags["one_port"]:
            # cleared at the river port
            self.diary.mark("t_tallied", "t_lodged", "t_reviewed", "t_released")
        elif self.clearance is not None:
            yield from self.clearance.pass_through()
        elif self.flow == Flow.TRANSHIPMENT:
            yield from be_approved(self.world, self.diary)
        yield from to_europe(self) if self.by_out == Mode.RAIL else self.board()

    def _straight_from_the_truck(self) -> Process:
        """It comes as her crane is about to reach it, is released by then, and was never in the yard."""
        call, aboard = yield self.taken
        came = aboard - self.clearance.hours("shipside")
        for milestone in ("t_truck", "t_gate_in", "t_arrived", "t_tallied"):
            self.diary.write(milestone, came)
        self.diary.write("t_released", max(came, self.clearance.reviewed))
        yield from self.diary.reach("t_loaded", aboard)
        self.diary.write("call_out", call)
