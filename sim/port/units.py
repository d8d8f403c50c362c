"""Values that carry their unit, range, grade and source: no bare number enters the port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.kernel.distribution import Deterministic, Distribution, Floats

Grade = Literal["seen", "derived", "known", "assumed"]
"""seen: read in the source named. derived: arithmetic on seen figures. known: background knowledge,
not looked up. assumed: the modellers' own judgement, always with a range."""


class Frozen(BaseModel):
    """A frozen value object: unknown keys are errors, nothing is coerced in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Evidence(Frozen):
    """What a value rests on. `source` names entries of sources.yaml."""

    grade: Grade
    source: str | tuple[str, ...] = Field(min_length=1)
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The source keys, always as a tuple."""
        return (self.source,) if isinstance(self.source, str) else self.source


class Quantity(Evidence):
    """A number with unit, range and evidence; with `distribution`, the headline figure of a random time.

    `value` is the median of a lognormal, the mode of a triangular, else the mean (see sim.kernel.distribution).
    `low` and `high` are the range of uncertainty about `value`, not the spread of the distribution.
    """

    value: float
    low: float | None = None
    high: float | None = None
    unit: str
    distribution: Distribution | None = None

    @model_validator(mode="after")
    def _range_holds(self) -> Quantity:
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if low > self.value:
            raise PydanticCustomError("range", f"low {low:g} is above value {self.value:g}")
        if high < self.value:
            raise PydanticCustomError("range", f"high {high:g} is below value {self.value:g}")
        if self.grade == "assumed" and (self.low is None or self.high is None):
            raise PydanticCustomError("range", "an assumed value needs both low and high")
        if self.distribution is not None:
            self.distribution.check(self.value)
        return self

    def quantile(self, u: Floats) -> Floats:
        """Return the quantiles at probabilities `u` in (0, 1), same shape; without a distribution, the value."""
        return (self.distribution or Deterministic()).quantile(self.value, u)

    @property
    def mean(self) -> float:
        """The mean of the distribution, or the value."""
        return (self.distribution or Deterministic()).mean(self.value)


class Choice(Evidence):
    """A named choice (a calendar, a rule) with its evidence."""

    value: str


class Switch(Evidence):
    """A yes or no with its evidence."""

    value: bool


@dataclass(frozen=True)
class Measure:
    """Annotation for a Quantity field: the unit it must be written in and the bounds its values keep.

    drawn: the model draws it, so it may have a distribution; of all others it reads the value alone.
    """

    unit: str
    ge: float | None = None
    le: float | None = None
    gt: float | None = None
    whole: bool = False
    drawn: bool = False

    def check(self, quantity: Quantity) -> Quantity:
        """Return `quantity` if unit and bounds hold, else raise a validation error that names the remedy."""
        if quantity.unit != self.unit:
            raise PydanticCustomError("unit", f"unit {quantity.unit!r} does not fit here: write it in {self.unit!r}")
        for name in ("value", "low", "high"):
            number = getattr(quantity, name)
            if number is not None:
                self.check_number(number, name)
        if quantity.distribution is not None:
            self._check_draws(quantity)
        return quantity

    def _check_draws(self, quantity: Quantity) -> None:
        if not self.drawn:
            raise PydanticCustomError("spread", "this is not drawn, only its value is read: leave out distribution")
        lowest = float(quantity.quantile(np.array([LEAST_DRAW]))[0])
        if self.gt is not None and not lowest > self.gt:
            raise PydanticCustomError("bound", f"draws reach {lowest:g}: all must be above {self.gt:g} {self.unit}")

    def check_number(self, number: float, name: str = "value") -> None:
        """Raise a validation error if `number` leaves the bounds."""
        if self.gt is not None and not number > self.gt:
            raise PydanticCustomError("bound", f"{name} {number:g} must be above {self.gt:g} {self.unit}")
        if self.ge is not None and not number >= self.ge:
            raise PydanticCustomError("bound", f"{name} {number:g} must be at least {self.ge:g} {self.unit}")
        if self.le is not None and not number <= self.le:
            raise PydanticCustomError("bound", f"{name} {number:g} must be at most {self.le:g} {self.unit}")
        if self.whole and number != int(number):
            raise PydanticCustomError("bound", f"{name} {number:g} must be a whole number of {self.unit}")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        base = handler.resolve_ref_schema(handler(schema))
        bounds: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        for key, bound in (("minimum", self.ge), ("exclusiveMinimum", self.gt), ("maximum", self.le)):
            if bound is not None:
                bounds[key] = bound
        own = {"value": bounds, "unit": {"enum": [self.unit]}}
        rest = {key: part for key, part in base["properties"].items() if self.drawn or key != "distribution"}
        return {**base, "properties": {**rest, **own}}


