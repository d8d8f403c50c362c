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
from sim.port.costs import Costs
from sim.port.customs import Customs
from sim.port.energy import Energy
from sim.port.rail import Rail
from sim.port.references import missing_parts, shares, unknown_names
from sim.port.terminal import Terminal
from sim.port.traces import Traces
from sim.port.traffic import Traffic
from sim.port.units import Frozen


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
    rail: Rail | None = None
    energy: Energy | None = None
    costs: Costs | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Port:
        problems = [*unknown_names(self), *shares(self), *missing_parts(self)]
        if problems:
            message = "; ".join(f"{path}: {what}" for path, what in problems)
            raise PydanticCustomError("reference", "{message}", {"message": message, "problems": problems})
        return self


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
    """Which port holds from which hour, and the traffic that comes as recorded whatever holds.

    The first piece holds from minus infinity.
    """

    hours: tuple[float, ...]
    ports: tuple[Port, ...]
    traces: Traces | None = None

    def at(self, t: float) -> Port:
        """Return the port that holds at hour `t`."""
        return self.ports[self.index(t)]

    def index(self, t: float) -> int:
        """Return the number of the piece that holds at hour `t`."""
        return max(0, bisect_right(self.hours, t) - 1)
