"""Experiments as frames, for notebooks: a polars frame shows itself as a table there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sim.experiment import attribute as attribution
from sim.experiment.compare import Effect, Summary
from sim.experiment.observe import named
from sim.experiment.options import RunOptions
from sim.experiment.sweep import run_sweep
from sim.experiment.sweep_table import read_table
from sim.experiment.switches import switches
from sim.scenario.sweep import load_sweep

if TYPE_CHECKING:
    import polars

    from sim.scenario import Scenario

CLOCK = "arrival_to_gate_out.mean"


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


def frame(rows: Iterable[Summary | Effect]) -> polars.DataFrame:
    """Return what `summarise` or `compare` found as a table: a row for each number, its fields as columns."""
    import polars as pl

    return pl.DataFrame([asdict(row) for row in rows], infer_schema_length=None)


def attribute(
    reform: Scenario,
    metrics: Sequence[str] = (CLOCK,),
    options: RunOptions | None = None,
    base: Scenario | None = None,
) -> polars.DataFrame:
    """Share the change from `base` to `reform` among its policies: a row for each number and policy.

    Without a base the reform is held against itself with its policies off. Columns: metric, flow, group, statistic,
    unit, policy; its effect alone and added last; its share (Shapley value) with low and high of the 95 % interval;
    part of the whole change (null if that is not shown); n (replications). Raises RunError.
    """
    import polars as pl

    plan, how = attribution.plan(switches(reform, base)), options or RunOptions()
    subjects = named(metrics, plan.switches.scenario(0), how)
    rows = [
        {
            **asdict(found.subject),
            "policy": share.policy,
            "alone": share.alone.mean,
            "last": share.last.mean,
            "share": share.share.mean,
            "low": share.share.low,
            "high": share.share.high,
            "part": share.part,
            "n": share.share.n,
        }
        for found in attribution.attribute(plan, subjects, how)
        for share in found.shares
    ]
    return pl.DataFrame(rows, infer_schema_length=None)
