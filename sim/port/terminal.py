"""A container terminal: quay, crane pool, yard and truck gate."""

from __future__ import annotations

from typing import Literal

from sim.port.units import (
    Boxes,
    Choice,
    Cranes,
    DrawnMinutes,
    DrawnMovesPerHour,
    DrawnPositiveHours,
    Frozen,
    Hours,
    Metres,
    Pace,
    PositiveHours,
    PositiveMetres,
    PositiveShare,
    Ratio,
    Servers,
    Share,
    Teu,
)

SlotKind = Literal["dry", "reefer", "empty"]
SLOT_KINDS: tuple[SlotKind, ...] = ("dry", "reefer", "empty")


class Quay(Frozen):
    """A straight quay on which vessels lie with a gap between them. Nominal berths are for reporting only."""

    length: PositiveMetres
    gap: Metres
    depth: Metres
    berthing: Hours
    unberthing: Hours
    service: DrawnPositiveHours | None = None
    """Berth service given directly as a distribution; then cranes do not limit the call."""


class CranePool(Frozen):
    """Ship-to-shore cranes. q cranes on one call work like q ** interference cranes."""

    count: Cranes
    rate: DrawnMovesPerHour
    interference: Ratio
    availability: PositiveShare
    lot: Boxes
    """Moves of one crane between two looks at the yard and the crane pool (the declared moments)."""


class SlotPool(Frozen):
    """The TEU slots for one kind of box."""

    teu: Teu


class Yard(Frozen):
    """Slots by kind. Cranes slow down linearly once the fill passes `slow_from`, to `slow_to` when full.

    Empty boxes take dry slots where the yard has no slots of their own.
    """

    dry: SlotPool
    reefer: SlotPool
    empty: SlotPool | None = None
    slow_from: Share
    slow_to: Pace
    recheck: PositiveHours
    """A crane that found the yard full looks again after this time."""


class Gate(Frozen):
    """Truck gate: in-lanes, the service at the lane, and the time inside until the box is on the road.

    Trucks that bring boxes have lanes of their own, and are let in list by list; where `drop_off_lanes` is left out
    they find no queue.
    """

    lanes: Servers
    service: DrawnMinutes
    inside: DrawnMinutes
    calendar: Choice
    drop_off_lanes: Servers | None = None
    stop_from: Share | None = None
    """Fill of the yard from which no truck that brings a box is let in; left out: only the full yard stops them."""


class Basin(Frozen):
    """The barge basin: a quay and cranes of its own, apart from channel, tide, pilots and tugs."""

    quay: Quay
    cranes: CranePool


class Terminal(Frozen):
    """One terminal; all of it is data, so adding one needs no code."""

    zh: str
    en: str
    quay: Quay
    cranes: CranePool
    basin: Basin | None = None
    yard: Yard
    gate: Gate
