"""A scenario as one YAML document that loads by itself: kept beside the results that came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.node import Scalar, plain
from sim.scenario.trees import Trees

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MISREAD = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML 1.1 or 1.2 takes for something else; every text that is no plain word is quoted too."""


def resolved_text(trees: Trees) -> str:
    """Return the resolved scenario: no `extends:`, no `values:`, the port written out, a value with evidence a line."""
    data: dict[str, Any] = {key: plain(child) for key, child in trees.scenario.mapping.items() if key != "values"}
    if trees.port is not None:
        data["port"] = plain(trees.port)
    return "\n".join(_lines(data, "")) + "\n"


def written(value: Scalar) -> str:
    """Return a single value as YAML reads it back."""
    return _flow(value)


def _lines(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, child in data.items():
        if isinstance(child, Mapping) and child and "grade" not in child:
            yield f"{indent}{_text(key)}:"
            yield from _lines(child, indent + "  ")
        else:
            yield f"{indent}{_text(key)}: {_flow(child)}"


def _flow(data: Any) -> str:
    if isinstance(data, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(child)}" for key, child in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(_flow(child) for child in data) + "]"
    if isinstance(data, str):
        return _text(data)
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    number = repr(data)
    return number.replace("e", ".0e") if "e" in number and "." not in number else number


def _text(text: str) -> str:
    if _WORD.fullmatch(text) and text.casefold() not in _MISREAD:
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08X}"
