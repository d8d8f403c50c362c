"""Distributions as quantile functions, so that one uniform draw keeps its rank when a parameter moves.

Each kind reads one headline `value` (kept apart, with its evidence) and its own shape parameters:

| kind          | value  | shape            |
|---------------|--------|------------------|
| deterministic | value  | none             |
| exponential   | mean   | none             |
| gamma         | mean   | shape            |
| erlang        | mean   | phases (whole)   |
| lognormal     | median | sigma (of ln)    |
| lognormal_mean| mean   | cv               |
| triangular    | mode   | min, max         |
| uniform       | mean   | min, max         |
| normal        | mean   | sd (cut at zero) |
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Floats = NDArray[np.float64]


def _gamma(shape: float, u: Floats) -> Floats:
    """Return the quantiles of a gamma distribution of scale 1."""
    from scipy.special import gammaincinv  # slow to load, and only runs draw

    return np.asarray(gammaincinv(shape, u))


def _normal(u: Floats) -> Floats:
    """Return the quantiles of the standard normal distribution."""
    from scipy.special import ndtri

    return np.asarray(ndtri(u))


class _Kind(BaseModel, ABC):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def check(self, value: float) -> None:
        """Raise a validation error if `value` and the shape parameters do not go together."""
        if value < 0:
            raise PydanticCustomError("distribution", f"a time of {value:g} cannot be negative")

    @abstractmethod
    def quantile(self, value: float, u: Floats) -> Floats:
        """Return the quantiles at probabilities `u` (each in (0, 1)); same shape, unit of `value`."""

    def mean(self, value: float) -> float:
        """Return the mean, in the unit of `value`."""
        return value


class Deterministic(_Kind):
    """Always the value."""

    kind: Literal["deterministic"] = "deterministic"

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.full(len(u), float(value))


class Exponential(_Kind):
    """Exponential with mean `value`."""

    kind: Literal["exponential"]

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(-value * np.log1p(-u))


class Gamma(_Kind):
    """Gamma with mean `value` and the given shape."""

    kind: Literal["gamma"]
    shape: float = Field(gt=0)

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(_gamma(self.shape, u) * (value / self.shape))


class Erlang(_Kind):
    """Erlang-k with mean `value`: the field's word for a gamma with a whole number of phases."""

    kind: Literal["erlang"]
    phases: int = Field(ge=1)

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(_gamma(float(self.phases), u) * (value / self.phases))


class Lognormal(_Kind):
    """Lognormal with median `value` and standard deviation `sigma` of the logarithm."""

    kind: Literal["lognormal"]
    sigma: float = Field(ge=0)

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(value * np.exp(self.sigma * _normal(u)))

    def mean(self, value: float) -> float:
        return float(value * np.exp(self.sigma**2 / 2))


class LognormalMean(_Kind):
    """Lognormal with mean `value` and coefficient of variation `cv`."""

    kind: Literal["lognormal_mean"]
    cv: float = Field(ge=0)

    def quantile(self, value: float, u: Floats) -> Floats:
        sigma = np.sqrt(np.log1p(self.cv**2))
        return np.asarray(value * np.exp(sigma * _normal(u) - sigma**2 / 2))


class Triangular(_Kind):
    """Triangular with mode `value` between `min` and `max`."""

    kind: Literal["triangular"]
    min: float
    max: float

    def check(self, value: float) -> None:
        super().check(self.min)
        if not self.min <= value <= self.max or self.min >= self.max:
            raise PydanticCustomError("distribution", f"triangular needs min <= {value:g} <= max and min < max")

    def quantile(self, value: float, u: Floats) -> Floats:
        span, left, right = self.max - self.min, value - self.min, self.max - value
        rising = self.min + np.sqrt(u * span * left)
        falling = self.max - np.sqrt((1 - u) * span * right)
        return np.where(u * span < left, rising, falling)

    def mean(self, value: float) -> float:
        return (self.min + value + self.max) / 3


class Uniform(_Kind):
    """Uniform between `min` and `max`; `value` is its mean."""

    kind: Literal["uniform"]
    min: float
    max: float

    def check(self, value: float) -> None:
        super().check(self.min)
        if self.min > self.max or abs(value - (self.min + self.max) / 2) > 1e-9 * max(1.0, abs(value)):
            raise PydanticCustomError(
                "distribution", f"uniform needs min <= max and a value of (min + max) / 2, not {value:g}"
            )

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(self.min + (self.max - self.min) * u)


class Normal(_Kind):
    """Normal with mean `value` and standard deviation `sd`, cut at zero: for sizes, not for times."""

    kind: Literal["normal"]
    sd: float = Field(ge=0)

    def quantile(self, value: float, u: Floats) -> Floats:
        return np.asarray(np.maximum(0.0, value + self.sd * _normal(u)))


Distribution = Annotated[
    Deterministic | Exponential | Gamma | Erlang | Lognormal | LognormalMean | Triangular | Uniform | Normal,
    Field(discriminator="kind"),
]
