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
    Servers,
    Share,
    Teu,
)

FlowName = Literal["import", "transhipment", "domestic", "empty"]


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
    """Boxes discharged and loaded in one call."""
    discharge_share: DrawnShare
    priority: Literal["mainline", "ordinary"] = "ordinary"


def _check_slot(choice: Choice) -> Choice:
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
    at: Annotated[Choice, AfterValidator(_check_slot)]
    deviation: Hours
    """Standard deviation of the arrival about the pro-forma time."""


class Renewal(Frozen):
    """Independent gaps between calls: exponential is Poisson, erlang is more regular."""

    process: Literal["renewal"]
    interval: DrawnPositiveHours


Arrivals = Annotated[Weekly | Renewal, Field(discriminator="process")]


class Service(Frozen):
    """A liner service: where it calls, with what vessels, and when."""

    terminal: str
    vessel_class: str
    arrivals: Arrivals


class Flow(Frozen):
    """One kind of discharged box. Exactly one flow has no share: it takes the rest.

    Import boxes pass the clearance chain and the truck gate. The others stay in the yard for `stay`, then leave
    over the water or by the gate without clearance.
    """

    share: Share | None = None
    stay: DrawnHours | None = None


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


class Traffic(Frozen):
    """What comes by sea."""

    vessel_classes: Mapping[str, VesselClass] = Field(min_length=1)
    services: Mapping[str, Service] = Field(min_length=1)
    cargo: Cargo
