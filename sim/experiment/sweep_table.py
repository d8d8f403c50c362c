"""The table of a sweep, a row for each point and number: as CSV for spreadsheets, as Parquet, and how it was made.

Rows are written as they are read from the journal and never held together.
"""

from __future__ import annotations

import csv
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sim.errors import OutputError, Problem
from sim.experiment.batches import Measured
from sim.experiment.interrupts import deferred
from sim.experiment.manifest import PACKAGES, as_json, sources_of
from sim.experiment.observe import by_key, parts
from sim.experiment.pooled import pooled
from sim.experiment.statistics import interval
from sim.experiment.sweep_book import Made
from sim.experiment.sweep_metrics import Metrics
from sim.scenario.sweep import Lever, Sweep, values_of

if TYPE_CHECKING:
    import polars

    from sim.scenario import Scenario

Result = tuple[Mapping[str, object], Made, list[Measured]]
"""The levers of a point, what it came to, and its replications."""

NUMBER = {"metric": str, "flow": str, "group": str, "statistic": str, "unit": str}
AFTER = {"value": float, "low": float, "high": float, "n": int, "digest": str, "error": str}
ROWS_AT_ONCE = 16_384
"""Rows of a Parquet row group; the same number always, so that the same rows give the same bytes."""

NOT_TO_BE_USED = "the run's own checks found: "


def write_table(
    folder: Path, sweep: Sweep, base: Scenario, results: Iterable[Result], metrics: Metrics
) -> tuple[int, list[str]]:
    """Write table and manifest of a sweep; return how many points have no numbers, and the names of the files.

    Raises OutputError; then the files are as they were.
    """
    names = [f"{sweep.name}.csv", f"{sweep.name}.parquet", "manifest.json"]
    kinds = columns(sweep)
    try:
        with TemporaryDirectory(prefix=".aside-", dir=folder) as aside:
            table, parquet, manifest = (Path(aside) / name for name in names)
            points, failed = _write_csv(table, list(kinds), results, metrics)
            _write_parquet(table, parquet, kinds)
            manifest.write_text(_manifest(sweep, base, metrics, (points, failed)), encoding="utf-8", newline="\n")
            with deferred():
                for path in (table, parquet, manifest):
                    path.replace(folder / path.name)
    except OSError as error:
        what = f"cannot write {folder}: {error.strerror or error}"
        remedy = "make room and give the same command again: nothing that was finished is lost"
        raise OutputError(Problem(what, remedy=remedy)) from error
    return failed, names


def columns(sweep: Sweep) -> dict[str, type]:
    """Return the columns of the table and what they hold."""
    levers = {lever.path: _kind(lever) for lever in sweep.levers}
    return {"point": int, **levers, **NUMBER, **AFTER}


def read_table(path: Path) -> polars.DataFrame:
    """Return the table of a sweep."""
    import polars as pl

    return pl.read_parquet(path)


def _kind(lever: Lever) -> type:
    """Return what the values of a lever are: whole numbers, numbers, or words."""
    if lever.span is not None and not values_of(lever):
        return int if lever.span.whole else float
    values = [node.value for node in values_of(lever)]
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        return str
    return int if all(isinstance(value, int) for value in values) else float


def _write_csv(path: Path, names: list[str], results: Iterable[Result], metrics: Metrics) -> tuple[int, int]:
    failed = number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for number, (levers, made, measured) in enumerate(results, start=1):
            head = [number, *(_cell(value) for value in levers.values())]
            error = _error(made, measured)
            failed += error != ""
            lines = [["", "", "", "", "", "", "", "", ""]] if error else _lines(measured, metrics)
            writer.writerows([*head, *line, made.digest or "", error] for line in lines)
    return number, failed


def _cell(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _error(made: Made, measured: list[Measured]) -> str:
    """Return why a point has no numbers; one replication without is enough, as the others alone would mislead."""
    found = [problem.what for problem in made.problems]
    found += [problem.what for item in measured for problem in item.problems]
    found += [NOT_TO_BE_USED + what for item in measured for what in item.violations]
    return "; ".join(dict.fromkeys(found))


def _lines(measured: list[Measured], metrics: Metrics) -> Iterator[list[object]]:
    figures = [item.figures for item in measured if item.figures is not None]
    rows = [metrics.values(one) for one in figures]
    chosen = metrics.chosen or ()
    wanted = {(*subject.key[:3], part) for subject in chosen for part in parts(subject)}
    of_all = pooled(by_key([one.rows(wanted.__contains__) for one in figures])) if wanted else {}
    for subject, values in zip(chosen, zip(*rows, strict=True), strict=True):
        own = {number: value for number, value in enumerate(values) if value is not None}
        known = list(of_all.get(subject.key, own).values())
        if known:
            mean = interval(known)
            low, high = ("" if end is None else end for end in (mean.low, mean.high))
            yield [*subject.key, subject.unit, mean.mean, low, high, mean.n]


def _write_parquet(table: Path, path: Path, kinds: Mapping[str, type]) -> None:
    """Write the rows of a CSV file as Parquet, so many at once."""
    import polars as pl
    from polars.io.plugins import register_io_source

    known: dict[type, Any] = {int: pl.Int64, float: pl.Float64, str: pl.String}
    schema = pl.Schema({name: known[kind] for name, kind in kinds.items()})

    def frames(*_: object) -> Iterator[polars.DataFrame]:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            while block := list(islice(rows, ROWS_AT_ONCE)):
                data = {
                    name: [kind(cell) if cell else None for cell in cells]
                    for (name, kind), cells in zip(kinds.items(), zip(*block, strict=True), strict=True)
                }
                yield pl.DataFrame(data, schema=schema)

    source = register_io_source(frames, schema=schema)
    source.sink_parquet(path, compression="zstd", statistics=True, row_group_size=ROWS_AT_ONCE)


def _manifest(sweep: Sweep, base: Scenario, metrics: Metrics, counts: tuple[int, int]) -> str:
    """Return how a sweep was made: no wall time, no date, no path of the machine."""
    title, made_by = sweep.content.title, version("nansha-sim")
    return as_json(
        {
            "sweep": sweep.name,
            "zh": title.zh,
            "en": title.en,
            "design": sweep.content.design,
            "points": counts[0],
            "failed": counts[1],
            "replications": sweep.content.replications,
            "metrics": [subject.name for subject in metrics.chosen or ()],
            "names": {path: {"zh": name.zh, "en": name.en} for path, name in sweep.content.names.items()},
            "scenario": {"name": base.name, "digest": base.digest, "zh": base.zh, "en": base.en},
            "created_by": f"nansha-sim {made_by}",
            "versions": {"python": platform.python_version(), "nansha-sim": made_by}
            | {package: version(package) for package in PACKAGES},
            "text": sweep.text,
            "text_of_scenario": base.text,
            "sources": {key: source.model_dump() for key, source in sources_of(base).items()},
        }
    )
