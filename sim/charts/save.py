"""Saving a figure with its data beside it: SVG, PNG and CSV, the same bytes every time, aside and then renamed."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from tempfile import TemporaryDirectory

from matplotlib.figure import Figure

from sim.charts.table import ChartTable
from sim.errors import OutputError, Problem

DPI = 200
KINDS = ("svg", "png", "csv")


def save(figure: Figure, table: ChartTable, stem: Path) -> tuple[Path, Path, Path]:
    """Write `stem`.svg, .png and .csv and return their paths. Raises OutputError; then none of them is written.

    The digests of the runs shown are in the metadata of both pictures and in a column of the data.
    """
    digests = " ".join(table.digests)
    svg = {"Title": stem.name, "Description": f"digest {digests}", "Creator": "nansha-sim", "Date": None}
    png = {"Title": stem.name, "Description": f"digest {digests}", "Software": "nansha-sim"}
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".aside-", dir=stem.parent) as name:
            aside = Path(name) / stem.name
            figure.savefig(_with(aside, "svg"), format="svg", metadata=svg)
            figure.savefig(_with(aside, "png"), format="png", metadata=png, dpi=DPI)
            _with(aside, "csv").write_bytes(_csv(table))
            svg_path, png_path, csv_path = (_moved(_with(aside, kind), _with(stem, kind)) for kind in KINDS)
    except OSError as error:
        what = f"cannot write {stem}: {error.strerror or error}"
        raise OutputError(Problem(what, remedy="choose another folder with --out, or make room in this one")) from error
    return svg_path, png_path, csv_path


def _with(stem: Path, kind: str) -> Path:
    return stem.with_name(f"{stem.name}.{kind}")


def _moved(path: Path, target: Path) -> Path:
    return path.replace(target)


def _csv(table: ChartTable) -> bytes:
    """Return the rows as CSV that spreadsheets read as UTF-8."""
    rows = table.rows()
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """Return numbers to six digits, so that the last bits of a platform do not show; NaN is an empty cell."""
    if not isinstance(value, float):
        return value
    return "" if math.isnan(value) else f"{value:.6g}"
