"""Walking the port: every value and movable name with its dotted path, and a copy of the port with one value moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from sim.port.port import Port
from sim.port.units import Evidence

Model = TypeVar("Model", bound=BaseModel)


def leaves(port: Port) -> dict[str, Evidence]:
    """Return dotted path -> value with evidence, in the order of the schema."""
    return dict(_walk(port, ""))


def names(port: Port) -> dict[str, str]:
    """Return dotted path -> name of the terminal at which each service calls.

    These are the bare names that a policy may move: nothing stands behind them but the policy itself.
    """
    return {f"traffic.services.{key}.terminal": service.terminal for key, service in port.traffic.services.items()}


def _walk(node: Any, path: str) -> Iterator[tuple[str, Evidence]]:
    if isinstance(node, Evidence):
        yield path, node
        return
    if isinstance(node, BaseModel):
        children: Mapping[str, Any] = {name: getattr(node, name) for name in type(node).model_fields}
    elif isinstance(node, Mapping):
        children = node
    else:
        return
    for name, child in children.items():
        yield from _walk(child, f"{path}.{name}" if path else str(name))


def lookup(port: Port, path: str) -> Any:
    """Return the node at a dotted path. Raises KeyError with the first part that is missing."""
    node: Any = port
    for part in path.split("."):
        node = _child(node, part)
    return node


def _child(node: Any, part: str) -> Any:
    if isinstance(node, BaseModel) and part in type(node).model_fields:
        return getattr(node, part)
    if isinstance(node, Mapping) and part in node:
        return node[part]
    raise KeyError(part)


def replaced(node: Model, path: str, value: Any) -> Model:
    """Return a copy of `node` with the value at a dotted path replaced; all else is shared."""
    result: Model = _replaced(node, path.split("."), value)
    return result


def _replaced(node: Any, parts: list[str], value: Any) -> Any:
    if not parts:
        return value
    child = _replaced(_child(node, parts[0]), parts[1:], value)
    if isinstance(node, BaseModel):
        return node.model_copy(update={parts[0]: child})
    return {**node, parts[0]: child}
