"""How an experiment is run: with which workers, and into which folder. None of it changes a number."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sim.experiment.crew import Crew, Processes

Progress = Callable[[int, int], None]
"""Called with replications done and replications in all."""


def cores() -> int:
    """Return the number of cores of this machine."""
    return os.cpu_count() or 1


@dataclass(frozen=True)
class RunOptions:
    """How to run, none of which changes a number.

    workers: processes; 1 runs in this one. out: folder of results, None keeps nothing on disk. keep_boxes: boxes of
    every replication, not of the first only (with no `out`, they stay in the outcomes' tables). fresh: run again
    what is already in `out`. cluster: address of a Dask scheduler in the place of processes of this machine, or
    "local" to start one with so many workers.
    """

    workers: int = field(default_factory=cores)
    out: Path | None = None
    keep_boxes: bool = False
    fresh: bool = False
    cluster: str | None = None


@contextmanager
def hired(options: RunOptions) -> Iterator[Crew]:
    """Give the workers that `options` asks for. Raises RunError if a cluster cannot be used."""
    if options.cluster is not None:
        from sim.experiment.cluster import Cluster

        crew: Crew = Cluster(options.cluster, options.workers)
    else:
        crew = Processes(options.workers)
    try:
        yield crew
    finally:
        crew.leave()
