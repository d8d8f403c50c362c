"""Traffic as data: vessel classes, liner services and the mix of cargo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sim.port.calendar import DAYS, hour_of_day
from sim.port.units import (
    Choice,
    Cranes,
    DrawnBoxes,
    DrawnHours,
    DrawnMetres,
    DrawnPositiveHours,
    DrawnShare,
    Frozen,
    Hours,
    Metres,
    PositiveMetres,
    Ratio,
    Servers,
    Share,
    Teu,
    WholeHours,
)

FlowName = Literal["import", "transhipment", "domestic", "empty"]
LoadedName = Literal["export", "transhipment", "domestic", "empty"]


class VesselClass(Frozen):
    """Vessels of one size, with what they need and what they bring."""

    zh: str
    en: str
    loa: PositiveMetres
    beam: Metres
    draft: DrawnMetres
    capacity: Teu
    cranes: Cranes
    pilots: Servers
    tugs: Servers
    exchange: DrawnBoxes
    """Boxes discharged and loaded in one call. A barge brings and takes what there is, up to her capacity: of hers only
    the mean is read, where lines are shared out between terminals."""
    discharge_share: DrawnShare
    priority: Literal["mainline", "ordinary"] = "ordinary"


def check_slot(choice: Choice) -> Choice:
    """Return `choice` if it is a day and an hour ("tue 08:00"), else raise a validation error."""
    day, _, clock = choice.value.partition(" ")
    try:
        hour_of_day(clock)
    except ValueError:
        day = ""
    if day not in DAYS:
        message = 'pro-forma time "{text}" cannot be read: write it as "tue 08:00"'
        raise PydanticCustomError("hours", message, {"text": choice.value})
    return choice


class Weekly(Frozen):
    """A weekly pro-forma call ("tue 08:00") with a normal deviation."""

    process: Literal["weekly"]
    at: Annotated[Choice, AfterValidator(check_slot)]
    deviation: Hours
    """Standard deviation of the arrival about the pro-forma time."""


class Renewal(Frozen):
    """Independent gaps between calls: exponential is Poisson, erlang is more regular."""

    process: Literal["renewal"]
    interval: DrawnPositiveHours


Arrivals = Annotated[Weekly | Renewal, Field(discriminator="process")]


class Service(Frozen):
    """A liner service or a barge line: where it calls, with what vessels, and when."""

    terminal: str
    vessel_class: str
    arrivals: Arrivals
    berth: Literal["sea", "basin"] = "sea"
    weight: Ratio | None = None
    """A barge line's part of the boxes that come or go by barge at its terminal, next to the other lines; 1 if none."""


class Flow(Frozen):
    """One kind of discharged box. Exactly one flow has no share: it takes the rest.

    Import boxes pass the clearance chain; they leave by truck, or by barge from their haulier's wish on. The others
    stay for `stay` until their owner moves them on. How they go is data: `connection_share` by sea on another
    service, `barge_share` by barge, the rest by truck; where neither is given they are simply gone after `stay`.
    """

    share: Share | None = None
    stay: DrawnHours | None = None
    barge_share: Share | None = None
    connection_share: Share | None = None


class LoadedFlow(Frozen):
    """One kind of box that is booked on a vessel call. Exactly one has no share: it takes the rest."""

    share: Share | None = None
    barge_share: Share
    """The part that comes by barge; the rest comes by truck."""


class Bookings(Frozen):
    """What is booked on the vessel calls, and when it is brought. Left out: loads are moves of the cranes only."""

    flows: Mapping[LoadedName, LoadedFlow]
    connection_room: Share
    """Part of a call's load that is left to boxes that come off other vessels; the rest is booked."""
    room: Ratio
    """What a call can load, over its nominal load: from here come the places for boxes that missed theirs."""
    road_lead: DrawnHours
    """A truck brings its box so long before the arrival of the call."""
    barge_lead: DrawnHours
    """A box is ready at the river port for a barge that reaches the port so long before the arrival of the call."""
    cut_off: Hours
    """Before the vessel's arrival: a booked box not released or not in the yard by then rolls to the next call."""
    list_interval: WholeHours
    """Between two loading lists, the declared moments at which the port counts what is ready and lets trucks in."""
    europe_share: Share | None = None
    """Of export boxes: bound for Europe, and so for the train where there is one."""
    one_port_share: Share | None = None
    """Of export boxes by barge: cleared at the river port (one-port-pass)."""
    one_port_lead: DrawnHours | None = None
    """Their lead in the place of `barge_lead`."""


class Goods(Frozen):
    """A kind of goods. Exactly one has no share: it takes the rest."""

    share: Share | None = None
    reefer_share: Share


class Cargo(Frozen):
    """The mix of discharged boxes."""

    flows: Mapping[FlowName, Flow]
    goods: Mapping[str, Goods]
    forty_foot_share: Share
    dutiable_share: Share
    bonded_share: Share
    bookings: Bookings | None = None


class Traffic(Frozen):
    """What comes by sea."""

    vessel_classes: Mapping[str, VesselClass] = Field(min_length=1)
    services: Mapping[str, Service] = Field(min_length=1)
    cargo: Cargo
