"""What every policy is: a frozen set of levers and a pure function Port -> Port."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Annotated, Any, ClassVar, Literal, NoReturn, get_args

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sim.errors import PolicyError, Problem
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


@dataclass(frozen=True)
class Rule:
    """How a value of the port follows from the lever and another value of the port, on which it rests too."""

    base: Quantity
    of: Callable[[float, float], float]
    """base, lever -> value; rises or falls steadily in both, so that its range is found at the ends of theirs."""


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

    measure: number of the measure in the action plan of 2021, "-" for none. touches: dotted paths (with * for a
    mapping key) that apply() may move. signs: metric -> expected sign of the change on a small port under the plan's
    values; metrics are those of imports or vessels, "export/" before one means another flow, ".group" after it a group
    of boxes.
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
        """Return `port` with this policy in force; `port` itself if every lever is at its default.

        Raises PolicyError if the port lacks a value that the policy moves.
        """

    @classmethod
    def key(cls) -> str:
        """Return the policy's key: the name of its file."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def plan(cls) -> dict[str, float | bool]:
        """Return lever -> value under the action plan."""
        return {name: info.plan.value for name, info in cls.levers.items()}

    def moved(self, port: Port, path: str, lever: str, rule: Rule | None = None) -> Port:
        """Return `port` with the value at `path` set to this policy's `lever`, or to what `rule` makes of it.

        The plan's own value carries the plan's evidence; any other value is the planner's assumption. A value that
        holds already keeps its own evidence.
        """
        value = getattr(self, lever)
        if value is None or value is False:
            return port
        evidence = self._evidence(lever)
        if rule is not None:
            evidence = _resting_on(rule, value, evidence)
            value = rule.of(rule.base.value, value)
        return self._replaced(port, path, value, evidence)

    def switched(self, port: Port, path: str, lever: str, to: float | str) -> Port:
        """Return `port` with `to` at `path` if the toggle `lever` is on."""
        return self._replaced(port, path, to, self._evidence(lever)) if getattr(self, lever) else port

    def look(self, port: Port, path: str) -> Any:
        """Return what the port has at `path`. Raises PolicyError with a remedy if it has nothing there."""
        for part in _prefixes(path):
            try:
                found = lookup(port, part)
            except KeyError:
                found = None
            if found is None:
                self.refuse(f"this port has no {part}", f"describe {part} in the port, or leave {self.key()} out")
        return found

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Raise PolicyError: this policy cannot be in force at this port."""
        raise PolicyError(Problem(what, f"policies.{self.key()}", remedy))

    def holds_all_run(self) -> None:
        """Raise PolicyError if this policy, which can only hold for a whole run, has a first or last day or a ramp."""
        if self.from_ is not None or self.until is not None or self.ramp_days:
            what = f"{self.key()} holds for the whole run: services do not change terminals in the midst of it"
            self.refuse(what, "leave out from, until and ramp_days, and compare two scenarios")

    def whole(self, port: Port, what: str) -> Port:
        """Return `port`, changed by parts, checked as a whole. Raises PolicyError: `what`, and why it does not hold."""
        try:
            return Port(**{name: getattr(port, name) for name in Port.model_fields})
        except ValidationError as error:
            self._refuse_value(what, error)

    def _evidence(self, lever: str) -> dict[str, Any]:
        plan = self.levers[lever].plan
        if getattr(self, lever) != plan.value:
            return {"grade": "assumed", "source": "scenario", "note": f"set by policy {self.key()}"}
        return {"grade": plan.grade, "source": plan.source, "note": plan.note, "low": plan.low, "high": plan.high}

    def _replaced(self, port: Port, path: str, value: float | str, evidence: dict[str, Any]) -> Port:
        old = self.look(port, path)
        if old.value == value:
            return port
        try:
            leaf = _leaf(old, value, evidence)
        except ValidationError as error:
            self._refuse_value(f"{path} = {value}", error)
        return self.whole(replaced(port, path, leaf), f"{path} = {value}")

    def _refuse_value(self, what: str, error: ValidationError) -> NoReturn:
        why = "; ".join(str(problem["msg"]) for problem in error.errors())
        self.refuse(f"{what}: {why}", "choose another value, or mend the port")


def whole_servers(number: float) -> int:
    """Return `number` rounded half up, at least 1: how many servers a calculation comes to."""
    return max(1, floor(number + 0.5))


def _prefixes(path: str) -> Iterator[str]:
    """Yield "a", "a.b", "a.b.c" for "a.b.c"."""
    parts = path.split(".")
    return (".".join(parts[: k + 1]) for k in range(len(parts)))


def _leaf(old: Evidence, value: float | str, evidence: dict[str, Any]) -> Evidence:
    rests_on = {name: evidence[name] for name in ("grade", "source", "note")}
    if isinstance(old, Quantity):
        span = {name: evidence.get(name) for name in ("low", "high")}
        if evidence["grade"] == "assumed":
            span = {name: value if bound is None else bound for name, bound in span.items()}
        return Quantity(value=value, unit=old.unit, distribution=old.distribution, **span, **rests_on)
    return Switch(value=value, **rests_on) if isinstance(old, Switch) else Choice(value=value, **rests_on)


def _resting_on(rule: Rule, value: float, evidence: dict[str, Any]) -> dict[str, Any]:
    """Return the evidence of a value worked out by `rule`: the weaker grade, both sources, the range of both."""
    base = rule.base
    grades = get_args(Grade)
    grade = max(("derived", base.grade, evidence["grade"]), key=grades.index)
    sources = tuple(dict.fromkeys((evidence["source"], *base.sources)))
    levers = [value if evidence.get(end) is None else evidence[end] for end in ("low", "high")]
    bases = [base.value if end is None else end for end in (base.low, base.high)]
    ends = [rule.of(b, v) for b in (*bases, base.value) for v in (*levers, value)]
    return {**evidence, "grade": grade, "source": sources, "low": min(ends), "high": max(ends)}
