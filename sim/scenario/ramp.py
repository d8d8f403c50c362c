"""When a policy is in force and how far it is adopted, and a port on the way from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor, inf
from typing import Any

from sim.kernel.distribution import Distribution
from sim.policies.base import Policy
from sim.port import units
from sim.port.evidence import leaves, replaced
from sim.port.port import Port
from sim.port.units import Measure, Quantity

STEP_DAYS = 7


def _whole_units() -> frozenset[str]:
    notes = (note for kind in vars(units).values() for note in getattr(kind, "__metadata__", ()))
    return frozenset(note.unit for note in notes if isinstance(note, Measure) and note.whole)


WHOLE_UNITS = _whole_units()


@dataclass(frozen=True)
class Term:
    """The hours in which a policy is in force, counted from the start of the run, and the length of its ramp."""

    start: float
    end: float
    ramp: float

    @classmethod
    def of(cls, policy: Policy, first_day: date) -> Term:
        """Return the term of a policy; without `from` it holds from before the run."""
        start = -inf if policy.from_ is None else 24.0 * (policy.from_ - first_day).days
        end = inf if policy.until is None else 24.0 * (policy.until - first_day).days
        return cls(start, end, 24.0 * policy.ramp_days)

    def knots(self) -> list[float]:
        """Return the hours at which adoption steps."""
        steps = [self.start + day * 24.0 for day in range(0, int(self.ramp // 24), STEP_DAYS)] if self.ramp else []
        return [*steps, self.start + self.ramp, self.end]

    def adopted(self, t: float) -> float:
        """Return the share of adoption at hour `t`: in each weekly step that of a straight ramp in its middle."""
        if not self.start <= t < self.end:
            return 0.0
        since = t - self.start
        if since >= self.ramp:
            return 1.0
        step = 24.0 * STEP_DAYS
        begin = since // step * step
        return (begin + min(begin + step, self.ramp)) / 2 / self.ramp


def blended(before: Port, after: Port, share: float) -> Port:
    """Return the port at `share` of the way: numbers on a straight line, words and switches as after."""
    old = leaves(before)
    port = after
    for path, leaf in leaves(after).items():
        was = old.get(path)
        if was != leaf and isinstance(leaf, Quantity) and isinstance(was, Quantity):
            port = replaced(port, path, _between(was, leaf, share))
    return port


def _between(was: Quantity, leaf: Quantity, share: float) -> Quantity:
    spread = _spread(was.distribution, leaf.distribution, share)
    if spread is None and leaf.distribution is not None:
        return leaf  # another kind of distribution: nothing lies between
    value = _line(was.value, leaf.value, share)
    if leaf.unit in WHOLE_UNITS:
        value = float(floor(value + 0.5))
    low, high = (value if end is None else end for end in (leaf.low, leaf.high))
    span = {"low": min(low, value), "high": max(high, value)}
    return leaf.model_copy(update={"value": value, "distribution": spread, **span})


def _spread(was: Distribution | None, new: Distribution | None, share: float) -> Distribution | None:
    if was is None or new is None or was.kind != new.kind:
        return None
    numbers: dict[str, Any] = {
        name: _line(getattr(was, name), number, share) for name, number in new.model_dump().items() if name != "kind"
    }
    if "phases" in numbers:
        numbers["phases"] = floor(numbers["phases"] + 0.5)
    return new.model_copy(update=numbers)


def _line(a: float, b: float, share: float) -> float:
    return b if a == b else a + share * (b - a)
