"""Data against a model: every fault at once, each at its place and in a planner's words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.errors import Problem
from sim.scenario.expected import Expected, expected_at
from sim.scenario.nearest import nearest_of
from sim.scenario.node import Keys, Node, Where, nearest, plain
from sim.scenario.wording import Fault, Wording, worded

PLACED_BY_FIRST_WORD = frozenset({"bound", "range", "unit"})
"""Faults of a whole value whose message begins with the key that is wrong."""

PLACED_BY_KEY = {"spread": "distribution", "distribution": "distribution"}
"""Faults of a whole value that lie with one of its keys."""


@dataclass(frozen=True)
class Subject:
    """What is checked: the model, and the words before each path in messages.

    also: keys that are right beside those of the model. in_part: some of the data could not be read, so that
    nothing is said to be missing.
    """

    model: Any
    prefix: str = ""
    also: tuple[str, ...] = ()
    in_part: bool = False

    def name(self, keys: Keys) -> str:
        """Return the dotted path of `keys` as messages show it."""
        return ".".join(str(key) for key in (self.prefix, *keys) if key != "")


def checked(subject: Subject, node: Node, problems: list[Problem]) -> Any | None:
    """Return the model's value of the data, None after adding what is wrong to `problems`.

    The data goes through JSON, because strict checks (no text for a number) still take dates and lists from there.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(subject.model)
    try:
        return adapter.validate_json(json.dumps(plain(node)), strict=True)
    except ValidationError as error:
        problems.extend(faults_of(subject, node, error))
        return None


def faults_of(subject: Subject, node: Node, error: ValidationError) -> list[Problem]:
    """Return the problems behind a validation error of `node`."""
    faults = list(_distinct(_faults(node, error)))
    extras = {fault.keys for fault in faults if fault.kind == "extra_forbidden"}
    faults = [fault for fault in faults if fault.kind != "missing" or not (subject.in_part or _misspelt(fault, extras))]
    return [_problem(subject, node, fault) for fault in faults]


def _faults(node: Node, error: ValidationError) -> Iterable[Fault]:
    for detail in error.errors(include_url=False):
        context = detail.get("ctx", {})
        if detail["type"] == "reference":
            for path, what in context["problems"]:
                yield Fault("reference", _keys_of(node, path.split("."))[0], what)
            continue
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        keys, rest = _keys_of(node, loc)
        kind = "key" if len(loc) < len(detail["loc"]) else detail["type"]
        if kind == "missing":
            keys = (*keys, str(rest[-1]))
        yield Fault(kind, keys, detail["msg"], detail.get("input"), context)


def _keys_of(node: Node, loc: Iterable[Any]) -> tuple[Keys, tuple[Any, ...]]:
    """Return the part of a location that is in the data, and the rest: tags and names of union members."""
    keys: list[str | int] = []
    rest: list[Any] = []
    here = node
    for part in loc:
        child = here.child(part)
        if child is None:
            rest.append(part)
            continue
        here, rest = child, []
        keys.append(part)
    return tuple(keys), tuple(rest)


def _distinct(faults: Iterable[Fault]) -> Iterable[Fault]:
    """Yield one fault for a value without grade and source, and one for each source that is neither text nor list."""
    seen: set[tuple[str, Keys]] = set()
    for fault in faults:
        about, keys = "", fault.keys
        if fault.kind == "missing" and keys[-1] in ("grade", "source"):
            about, keys = "evidence", keys[:-1]
        elif "source" in keys:
            about, keys = "source", keys[: keys.index("source")]
        elif fault.kind in ("missing", "reference"):
            about = f"{fault.kind} {fault.message}"
        if (about, keys) not in seen:
            seen.add((about, keys))
            yield fault


def _misspelt(fault: Fault, extras: set[Keys]) -> bool:
    """Whether a missing key is there, misspelt: then the unknown key already says so."""
    beside = [str(keys[-1]) for keys in extras if keys[:-1] == fault.keys[:-1]]
    return any(nearest_of(wrong, [str(fault.keys[-1])]) for wrong in beside)


def _problem(subject: Subject, node: Node, fault: Fault) -> Problem:
    above = expected_at(subject.model, fault.keys[:-1], node) or Expected(None)
    here = expected_at(subject.model, fault.keys, node) or Expected(None)
    also = subject.also if len(fault.keys) == 1 else ()
    what, remedy = worded(fault, Wording(subject.name(fault.keys), here, above, (*above.keys, *also)))
    return Problem(what, _place(node, fault), remedy)


def _place(node: Node, fault: Fault) -> Where:
    found = nearest(node, fault.keys)
    if fault.kind in PLACED_BY_KEY:
        part = found.get(PLACED_BY_KEY[fault.kind])
        return part.named if part is not None else found.named
    if fault.kind in PLACED_BY_FIRST_WORD:
        part = found.get(fault.message.split(" ", 1)[0])
        return part.place if part is not None else found.named
    if fault.kind in ("extra_forbidden", "missing", "key", "reference"):
        return found.named
    return found.place
