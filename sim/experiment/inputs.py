"""The values of a port that are assumed or derived, each with the range that it may really have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.port.evidence import leaves
from sim.port.port import Port
from sim.port.units import Grade, Measure, Quantity
from sim.scenario.expected import expected_at

if TYPE_CHECKING:
    from sim.scenario import Scenario

UNSURE: tuple[Grade, ...] = ("assumed", "derived")
DIGITS = 12
"""Significant digits of a value within a range: as many as a file would have, so that 0.1 + 0.2 is 0.3."""


@dataclass(frozen=True)
class Input:
    """One value: its dotted path, the figure that the scenario has, and the ends of its range."""

    path: str
    value: float
    low: float
    high: float
    unit: str
    grade: str
    whole: bool

    def at(self, part: float) -> float:
        """Return the value so far into the range: 0 is its low end, 1 its high end."""
        value = self.low + (self.high - self.low) * part
        return float(round(value)) if self.whole else float(f"{value:.{DIGITS}g}")


def inputs_of(scenario: Scenario) -> tuple[Input, ...]:
    """Return every assumed or derived value of the port that has a range, in the order of the port."""
    found = []
    for path, leaf in leaves(scenario.port).items():
        if not isinstance(leaf, Quantity) or leaf.grade not in UNSURE or leaf.low is None or leaf.high is None:
            continue
        if leaf.low < leaf.high:
            of = (leaf.value, leaf.low, leaf.high, leaf.unit, leaf.grade)
            found.append(Input(path, *of, _whole(path, scenario)))
    return tuple(found)


def part(item: Input, value: float) -> float:
    """Return how far into the range a value is."""
    return (value - item.low) / (item.high - item.low)


def moved(quantity: Quantity, value: float) -> Quantity:
    """Return a quantity at another value; the ends of a distribution that has any move in proportion."""
    shape = quantity.distribution
    if shape is not None and quantity.value:
        factor = value / quantity.value
        ends = {name: factor * getattr(shape, name) for name in ("min", "max") if hasattr(shape, name)}
        shape = shape.model_copy(update=ends)
    return quantity.model_copy(update={"value": value, "distribution": shape})


def _whole(path: str, scenario: Scenario) -> bool:
    port = None if scenario.trees is None else scenario.trees.port
    here = expected_at(Port, tuple(path.split(".")), port)
    return here is not None and any(isinstance(note, Measure) and note.whole for note in here.notes)
