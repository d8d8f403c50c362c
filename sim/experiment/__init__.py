"""Floor 6: replications over processes, comparison on common draws, the result store."""

from __future__ import annotations

from sim.experiment.compare import Effect, Summary, compare, summarise
from sim.experiment.options import RunOptions
from sim.experiment.result import Outcome, ScenarioResult
from sim.experiment.run import run
from sim.experiment.statistics import Interval, Verdict
from sim.experiment.store import Store
from sim.experiment.tables import Row, Table, comparison_table, run_table

__all__ = [
    "Effect",
    "Interval",
    "Outcome",
    "Row",
    "RunOptions",
    "ScenarioResult",
    "Store",
    "Summary",
    "Table",
    "Verdict",
    "compare",
    "comparison_table",
    "run",
    "run_table",
    "summarise",
]
