"""The tables of stored replications as charts read them: columns as arrays, and the hours of the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import OutputError, Problem

if TYPE_CHECKING:
    import polars

    from sim.experiment import ScenarioResult
    from sim.scenario import Scenario

Hours = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]

WEEK_H, DAY_H = 168, 24


@dataclass(frozen=True)
class Runs:
    """A scenario and the folders of those of its replications of which a table is stored."""

    scenario: Scenario
    folders: tuple[Path, ...]

    @property
    def monday(self) -> float:
        """The hour of the run at which the week of its first day began, 0 or less."""
        return -float(DAY_H * self.scenario.horizon.start.weekday())

    @property
    def hours(self) -> Hours:
        """The full hours of the measured days, shape (24 days,)."""
        first, last = self.scenario.horizon.window
        return np.arange(first, last)

    def by_hour_of_week(self, values: Hours) -> Hours:
        """Return the mean (168,) of values at `hours` by the hour of the week, from Monday 00:00; NaN for no such."""
        place = (self.hours - self.monday).astype(np.intp) % WEEK_H
        count = np.bincount(place, minlength=WEEK_H)
        with np.errstate(invalid="ignore"):
            return np.asarray(np.bincount(place, values, WEEK_H) / count)


def runs(root: Path, result: ScenarioResult, table: str) -> Runs:
    """Return the replications of a stored result of which `table` (boxes, calls) is there."""
    from sim.experiment import Store

    store, digest = Store(root), result.scenario.digest
    folders = (store.folder(digest, number) for number in range(len(result.outcomes)))
    return Runs(result.scenario, tuple(folder for folder in folders if (folder / f"{table}.parquet").is_file()))


def read(folder: Path, table: str, columns: Sequence[str]) -> Columns:
    """Return columns of a table of one replication: words as text, null among hours as NaN. Raises OutputError."""
    table_read = frame(folder, table, columns)
    return {name: _array(table_read[name]) for name in columns}


def frame(folder: Path, table: str, columns: Sequence[str]) -> polars.DataFrame:
    """Return columns of a table of one replication. Raises OutputError."""
    import polars as pl

    path = folder / f"{table}.parquet"
    try:
        return pl.read_parquet(path, columns=list(columns))
    except (OSError, pl.exceptions.PolarsError) as error:
        remedy = f"remove it with nansha results rm {folder.parent.name[:8]}, and run it again"
        raise OutputError(Problem(f"cannot be read: {error}", str(path), remedy)) from error


def _array(column: polars.Series) -> NDArray[Any]:
    import polars as pl

    if isinstance(column.dtype, pl.Enum):
        words = np.array([*column.dtype.categories.to_list(), ""])
        codes = column.to_physical().cast(pl.Int64).fill_null(len(words) - 1)
        return np.asarray(words[codes.to_numpy()])
    return column.to_numpy()


def stock(came: Hours, went: Hours, times: Hours, weight: Hours | None = None) -> Hours:
    """Return how much is there at each of `times` [h]: what has come by then and has not gone; NaN: never.

    came, went, weight: shape (n,); times: shape (m,), in order; without `weight` each counts as 1.
    """
    there = np.isfinite(came)
    weights = np.ones(came.shape) if weight is None else weight
    return _until(came[there], weights[there], times) - _until(went[there], weights[there], times)


def _until(moments: Hours, weights: Hours, times: Hours) -> Hours:
    """Return the sum of the weights of all moments up to each time."""
    place = np.searchsorted(times, moments, "left")
    place[np.isnan(moments)] = times.size
    return np.asarray(np.cumsum(np.bincount(place, weights, times.size + 1))[: times.size])