LEAST_DRAW = 2.0**-54
"""The smallest uniform draw there is (see sim.kernel.draws)."""

Share = Annotated[Quantity, Measure("share", ge=0, le=1)]
PositiveShare = Annotated[Quantity, Measure("share", gt=0, le=1)]
DrawnShare = Annotated[Quantity, Measure("share", ge=0, le=1, drawn=True)]
Hours = Annotated[Quantity, Measure("h", ge=0)]
PositiveHours = Annotated[Quantity, Measure("h", gt=0)]
DrawnHours = Annotated[Quantity, Measure("h", ge=0, drawn=True)]
DrawnPositiveHours = Annotated[Quantity, Measure("h", gt=0, drawn=True)]
Minutes = Annotated[Quantity, Measure("min", ge=0)]
DrawnMinutes = Annotated[Quantity, Measure("min", ge=0, drawn=True)]
Metres = Annotated[Quantity, Measure("m", ge=0)]
PositiveMetres = Annotated[Quantity, Measure("m", gt=0)]
DrawnMetres = Annotated[Quantity, Measure("m", ge=0, drawn=True)]
Kilometres = Annotated[Quantity, Measure("km", ge=0)]
Knots = Annotated[Quantity, Measure("kn", gt=0)]
DrawnKnots = Annotated[Quantity, Measure("kn", gt=0, drawn=True)]
Ratio = Annotated[Quantity, Measure("ratio", ge=0)]
Pace = Annotated[Quantity, Measure("ratio", gt=0, le=1)]
Correlation = Annotated[Quantity, Measure("correlation", ge=0, le=0.99)]
Servers = Annotated[Quantity, Measure("servers", ge=1, whole=True)]
Cranes = Annotated[Quantity, Measure("cranes", ge=1, whole=True)]
Berths = Annotated[Quantity, Measure("berths", ge=1, whole=True)]
Teu = Annotated[Quantity, Measure("TEU", ge=0)]
Boxes = Annotated[Quantity, Measure("boxes", ge=0)]
DrawnBoxes = Annotated[Quantity, Measure("boxes", ge=0, drawn=True)]
DrawnMovesPerHour = Annotated[Quantity, Measure("moves/h", gt=0, drawn=True)]
CallsPerWeek = Annotated[Quantity, Measure("calls/week", ge=0)]
Rank = Annotated[Quantity, Measure("rank", ge=0, le=9, whole=True)]
EventsPerYear = Annotated[Quantity, Measure("events/year", ge=0)]
WholeHours = Annotated[Quantity, Measure("h", gt=0, whole=True)]
PositiveTeu = Annotated[Quantity, Measure("TEU", gt=0)]
TrainsPerWeek = Annotated[Quantity, Measure("trains/week", gt=0)]
Days = Annotated[Quantity, Measure("d", ge=0)]
DailyShare = Annotated[Quantity, Measure("share/d", ge=0)]
Kilowatts = Annotated[Quantity, Measure("kW", ge=0)]
KilowattHoursPerMove = Annotated[Quantity, Measure("kWh/move", ge=0)]
KilogramsPerKilowattHour = Annotated[Quantity, Measure("kg/kWh", ge=0)]
GramsPerKilowattHour = Annotated[Quantity, Measure("g/kWh", ge=0)]
KilogramsPerHour = Annotated[Quantity, Measure("kg/h", ge=0)]
GramsPerHour = Annotated[Quantity, Measure("g/h", ge=0)]
YuanPerBox = Annotated[Quantity, Measure("CNY/box", ge=0)]
YuanPerBoxDay = Annotated[Quantity, Measure("CNY/box/d", ge=0)]
YuanPerTeu = Annotated[Quantity, Measure("CNY/TEU", ge=0)]
