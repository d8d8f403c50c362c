"""One process per box that a vessel discharges, and what these boxes have in common with those that are booked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import inf

from sim.records import Flow, Mode
from tests.oracle.clearance import Clearance, be_approved
from tests.oracle.clock import Order
from tests.oracle.log import Diary, Process
from tests.oracle.world import World


class Box(ABC):
    """A box with its own flags and hours, all of them drawn before the run."""

    def __init__(self, world: World, row: int) -> None:
        self.world, self.clock, self.row = world, world.clock, row
        self.diary = Diary(world.clock, world.box_log, row)
        self.flags = world.flags[row]
        self.flow, self.by_in, self.by_out = (self.flags[name] for name in ("flow", "by_in", "by_out"))
        self.teu, self.reefer, self.direct = (self.flags[name] for name in ("teu", "reefer", "direct"))
        self.key = world.keys[self.flags["terminal"]]
        self.yard = world.yards[self.key]
        self.ready = inf
        """Hour from which on a vessel or barge can take it."""
        self.taken = world.clock.event()
        """Comes when its lot begins; its value is the call that takes it, and the hour at which it is aboard."""
        self.missed = 0
        cleared = world.boxes.slot[row] >= 0
        self.clearance = Clearance(world, self.diary) if cleared else None

    @abstractmethod
    def start(self) -> None:
        """Begin what comes before the box does."""

    @abstractmethod
    def life(self, off: float) -> Process:
        """From the ship's hold, which it leaves at hour `off`, until it leaves the port."""

    def truck_comes(self, wish: float) -> float:
        """Return when a truck comes that is wished for at hour `wish`: now, or in the rush after the gate opens."""
        hours = self.world.gate_hours[self.key]
        opened = hours.next_open(wish)
        return wish if opened == wish else hours.next_open(opened + self.world.boxes.haulage.spread[self.row].item())

    def leave(self, milestone: str, t: float) -> Process:
        """Leave the port at hour `t`."""
        yield from self.diary.reach(milestone, t, Order.LEAVING)
        self.yard.give_back(self)

    def board(self) -> Process:
        """Wait for the vessel or barge that takes the box, and go with her."""
        self.ready = self.clock.now
        call, aboard = yield self.taken
        yield from self.leave("t_loaded", aboard)
        self.diary.write("call_out", call)


class Discharged(Box):
    """A box that comes by sea."""

    def start(self) -> None:
        """Send the manifest; declare in advance if this box is, though not before its manifest."""
        self._arrival = self.flags["t_arrived"]
        self.diary.write("t_arrived", self._arrival)
        if self.clearance is not None:
            manifest = self._arrival - self.clearance.hours("manifest")
            self.clock.process(self.diary.reach("t_manifest", manifest))
            self.clearance.declare_in_advance(self._arrival, not_before=manifest)

    def life(self, off: float) -> Process:
        """Clear it if it is an import, keep it while its owner does not want it, and send it on."""
        yield from self.diary.reach("t_discharged", off)
        self.diary.write("call", self.flags["call"])
        if self.clearance is not None:
            yield from self._import(self.clearance)
            return
        due = off + self.world.boxes.stay[self.row].item()
        if self.flow == Flow.TRANSHIPMENT and self.by_out != Mode.NONE:
            yield from be_approved(self.world, self.diary)
            # a box in transit is not the owner's to keep
            due = self.clock.now if self.by_out == Mode.SEA else max(due, self.clock.now)
        yield from self._go_on(due)

    def _import(self, clearance: Clearance) -> Process:
        """The ship-side way if all is settled when the box comes off the ship; else the ordinary way."""
        wanted = self.flags["shipside"] and self.by_out == Mode.ROAD
        shipside = bool(wanted and clearance.declared.triggered and not clearance.inspected)
        self.diary.write("shipside", shipside)
        if shipside:
            # tallied under the hook
            self.diary.mark("t_tallied", "t_released")
        else:
            yield from clearance.pass_through()
        self.clock.process(clearance.complete(self._arrival))
        if shipside:
            yield from self.leave("t_gate_out", self.clock.now + clearance.hours("shipside"))
            self.diary.mark("t_truck", "t_gate_in")
        else:
            yield from self._go_on(self.clock.now + clearance.hours("pick_up"))

    def _go_on(self, due: float) -> Process:
        """From hour `due` on: gone, on a truck, or in the line for a barge or a connecting vessel."""
        if self.by_out == Mode.NONE:
            yield from self.leave("t_gate_out", due)
        elif self.by_out == Mode.ROAD:
            yield from self._collect(due)
        else:
            yield self.clock.at(due)
            self.world.carriers.lines[self.world.boxes.destination[self.row].item()].append(self)
            yield from self.board()

    def _collect(self, wish: float) -> Process:
        """A truck comes when it is wished for, or after the gate opens, and takes the box through the gate."""
        truck, haulage = self.truck_comes(wish), self.world.boxes.haulage
        yield from self.diary.reach("t_truck", truck)
        self.diary.write("pickup_closed", truck - wish)
        # at the gate all are equal
        yield from self.diary.queue(self.world.lanes[self.key], "gate", 0, haulage.lane[self.row].item())
        self.diary.mark("t_gate_in")
        yield from self.leave("t_gate_out", self.clock.now + haulage.inside[self.row].item())
