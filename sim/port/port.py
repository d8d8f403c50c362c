"""The port as one frozen value, and the timeline that says which port holds when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sim.port.calendar import Calendar, HolidayYear
from sim.port.channel import Channel, Closure, MarineServices
from sim.port.customs import Customs
from sim.port.terminal import Terminal
from sim.port.traffic import Traffic
from sim.port.units import Frozen, Quantity


class Port(Frozen):
    """A port: everything a run reads about the world. Channel and marine services may be left out (no wait)."""

    zh: str
    en: str
    calendars: Mapping[str, Calendar] = Field(min_length=1)
    public_holidays: Mapping[str, HolidayYear]
    channel: Channel | None = None
    marine: MarineServices | None = None
    weather: Mapping[str, Closure] = Field(default_factory=dict)
    terminals: Mapping[str, Terminal] = Field(min_length=1)
    customs: Customs
    traffic: Traffic

    @model_validator(mode="after")
    def _names_resolve(self) -> Port:
        problems = [*_unknown_names(self), *_shares(self)]
        if problems:
            message = "; ".join(f"{path}: {what}" for path, what in problems)
            raise PydanticCustomError("reference", "{message}", {"message": message, "problems": problems})
        return self


def _unknown_names(port: Port) -> list[tuple[str, str]]:
    """Return (path, what is wrong) for every name that points nowhere."""
    problems = []
    for key, service in port.traffic.services.items():
        path = f"traffic.services.{key}"
        if service.terminal not in port.terminals:
            problems.append((f"{path}.terminal", f"terminal {service.terminal!r} is not in the port"))
        if service.vessel_class not in port.traffic.vessel_classes:
            problems.append((f"{path}.vessel_class", f"vessel class {service.vessel_class!r} is not described"))
    calendars = {
        "customs.declaration.calendar": port.customs.declaration.calendar,
        "customs.review.calendar": port.customs.review.calendar,
        "customs.inspection.calendar": port.customs.inspection.calendar,
    } | {f"terminals.{key}.gate.calendar": terminal.gate.calendar for key, terminal in port.terminals.items()}
    problems += [
        (path, f"calendar {choice.value!r} is not described")
        for path, choice in calendars.items()
        if choice.value not in port.calendars
    ]
    problems += [
        (f"customs.quarantine.{goods}", "is not a kind of goods in traffic.cargo.goods")
        for goods in port.customs.quarantine
        if goods not in port.traffic.cargo.goods
    ]
    return problems


def _shares(port: Port) -> list[tuple[str, str]]:
    """Return (path, what is wrong) where shares do not leave exactly one remainder, or a stay is out of place."""
    problems = []
    classes: dict[str, list[Quantity | None]] = {
        "customs.traders": [entry.share for entry in port.customs.traders.values()],
        "traffic.cargo.flows": [entry.share for entry in port.traffic.cargo.flows.values()],
        "traffic.cargo.goods": [entry.share for entry in port.traffic.cargo.goods.values()],
    }
    for path, shares in classes.items():
        total = sum(share.value for share in shares if share is not None)
        rest = sum(share is None for share in shares)
        if rest != 1:
            problems.append((path, f"exactly one entry must have no share (it takes the rest), here {rest}"))
        elif total > 1 + 1e-12:
            problems.append((path, f"shares add up to {total:g}, more than 1"))
    problems += [
        (f"traffic.cargo.flows.{name}", "stay is needed for every flow but import, and only there")
        for name, flow in port.traffic.cargo.flows.items()
        if (flow.stay is None) != (name == "import")
    ]
    return problems


class Horizon(Frozen):
    """The days simulated: warm-up, then the days measured, then a cool-down in which traffic goes on.

    Hour 0 of a run is 00:00 of `start`. Boxes are measured whose vessel arrived in the measured days.
    """

    start: date
    warm_up_days: int = Field(ge=0, le=3650)
    days: int = Field(ge=1, le=3650)
    cool_down_days: int = Field(ge=0, le=3650)

    @property
    def total_hours(self) -> float:
        """Hours simulated."""
        return 24.0 * (self.warm_up_days + self.days + self.cool_down_days)

    @property
    def window(self) -> tuple[float, float]:
        """First and last hour of the measured days."""
        return 24.0 * self.warm_up_days, 24.0 * (self.warm_up_days + self.days)


@dataclass(frozen=True)
class PortTimeline:
    """Which port holds from which hour; the first piece holds from minus infinity."""

    hours: tuple[float, ...]
    ports: tuple[Port, ...]

    def at(self, t: float) -> Port:
        """Return the port that holds at hour `t`."""
        return self.ports[self.index(t)]

    def index(self, t: float) -> int:
        """Return the number of the piece that holds at hour `t`."""
        return max(0, bisect_right(self.hours, t) - 1)
