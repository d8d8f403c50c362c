"""What of a port shapes a run: its numbers and words, not what they rest on nor how things are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from sim.port.calendar import Calendar
from sim.port.evidence import names
from sim.port.port import Port
from sim.port.units import Evidence, Quantity

_EVIDENCE = frozenset({"grade", "source", "note", "low", "high"})
_NAMES = frozenset({"zh", "en"})


def shape(node: Any) -> Any:
    """Return plain data of all that shapes a run, in the order of the schema and of the file.

    The order of a file counts: classes of traders or goods share out the draws in their written order.
    """
    if isinstance(node, BaseModel):
        left_out = _left_out(node)
        return {name: shape(getattr(node, name)) for name in type(node).model_fields if name not in left_out}
    if isinstance(node, Mapping):
        return {str(key): shape(child) for key, child in node.items()}
    if isinstance(node, list | tuple):
        return [shape(child) for child in node]
    return node.isoformat() if isinstance(node, date) else node


def _left_out(node: BaseModel) -> frozenset[str]:
    return _EVIDENCE if isinstance(node, Evidence) else _NAMES


Fact = Evidence | str | None
"""A value with its evidence, a bare name that a policy may move, or nothing there."""


def same_shape(one: Any, other: Any) -> bool:
    """Return whether two nodes have the same shape, but for the order of keys; what they share is not looked at."""
    if one is other:
        return True
    if isinstance(one, BaseModel) and type(one) is type(other):
        left_out = _left_out(one)
        fields = (name for name in type(one).model_fields if name not in left_out)
        return all(same_shape(getattr(one, name), getattr(other, name)) for name in fields)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_shape(child, other[key]) for key, child in one.items())
    return bool(shape(one) == shape(other))


def moved(before: Port, after: Port) -> dict[str, tuple[Fact, Fact]]:
    """Return dotted path -> value before and after, for every value and name that shapes the run and differs."""
    old: dict[str, Evidence | str] = {**dict(_others(before, after, "")), **_other_names(before, after)}
    new: dict[str, Evidence | str] = {**dict(_others(after, before, "")), **_other_names(after, before)}
    pairs = {path: (old.get(path), new.get(path)) for path in {**old, **new}}
    return {path: (a, b) for path, (a, b) in pairs.items() if shape(a) != shape(b)}


def _others(node: Any, beside: Any, path: str) -> Iterator[tuple[str, Evidence]]:
    """Yield path and value of all that `node` does not share with the node `beside` it, in the order of `node`.

    A port that a policy makes shares with the one before all that the policy does not move.
    """
    if node is beside:
        return
    if isinstance(node, Evidence):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _others(getattr(node, name), getattr(beside, name, None), f"{path}.{name}" if path else name)
    elif isinstance(node, Mapping):
        there = beside if isinstance(beside, Mapping) else {}
        for key, child in node.items():
            yield from _others(child, there.get(key), f"{path}.{key}" if path else str(key))


def _other_names(port: Port, beside: Port) -> dict[str, str]:
    if port.traffic.services is beside.traffic.services:
        return {}
    there = names(beside)
    return {path: name for path, name in names(port).items() if there.get(path) != name}


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
