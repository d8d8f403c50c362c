"""What a scenario file and sources.yaml may hold, once everything that they extend is merged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from sim.port.port import Horizon
from sim.port.units import Frozen

MOST_REPLICATIONS = 100_000
LARGEST_SEED = 2**63 - 1


class Title(Frozen):
    """The name of a scenario in both languages."""

    zh: str = Field(min_length=1)
    """Name in Chinese."""
    en: str = Field(min_length=1)
    """Name in English."""


class Source(Frozen):
    """An entry of sources.yaml: where a figure comes from."""

    title: str = Field(min_length=1)
    """What the source is."""
    address: str = ""
    """Where it is found; several are separated by " ; "."""
    weak: bool = False
    """A mirror, blog, broker or forwarder: quote no figure from it without a second source."""


class TraceFiles(Frozen):
    """Recorded traffic in the place of drawn traffic: calls, with boxes or without, or an export of ConFlowGen.

    Paths are relative to the file that they are written in.
    """

    calls: str | None = None
    """Vessel and barge calls, a CSV or Parquet file."""
    boxes: str | None = None
    """Boxes of these calls, a CSV or Parquet file; left out, what the calls bring and take is drawn."""
    conflowgen: str | None = None
    """Folder of an export of ConFlowGen as CSV."""
    services: tuple[str, ...] | None = Field(default=None, min_length=1)
    """Services that the traces stand for: they have no other calls; [all] for every one. Left out: those that calls
    name, with ConFlowGen all."""


class ScenarioFile(Frozen):
    """A port, policies, horizon and draws: all that is run."""

    title: Title
    """The name of the scenario in Chinese and English."""
    port: Any
    """Path of a port file, relative to this file; or the port itself as a mapping."""
    values: Mapping[str, Any] = Field(default_factory=dict)
    """Values of the port that differ here, each with its grade and source."""
    traces: TraceFiles | None = None
    """Recorded calls and boxes in the place of drawn ones."""
    policies: Mapping[str, Any] = Field(default_factory=dict)
    """Policies in force, applied in written order: off, plan (the values of the action plan), or their levers."""
    horizon: Horizon
    """The days simulated."""
    replications: int = Field(ge=1, le=MOST_REPLICATIONS)
    """Independent repetitions of the run, the same draws in every scenario."""
    seed: int = Field(ge=0, le=LARGEST_SEED)
    """Number from which all draws follow."""
