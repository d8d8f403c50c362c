"""What a model expects at a path of the data: needed to say which keys are right there, and in which unit."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.port.units import Evidence, Measure
from sim.scenario.merge import KINDS
from sim.scenario.node import Keys, Node


@dataclass(frozen=True)
class Expected:
    """A type, bare of unions and annotations, and the notes that the annotations carried."""

    type: Any
    notes: tuple[Any, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are right in a mapping here; none if any key is."""
        if not (isinstance(self.type, type) and issubclass(self.type, BaseModel)):
            return ()
        return tuple(info.alias or name for name, info in self.type.model_fields.items())

    @property
    def is_evidence(self) -> bool:
        """Whether a value with grade and source is expected."""
        return isinstance(self.type, type) and issubclass(self.type, Evidence)

    @property
    def unit(self) -> str | None:
        """The unit in which a quantity must be written here."""
        return next((note.unit for note in self.notes if isinstance(note, Measure)), None)


def expected_at(hint: Any, keys: Keys, node: Node | None) -> Expected | None:
    """Return what the type `hint` of `node` expects at `keys` below it; None if nothing can be there."""
    bare = _bare(hint, node)
    for key in keys:
        inner = _inner(bare.type, key)
        if inner is None:
            return None
        node = node.child(key) if node is not None else None
        bare = _bare(inner[0], node)
        bare = Expected(bare.type, (*inner[1], *bare.notes))
    return bare


def _bare(hint: Any, node: Node | None) -> Expected:
    notes: tuple[Any, ...] = ()
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *more = get_args(hint)
            notes += tuple(more)
        elif origin in (Union, types.UnionType):
            hint = _member([option for option in get_args(hint) if option is not type(None)], node)
        else:
            return Expected(hint, notes)


def _member(options: list[Any], node: Node | None) -> Any:
    """Return the member of a union that the data names by its kind, else the first."""
    given = {kind: child.value for kind in KINDS if node is not None and (child := node.get(kind)) is not None}
    for option in options:
        fields = getattr(option, "model_fields", {})
        if any(value in _literals(fields[kind].annotation) for kind, value in given.items() if kind in fields):
            return option
    return options[0]


def _literals(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) is Literal else ()


def _inner(hint: Any, key: str | int) -> tuple[Any, tuple[Any, ...]] | None:
    """Return the type and notes of what lies at one key of a type."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        fields = hint.model_fields
        found = next((info for name, info in fields.items() if key in (name, info.alias)), None)
        return (found.annotation, tuple(found.metadata)) if found is not None else None
    arguments = get_args(hint)
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return arguments[1], ()
    if get_origin(hint) is tuple:
        return arguments[0], ()
    return None
