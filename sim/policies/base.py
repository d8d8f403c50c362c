"""What every policy is: a frozen set of levers and a pure function Port -> Port."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.port.evidence import lookup, replaced
from sim.port.port import Port
from sim.port.units import Choice, Evidence, Frozen, Grade, Measure, Quantity, Switch

Sign = Literal["-", "+", "0"]


@dataclass(frozen=True)
class Plan:
    """The value of a lever under the action plan, with the evidence for it."""

    value: float | bool
    grade: Grade
    source: str
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class LeverInfo:
    """A lever as the catalogue shows it: unit and bounds, plan value, and the words for it."""

    measure: Measure | None
    plan: Plan
    zh: str
    en: str


def _reject_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a number is needed here, not true or false")
    return value


Lever = Annotated[float | None, BeforeValidator(_reject_bool)]
"""A number; None, the default, changes nothing."""

Toggle = Annotated[bool, Field(strict=True)]
"""A part of a policy that can be switched; False, the default, changes nothing."""


class Policy(Frozen):
    """Base of all policies. A subclass declares its levers as fields and its facts as class variables.

    measure: number of the measure in the action plan of 2021. touches: dotted paths (with * for a mapping key)
    that apply() may move. signs: metric -> expected sign of the change on a small port under the plan's values.
    after: policies (keys) that this one knowingly builds on, given in the scenario when both move one value.
    """

    zh: ClassVar[str]
    en: ClassVar[str]
    measure: ClassVar[str]
    touches: ClassVar[tuple[str, ...]]
    signs: ClassVar[Mapping[str, Sign]]
    levers: ClassVar[Mapping[str, LeverInfo]]

    from_: date | None = Field(default=None, alias="from", description="first day in force")
    until: date | None = Field(default=None, description="first day no longer in force")
    ramp_days: int = Field(default=0, ge=0, le=3650, description="days over which adoption grows in steps of a week")
    after: tuple[str, ...] = Field(default=(), description="policies that this one knowingly builds on")

    @model_validator(mode="after")
    def _levers_in_bounds(self) -> Policy:
        for name, info in self.levers.items():
            value = getattr(self, name)
            if info.measure is not None and value is not None:
                info.measure.check_number(value, name)
        if self.from_ is not None and self.until is not None and self.until <= self.from_:
            raise PydanticCustomError("dates", "until must be later than from")
        return self

    @abstractmethod
    def apply(self, port: Port) -> Port:
        """Return `port` with this policy in force; `port` itself if every lever is at its default."""

    @classmethod
    def key(cls) -> str:
        """Return the policy's key: the name of its file."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def plan(cls) -> dict[str, float | bool]:
        """Return lever -> value under the action plan."""
        return {name: info.plan.value for name, info in cls.levers.items()}

    def moved(self, port: Port, path: str, lever: str) -> Port:
        """Return `port` with the value at `path` set to this policy's `lever`, and its evidence with it.

        The plan's own value carries the plan's evidence; any other value is the planner's assumption.
        """
        value = getattr(self, lever)
        if value is None or value is False:
            return port
        return self.set_to(port, path, value, lever)

    def set_to(self, port: Port, path: str, value: float | bool | str, lever: str) -> Port:
        """Return `port` with the value at `path` set to `value`, on the evidence of `lever`."""
        old = lookup(port, path)
        plan = self.levers[lever].plan
        if getattr(self, lever) == plan.value:
            evidence: dict[str, Any] = {"grade": plan.grade, "source": plan.source, "note": plan.note}
            span: dict[str, Any] = {"low": plan.low, "high": plan.high}
        else:
            evidence = {"grade": "assumed", "source": "scenario", "note": f"set by policy {self.key()}"}
            span = {"low": value, "high": value}
        return replaced(port, path, self._leaf(old, value, evidence, span))

    @staticmethod
    def _leaf(old: Any, value: Any, evidence: dict[str, Any], span: dict[str, Any]) -> Evidence:
        if isinstance(old, Quantity):
            bounds = {"low": span["low"], "high": span["high"]}
            if bounds["low"] is not None and not bounds["low"] <= value <= bounds["high"]:
                bounds = {"low": value, "high": value}
            return Quantity(value=value, unit=old.unit, distribution=old.distribution, **bounds, **evidence)
        if isinstance(old, Switch):
            return Switch(value=value, **evidence)
        return Choice(value=value, **evidence)
