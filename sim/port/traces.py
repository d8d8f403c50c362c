"""Recorded traffic: calls and boxes that take the place of drawn ones, as columns of codes and hours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CallTrace:
    """Calls in order of arrival; arrays of shape (calls,).

    t_arrived: hours since the start of the run, not before it. service, vessel_class: codes by the order of the port's
    mappings. draft [m], discharge and load [boxes] are drawn where they are not said: NaN, or -1. load: nominal load.
    """

    t_arrived: Floats
    service: Integers
    vessel_class: Integers
    draft: Floats
    discharge: Integers
    load: Integers

    def __len__(self) -> int:
        return len(self.t_arrived)


@dataclass(frozen=True, eq=False)
class BoxTrace:
    """Boxes of the calls of a trace, those of one call in working order; arrays of shape (boxes,).

    call: row of the call that brings it; of a booked box the barge call, -1 where none is said. booked: row of the
    vessel call on which it is booked, -1 for a box that a vessel discharges. The rest is drawn where it is not said
    (-1, or NaN). flow, by_in, by_out: codes of sim.records; who names a barge says by_in BARGE, and who names onward,
    the barge line or the connecting service, says by_out. goods, trader, onward: codes by the order of the port's
    mappings. planned: hour at which a booked box is to be in the
    port, or at the river port for a barge; negative if it is there when the run begins.
    """

    call: Integers
    booked: Integers
    flow: Integers
    teu: Integers
    reefer: Integers
    goods: Integers
    trader: Integers
    by_in: Integers
    by_out: Integers
    onward: Integers
    planned: Floats

    def __len__(self) -> int:
        return len(self.call)


@dataclass(frozen=True, eq=False)
class Traces:
    """What comes as recorded. services: codes of the services that draw no calls of their own.

    boxes: None where what the calls bring and take is drawn. read: file -> rows, and left_out: rows of them that are
    no traffic of the quay; both only for reports.
    """

    services: tuple[int, ...]
    calls: CallTrace
    boxes: BoxTrace | None = None
    read: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0

    @property
    def fingerprint(self) -> str:
        """The sha-256 of all that shapes a run, in hexadecimal; the same whatever files it was read from."""
        total = hashlib.sha256(repr(self.services).encode())
        for part in (self.calls, self.boxes):
            for column in fields(part) if part is not None else ():
                values = np.asarray(getattr(part, column.name))
                kind = "<f8" if values.dtype.kind == "f" else "<i8"
                total.update(f"{column.name} {len(values)};".encode() + values.astype(kind).tobytes())
        return total.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Traces) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)
