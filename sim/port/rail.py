"""The China-Europe trains: how a box gets from the port to the rail station, what is asked of it, and when it goes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from sim.port.traffic import check_slot
from sim.port.units import (
    Choice,
    DrawnHours,
    Evidence,
    Frozen,
    Hours,
    PositiveHours,
    PositiveTeu,
    Share,
    Switch,
    TrainsPerWeek,
)


class ShuttleMode(Evidence):
    """How boxes get to the station."""

    value: Literal["truck", "rail"]


class Rail(Frozen):
    """The rail station (Dalang) and the way there.

    Export boxes bound for Europe are cleared in the port. With `seamless` supervision that is all. Without it, a
    part of them (`sea_share`) goes by sea instead, and the others are declared, and some inspected, again at the
    station.
    """

    trains_per_week: TrainsPerWeek
    first_train: Annotated[Choice, AfterValidator(check_slot)]
    """A departure in the week before the run; the others follow it at equal distances, week after week."""
    capacity: PositiveTeu
    """Room on one train."""
    cut_off: Hours
    """Before departure: a box not ready at the station by then waits for the next train."""
    seamless: Switch
    sea_share: Share
    wait: DrawnHours
    """From release in the port to the shuttle's departure, or to its loading where the shuttle runs by timetable."""
    shuttle_mode: ShuttleMode
    shuttle_interval: PositiveHours
    """Between two shuttle trains; trucks leave one by one."""
    shuttle: DrawnHours
    """From the port to the station."""
    declaration: DrawnHours
    """From the second declaration, at the station, to its release."""
    inspection_rate: Share
    """Of goods outside the statutory list, wherever the box is cleared for the train."""
    statutory_share: Share
    statutory_inspection_rate: Share
    inspection: DrawnHours
    """Of a box inspected at the station."""
    transit: DrawnHours
    """From the station to Europe by train."""
    sea_transit: DrawnHours
    """From the port to Europe by sea."""
