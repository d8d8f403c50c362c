"""Read data that remembers where it was written: every value and key keeps its place through merges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import Place

Where = Place | str
"""A place in a file, or the words for an option of the command line."""

Scalar = str | int | float | bool | None
Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, mapping or list; `place` of the value, `key` of the key that names it, `home` the file it is in."""

    value: Scalar | Mapping[str, Node] | Sequence[Node]
    place: Where
    key: Where | None = None
    home: Path | None = None

    @property
    def named(self) -> Where:
        """The place of the key, or of the value where there is no key."""
        return self.key or self.place

    @property
    def mapping(self) -> Mapping[str, Node]:
        """The children by key; empty if this is not a mapping."""
        return self.value if isinstance(self.value, Mapping) else {}

    def get(self, key: str) -> Node | None:
        """Return the child of that key, None if there is none."""
        return self.mapping.get(key)

    def child(self, key: str | int) -> Node | None:
        """Return the child at a key or list index, None if there is none."""
        if isinstance(self.value, Mapping):
            return self.value.get(str(key))
        if isinstance(self.value, Sequence) and not isinstance(self.value, str) and isinstance(key, int):
            return self.value[key] if 0 <= key < len(self.value) else None
        return None


def plain(node: Node) -> Any:
    """Return the data without the places."""
    if isinstance(node.value, Mapping):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, Sequence) and not isinstance(node.value, str):
        return [plain(child) for child in node.value]
    return node.value


def made(data: Any, place: Where) -> Node:
    """Return plain data as nodes that were all written at one place."""
    if isinstance(data, Mapping):
        return Node({str(key): made(child, place) for key, child in data.items()}, place, place)
    if isinstance(data, list | tuple):
        return Node([made(child, place) for child in data], place, place)
    return Node(data, place, place)


def nearest(node: Node, keys: Keys) -> Node:
    """Return the node at `keys`, or the deepest one on the way there."""
    for key in keys:
        child = node.child(key)
        if child is None:
            break
        node = child
    return node


def find(node: Node, keys: Keys) -> Node | None:
    """Return the node at `keys`, None if there is none."""
    for key in keys:
        child = node.child(key)
        if child is None:
            return None
        node = child
    return node


def placed(node: Node, keys: Sequence[str | int], new: Node) -> Node:
    """Return a copy of `node` with `new` at `keys`; mappings on the way that are missing are made."""
    if not keys:
        return new
    key = str(keys[0])
    child = node.get(key) or Node({}, new.place, new.key)
    return replace(node, value={**node.mapping, key: placed(child, keys[1:], new)})


def walk(node: Node, keys: Keys = ()) -> Iterator[tuple[Keys, Node]]:
    """Yield every node with its keys, parents first."""
    yield keys, node
    if isinstance(node.value, Mapping):
        for key, child in node.value.items():
            yield from walk(child, (*keys, key))
    elif isinstance(node.value, Sequence) and not isinstance(node.value, str):
        for index, child in enumerate(node.value):
            yield from walk(child, (*keys, index))
