"""What of a port shapes a run: its numbers and words, not what they rest on nor how things are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from sim.port.calendar import Calendar
from sim.port.evidence import leaves, names
from sim.port.port import Port
from sim.port.units import Evidence, Quantity

_EVIDENCE = frozenset({"grade", "source", "note", "low", "high"})
_NAMES = frozenset({"zh", "en"})


def shape(node: Any) -> Any:
    """Return plain data of all that shapes a run, in the order of the schema and of the file.

    The order of a file counts: classes of traders or goods share out the draws in their written order.
    """
    if isinstance(node, BaseModel):
        left_out = _EVIDENCE if isinstance(node, Evidence) else _NAMES
        return {name: shape(getattr(node, name)) for name in type(node).model_fields if name not in left_out}
    if isinstance(node, Mapping):
        return {str(key): shape(child) for key, child in node.items()}
    if isinstance(node, list | tuple):
        return [shape(child) for child in node]
    return node.isoformat() if isinstance(node, date) else node


Fact = Evidence | str | None
"""A value with its evidence, a bare name that a policy may move, or nothing there."""


def moved(before: Port, after: Port) -> dict[str, tuple[Fact, Fact]]:
    """Return dotted path -> value before and after, for every value and name that shapes the run and differs."""
    if before is after:
        return {}
    old, new = facts(before), facts(after)
    pairs = {path: (old.get(path), new.get(path)) for path in {**old, **new}}
    return {path: (a, b) for path, (a, b) in pairs.items() if a is not b and shape(a) != shape(b)}


def facts(port: Port) -> dict[str, Evidence | str]:
    """Return dotted path -> every value of the port, and every name in it that a policy may move."""
    return {**leaves(port), **names(port)}


def words(leaf: Fact, other: Fact) -> tuple[float | str, str]:
    """Return a value as a list of changes shows it, and its unit; `other` is the value it is set against."""
    if leaf is None:
        return "-", ""
    if isinstance(leaf, str):
        return leaf, ""
    if isinstance(leaf, Quantity):
        same = isinstance(other, Quantity) and other.value == leaf.value
        return (f"{leaf.value:g} {_spread(leaf)}" if same else leaf.value), leaf.unit
    if isinstance(leaf, Calendar):
        hours = "; ".join(f"{day} {' '.join(times)}" for day, times in leaf.hours.items())
        return f"{hours}; holidays {leaf.holidays}", ""
    value = getattr(leaf, "value", None)
    if value is None:
        return str(shape(leaf)), ""
    return (str(value).lower() if isinstance(value, bool) else value), ""


def _spread(leaf: Quantity) -> str:
    if leaf.distribution is None:
        return "fixed"
    data = leaf.distribution.model_dump()
    return " ".join([str(data.pop("kind")), *(f"{name} {number:g}" for name, number in data.items())])
