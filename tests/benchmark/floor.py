"""A run against its floor: drawing the same random numbers and writing the same columns, nothing else.

The numbers are those that the run asks for, counted while it runs; what is asked for twice is drawn once. The columns
are filled by a copy of what the run found, and the files come out the same to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from sim.experiment import Outcome, Store
from sim.experiment.parquet import write_log_table
from sim.kernel.draws import Draws
from sim.records import Table
from sim.scenario import Scenario, load
from tests.benchmark.bench import SCENARIOS, refuse_broken, replicated
from tests.benchmark.measure import in_child, timed
from tests.benchmark.table import TIMES, Row, Target

Asked = dict[tuple[str, str], int]
"""Purpose and owner -> how many draws were asked for, at most."""

TARGET = Target(4, TIMES)


def rows(days: int, rounds: int) -> list[Row]:
    """Return the row of phase IV over `days` measured days."""
    return [in_child(row, days, rounds)]


def row(days: int, rounds: int, sets: Mapping[str, str] | None = None) -> Row:
    """Run once, then do the floor in every round, and see to it that both wrote the same."""
    import polars  # noqa: F401  its import is charged to neither

    scenario = load(SCENARIOS / "baseline.yaml", sets=sets or {}, days=days, replications=1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with counted_draws() as asked:
            run, outcome = timed(lambda: whole_run(scenario, folder))
        refuse_uncounted(asked, outcome.counts["boxes"])
        spent = [timed(lambda: floor(scenario, asked, outcome, folder))[0].busy for _ in range(rounds)]
        refuse_apart(Store(folder).folder(scenario.digest, 0), folder, outcome.tables)
    this = f"a run, {run.busy:.1f} s, {outcome.counts['boxes'] / 1e6:.2f} M boxes"
    against = f"{sum(asked.values()) / 1e6:.0f} M draws and the columns, {median(spent):.2f} s"
    return Row("phase IV against its floor", this, against, run.busy / median(spent), TIMES, TARGET)


def whole_run(scenario: Scenario, folder: Path) -> Outcome:
    """Simulate, measure, check and write one replication, as `nansha run` does."""
    outcome = replicated(scenario)
    refuse_broken(outcome)
    Store(folder).write(scenario, 0, outcome)
    return outcome


def floor(scenario: Scenario, asked: Mapping[tuple[str, str], int], outcome: Outcome, folder: Path) -> None:
    """Draw what was asked for, fill the columns of the run, and write them into `folder`."""
    draws = Draws(scenario.seed, 0)
    for (purpose, owner), n in asked.items():
        draws.uniform(purpose, owner, n)
    for table, columns in outcome.tables.items():
        write_log_table(folder / f"{table}.parquet", filled(columns), outcome.names)


def filled(columns: Table) -> Table:
    """Return new columns of the same content."""
    return {name: np.array(column) for name, column in columns.items()}


@contextmanager
def counted_draws() -> Iterator[Asked]:
    """Yield what is asked of `Draws` while the block runs; it gives what it always gives."""
    asked: Asked = {}
    real = Draws.fill

    def counted(self: Draws, purpose: str, owner: str, out: NDArray[np.float64]) -> NDArray[np.float64]:
        asked[purpose, owner] = max(len(out), asked.get((purpose, owner), 0))
        return real(self, purpose, owner, out)

    Draws.fill = counted  # type: ignore[method-assign]
    try:
        yield asked
    finally:
        Draws.fill = real  # type: ignore[method-assign]


def refuse_uncounted(asked: Asked, boxes: int) -> None:
    """Stop if fewer numbers were counted than there are boxes: then the run draws past `Draws.fill`."""
    if sum(asked.values()) < boxes:
        raise SystemExit("the run draws its numbers in a way that the floor does not count")


def refuse_apart(written: Path, again: Path, tables: Iterable[str]) -> None:
    """Stop if a table of the run is not the same file as that of the floor."""
    for table in tables:
        name = f"{table}.parquet"
        if (written / name).read_bytes() != (again / name).read_bytes():
            raise SystemExit(f"{name} of the floor is not that of the run")
