"""Experiments as frames, for notebooks: a polars frame shows itself as a table there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sim.experiment.options import RunOptions
from sim.experiment.sweep import run_sweep
from sim.experiment.sweep_table import read_table
from sim.scenario.sweep import load_sweep

if TYPE_CHECKING:
    import polars


def sweep(path: Path, options: RunOptions | None = None, replications: int | None = None) -> polars.DataFrame:
    """Run what is missing of the sweep in a file and return its table: a row for each point and number.

    Columns: point, every lever by its dotted path, metric, flow, group, statistic, unit, value, low, high (95 %
    interval), n (replications), digest, error (of a point without numbers). With `options.out` the points are stored
    there, and never run again; without, nothing is kept. Raises ScenarioError, PolicyError, RunError or OutputError.
    """
    plan, how = load_sweep(Path(path), replications), options or RunOptions()
    if how.out is not None:
        return read_table(run_sweep(plan, how).table)
    with TemporaryDirectory(prefix="nansha-") as folder:
        return read_table(run_sweep(plan, replace(how, out=Path(folder))).table)
