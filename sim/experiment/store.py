"""Results on disk: `<digest>/<replication>/` with Parquet tables, written aside and then renamed.

A replication's folder is there in full or not at all. All its bytes are a function of digest and replication;
what differs from run to run, the wall time, is kept apart in `<digest>/timing.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import OutputError, Problem
from sim.experiment import parquet
from sim.experiment.interrupts import deferred, load_polars
from sim.experiment.manifest import as_json, manifest
from sim.experiment.result import Outcome
from sim.metrics import DWELL_EDGES, Checked, DwellHistogram, Inside
from sim.records import MetricRow

if TYPE_CHECKING:
    from sim.scenario import Scenario

REMEDY = "choose another folder with --out, or make room and check the rights of this one"
ROW_COLUMNS = tuple(MetricRow.__dataclass_fields__)


@dataclass(frozen=True)
class Store:
    """The folder of all results."""

    root: Path

    def prepare(self) -> None:
        """Make sure that the folder is there and can be written, before hours are spent; raise OutputError if not."""
        load_polars()
        with deferred(), _guarded(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(prefix=".aside-", dir=self.root):
                pass

    def folder(self, digest: str, replication: int) -> Path:
        """Return the folder of one replication."""
        return self.root / digest / str(replication)

    def write(self, scenario: Scenario, replication: int, outcome: Outcome) -> None:
        """Write one replication and the manifest of its scenario; raise OutputError and leave nothing if it fails."""
        home = self.root / scenario.digest
        target = self.folder(scenario.digest, replication)
        with deferred(), _guarded(self.root), TemporaryDirectory(prefix=".aside-", dir=self.root) as name:
            aside = Path(name)
            new = aside / "new"
            new.mkdir()
            _write_files(new, scenario, replication, outcome)
            (aside / "manifest.json").write_text(manifest(scenario), encoding="utf-8", newline="\n")
            times = _timing(home) | {str(replication): {"seconds": outcome.seconds, **outcome.counts}}
            (aside / "timing.json").write_text(as_json(times), encoding="utf-8", newline="\n")
            home.mkdir(exist_ok=True)
            for file in ("manifest.json", "timing.json"):
                (aside / file).replace(home / file)
            if target.exists():
                target.rename(aside / "old")
            _put(new, target)

    def read(self, digest: str, replication: int, *, boxes: bool) -> Outcome | None:
        """Return one replication without its tables; None if it is not there whole, or lacks `boxes` asked for."""
        folder = self.folder(digest, replication)
        needed = ["checks.json", "metrics.parquet", "dwell.parquet"] + ["boxes.parquet"] * boxes
        if not (folder.parent / "manifest.json").is_file() or not all((folder / name).is_file() for name in needed):
            return None
        try:
            return _read_files(folder, _timing(folder.parent).get(str(replication), {}))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def describe(self, scenario: Scenario) -> None:
        """Bring the manifest up to date: what a scenario says of itself may change while its digest does not."""
        file, text = self.root / scenario.digest / "manifest.json", manifest(scenario)
        with deferred(), _guarded(self.root):
            if file.read_text(encoding="utf-8") != text:
                with TemporaryDirectory(prefix=".aside-", dir=self.root) as aside:
                    new = Path(aside) / file.name
                    new.write_text(text, encoding="utf-8", newline="\n")
                    new.replace(file)


def _put(new: Path, target: Path) -> None:
    """Rename a finished folder; if another process has put the same replication there meanwhile, its bytes are ours."""
    try:
        new.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _write_files(folder: Path, scenario: Scenario, replication: int, outcome: Outcome) -> None:
    import polars as pl

    for name, table in outcome.tables.items():
        parquet.write_log_table(folder / f"{name}.parquet", table, outcome.names)
    head = {"digest": scenario.digest, "scenario": scenario.name, "replication": replication}
    parquet.write_frame(
        folder / "metrics.parquet",
        pl.DataFrame([head | asdict(row) for row in outcome.metrics], infer_schema_length=None),
    )
    edges = [*DWELL_EDGES.tolist(), None]
    dwell = [
        pl.DataFrame({"from_h": edges[:-1], "to_h": edges[1:], "boxes": histogram.counts}).select(
            pl.lit(histogram.metric).alias("metric"), pl.lit(histogram.flow).alias("flow"), pl.all()
        )
        for histogram in outcome.dwell
    ]
    parquet.write_frame(folder / "dwell.parquet", pl.concat(dwell))
    if outcome.inside is not None:
        series = {"vessels": outcome.inside.vessels, "boxes": outcome.inside.boxes}
        parquet.write_frame(folder / "inside.parquet", pl.DataFrame(series).with_row_index("hour"))
    checked = {"checked": asdict(outcome.checked)} if outcome.checked else {}
    checks = {"violations": outcome.violations, **checked, "counts": dict(outcome.counts)}
    (folder / "checks.json").write_text(as_json(checks), encoding="utf-8", newline="\n")


def _read_files(folder: Path, timing: Mapping[str, float]) -> Outcome:
    checks = json.loads((folder / "checks.json").read_text(encoding="utf-8"))
    return Outcome(
        metrics=tuple(MetricRow(*row) for row in parquet.read_rows(folder / "metrics.parquet", ROW_COLUMNS)),
        dwell=_read_dwell(folder / "dwell.parquet"),
        violations=tuple(checks["violations"]),
        seconds=timing.get("seconds", float("nan")),
        counts=checks["counts"],
        checked=_read_checked(checks.get("checked")),
        inside=_read_inside(folder / "inside.parquet"),
    )


def _read_checked(said: Mapping[str, Any] | None) -> Checked | None:
    return None if said is None else Checked(**{**said, "stations": tuple(said["stations"])})


def _read_inside(path: Path) -> Inside | None:
    if not path.is_file():
        return None
    rows = parquet.read_rows(path, ("vessels", "boxes"))
    return Inside(*(np.array(column, dtype=np.int32) for column in zip(*rows, strict=True)))


def _read_dwell(path: Path) -> tuple[DwellHistogram, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for metric, flow, boxes in parquet.read_rows(path, ("metric", "flow", "boxes")):
        counts.setdefault((metric, flow), []).append(boxes)
    return tuple(DwellHistogram(*key, np.array(values, dtype=np.int64)) for key, values in counts.items())


def _timing(home: Path) -> dict[str, dict[str, float]]:
    """Return replication -> seconds and counts of what is known so far; a file that cannot be read tells nothing."""
    try:
        times: dict[str, dict[str, float]] = json.loads((home / "timing.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return times


@contextmanager
def _guarded(root: Path) -> Iterator[None]:
    """Turn an operating system's refusal into an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(Problem(f"cannot write {root}: {reason}", remedy=REMEDY)) from error
