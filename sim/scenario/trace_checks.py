"""Whether each box of a trace can come and go as the trace says, in the port that it is read into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.port.port import Port
from sim.port.traces import BoxTrace
from sim.records import Flow, Mode
from sim.scenario.cells import Flags, Integers
from sim.scenario.trace_calls import Called, Into

NO_BOOKINGS = "describe traffic.cargo.bookings"


class Told(NamedTuple):
    """A column, the rows in which it is wrong, what is wrong, and the remedy."""

    column: str
    wrong: Flags
    what: str
    remedy: str


def checks(trace: BoxTrace, called: Called, into: Into) -> Iterator[Told]:
    """Yield everything that may be wrong with the boxes of a trace, each of which names a call of it."""
    boxes = _Boxes(trace, called, into)
    yield from _carriers(boxes)
    if into.port.traffic.cargo.bookings is None:
        remedy = f"{NO_BOOKINGS}, or write load_boxes with the calls and leave these boxes out"
        yield Told("booked", boxes.booked, "{}: this port has no bookings, its loads are counts only", remedy)
    yield from _ways_in(boxes)
    yield from _flows(boxes)
    yield from _ways_out(boxes)
    yield from _onward(boxes)


@dataclass(frozen=True)
class _Boxes:
    """The boxes with what is known of their calls. trace.call is -1 for a booked box that no named barge brings."""

    trace: BoxTrace
    called: Called
    into: Into

    @property
    def port(self) -> Port:
        return self.into.port

    @cached_property
    def booked(self) -> Flags:
        return self.trace.booked >= 0

    @cached_property
    def brought(self) -> Flags:
        """Brought by a call that is named."""
        return self.trace.call >= 0

    @cached_property
    def barge(self) -> Flags:
        """That call is a barge's."""
        return self.brought & self.into.in_basin(self.called.trace.service[self.trace.call])

    @cached_property
    def terminal(self) -> Integers:
        """Terminal of the vessel."""
        vessel = np.where(self.booked, self.trace.booked, self.trace.call)
        return self.into.terminal(self.called.trace.service[vessel])

    @cached_property
    def has_line(self) -> Flags:
        """A barge line with boxes of its own calls at the terminal."""
        lines = {
            service.terminal
            for service in self.into.all_services.values()
            if service.berth == "basin" and (service.weight is None or service.weight.value > 0)
        }
        return np.array([key in lines for key in self.port.terminals])[self.terminal]


def _carriers(boxes: _Boxes) -> Iterator[Told]:
    trace, service = boxes.trace, boxes.called.trace.service
    remedy = "write in booked on which vessel the box goes on; what only passes from barge to land is no traffic here"
    yield Told("call", boxes.barge & ~boxes.booked, "{} is a barge, and the box is booked on no vessel", remedy)
    wrong = boxes.booked & boxes.into.in_basin(service[trace.booked])
    yield Told("booked", wrong, "{} is a barge", "boxes are booked on vessels; for a barge write by_out: barge")
    wrong = boxes.booked & boxes.brought & ~boxes.barge
    remedy = "leave booked empty: a box off a vessel goes on with the service in onward"
    yield Told("call", wrong, "{} is a vessel, and the box is booked on another", remedy)
    elsewhere = boxes.into.terminal(service[trace.call]) != boxes.terminal
    wrong = boxes.booked & boxes.barge & elsewhere
    what = "{} calls at another terminal than the vessel on which the box is booked"
    yield Told("call", wrong, what, "name a barge of the same terminal, or write by_in: road")


