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

SlotKind = Literal["dry", "reefer"]
SLOT_KINDS: tuple[SlotKind, ...] = ("dry", "reefer")


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
    """Slots by kind. Cranes slow down linearly once the fill passes `slow_from`, to `slow_to` when full."""

    dry: SlotPool
    reefer: SlotPool
    slow_from: Share
    slow_to: Pace
    recheck: PositiveHours
    """A crane that found the yard full looks again after this time."""


class Gate(Frozen):
    """Truck gate: in-lanes, the service at the lane, and the time inside until the box is on the road."""

    lanes: Servers
    service: DrawnMinutes
    inside: DrawnMinutes
    calendar: Choice


class Terminal(Frozen):
    """One terminal; all of it is data, so adding one needs no code."""

    zh: str
    en: str
    quay: Quay
    cranes: CranePool
    yard: Yard
    gate: Gate
