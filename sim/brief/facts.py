"""Facts that a brief tells beside its results: what the shipped port was held against, and what is published."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from sim.port.evidence import leaves
from sim.port.port import Port
from sim.port.units import Quantity

How = Literal["calibrated", "held_out", "chosen", "put_in"]
HOWS: tuple[How, ...] = get_args(How)
FILE = "facts.toml"


@dataclass(frozen=True)
class Held:
    """A published figure and the model's. half: of its 95 % interval, None where none is given."""

    key: str
    source: str
    unit: str
    published: float
    model: float
    how: How
    half: float | None = None


@dataclass(frozen=True)
class Published:
    """Trading across borders of one flow: hours at the border and for documents, cost of both [USD]."""

    border: float
    documents: float
    cost: float


@dataclass(frozen=True)
class WorldBank:
    """What the last edition has of China, for the data of a year, and what it rests on."""

    year: int
    hours_grade: str
    cost_grade: str
    cost_source: str
    flows: dict[str, Published]


@cache
def held() -> tuple[Held, ...]:
    """Return what the shipped port was held against."""
    return tuple(Held(**figure) for figure in _facts()["figures"])


@cache
def world_bank() -> WorldBank:
    """Return the published figures on trading across borders."""
    facts = dict(_facts()["world_bank"])
    flows = {flow: Published(**facts.pop(flow)) for flow in ("import", "export")}
    return WorldBank(**facts, flows=flows)


def is_calibrated(port: Port) -> bool:
    """Return whether a port is the one that was held against published figures, though values were changed since."""
    calibration = _facts()["calibration"]
    return calibration["terminal"] in port.terminals and len(moved_since(port)) < len(calibration["inputs"])


def moved_since(port: Port) -> tuple[str, ...]:
    """Return the paths of the values that calibration set and that this port has otherwise."""
    values = leaves(port)
    found = ((path, values.get(path), value) for path, value in _facts()["calibration"]["inputs"].items())
    return tuple(path for path, own, value in found if not isinstance(own, Quantity) or own.value != value)


@cache
def _facts() -> dict[str, Any]:
    text = resources.files("sim.brief").joinpath(FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)