def _ways_in(boxes: _Boxes) -> Iterator[Told]:
    trace = boxes.trace
    wrong = ~boxes.booked & (trace.by_in >= 0) & (trace.by_in != Mode.SEA)
    yield Told("by_in", wrong, "{}, and a vessel brings the box", "leave it empty, or name the vessel under booked")
    wrong = boxes.booked & ((trace.by_in == Mode.SEA) | (trace.by_in == Mode.RAIL))
    yield Told("by_in", wrong, "{}, and the box is booked", "a booked box comes by road or by barge")
    wrong = boxes.booked & boxes.brought & (trace.by_in == Mode.ROAD)
    yield Told("by_in", wrong, "{}, and call names a barge that brings the box", "leave one of the two empty")
    wrong = boxes.booked & ~boxes.brought & (trace.by_in == Mode.BARGE) & ~boxes.has_line
    yield Told("by_in", wrong, "{}, and no barge line calls at the terminal", "describe one in traffic.services")
    planned = ~np.isnan(trace.planned)
    yield Told("planned", planned & ~boxes.booked, "{}, and a vessel brings the box", "leave it empty")
    wrong = boxes.brought & boxes.booked & planned & (trace.planned < 0)
    yield Told("planned", wrong, "{} is before the run, and a barge brings the box in it", "leave one of the two empty")


def _flows(boxes: _Boxes) -> Iterator[Told]:
    trace, cargo = boxes.trace, boxes.port.traffic.cargo
    parts = [(~boxes.booked, "traffic.cargo.flows", list(map(str, cargo.flows)))]
    if cargo.bookings is not None:
        parts.append((boxes.booked, "traffic.cargo.bookings.flows", list(map(str, cargo.bookings.flows))))
    for mine, path, names in parts:
        known = np.isin(trace.flow, [Flow[name.upper()] for name in names])
        what = f"{{}} is not one of {path}"
        yield Told("flow", mine & ~known, what, f"write one of {', '.join(names)}, or describe it there")
    wrong = (trace.reefer == 1) & (trace.flow == Flow.EMPTY)
    yield Told("reefer", wrong, "{}, and the box is empty", "write false: an empty box needs no plug")


def _ways_out(boxes: _Boxes) -> Iterator[Told]:
    trace, cargo = boxes.trace, boxes.port.traffic.cargo
    off, by_out = ~boxes.booked, trace.by_out
    yield Told(
        "by_out", off & (by_out == Mode.RAIL), "{}, and a vessel brings the box", "trains take booked boxes only"
    )
    wrong = boxes.booked & ((by_out == Mode.ROAD) | (by_out == Mode.BARGE))
    yield Told("by_out", wrong, "{}, and the box is booked", "a booked box leaves by sea or by rail")
    by_rail = boxes.booked & (by_out == Mode.RAIL)
    if boxes.port.rail is None:
        yield Told("by_out", by_rail, "{}, and the port has no rail", "describe rail, or write sea")
    yield Told("by_out", by_rail & (trace.flow != Flow.EXPORT), "{} of a box that is no export", "trains take exports")
    moved = off & (trace.flow == Flow.TRANSHIPMENT)
    yield Told(
        "by_out", off & (by_out == Mode.SEA) & ~moved, "{} of a box that is no transhipment", "write road or barge"
    )
    if cargo.bookings is None:
        wrong = off & ((by_out == Mode.SEA) | (by_out == Mode.BARGE))
        yield Told("by_out", wrong, "{}: this port has no bookings, so that nothing is loaded box by box", NO_BOOKINGS)
    if boxes.port.customs.transhipment is None:
        remedy = "describe customs.transhipment, or leave it empty"
        yield Told("by_out", moved & (by_out >= 0), "{} of a transhipment, and nothing says how it is released", remedy)
    wrong = off & (by_out == Mode.BARGE) & (trace.onward < 0) & ~boxes.has_line
    yield Told("by_out", wrong, "{}, and no barge line calls at the terminal", "describe one in traffic.services")


def _onward(boxes: _Boxes) -> Iterator[Told]:
    trace, into = boxes.trace, boxes.into
    said = trace.onward >= 0
    yield Told("onward", said & boxes.booked, "{}, and the box is booked", "leave it empty: booked says who takes it")
    off = said & ~boxes.booked
    wrong = off & (into.terminal(trace.onward) != boxes.terminal)
    yield Told(
        "onward", wrong, "{} calls at another terminal than the vessel that brings the box", "name one of its own"
    )
    fitting = np.where(into.in_basin(trace.onward), Mode.BARGE, Mode.SEA)
    wrong = off & (trace.by_out != fitting)
    yield Told("onward", wrong, "{} does not go with by_out", "by barge goes with a barge line, by sea with a service")
