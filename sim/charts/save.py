"""Saving a figure with its data beside it: SVG, PNG and CSV, the same bytes every time, aside and then renamed."""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from matplotlib.figure import Figure

from sim.charts.table import ChartTable
from sim.errors import OutputError, Problem

DPI = 200


def save(figure: Figure, table: ChartTable, stem: Path) -> tuple[Path, Path, Path]:
    """Write `stem`.svg, .png and .csv and return their paths. Raises OutputError; leaves nothing half-written.

    The digests of the runs shown are in the metadata of both pictures and in a column of the data.
    """
    digests = " ".join(table.digests)
    svg = {"Title": stem.name, "Description": f"digest {digests}", "Creator": "nansha-sim", "Date": None}
    png = {"Title": stem.name, "Description": f"digest {digests}", "Software": "nansha-sim"}
    return (
        _write(stem, ".svg", lambda file: figure.savefig(file, format="svg", metadata=svg)),
        _write(stem, ".png", lambda file: figure.savefig(file, format="png", dpi=DPI, metadata=png)),
        _write(stem, ".csv", lambda file: file.write(_csv(table))),
    )


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


def _write(stem: Path, suffix: str, write: Callable[[BinaryIO], object]) -> Path:
    path = stem.with_name(stem.name + suffix)
    aside = stem.with_name(f".{stem.name}.{os.getpid()}{suffix}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            write(file)
        aside.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "choose another folder for the output, or make room in this one"
        raise OutputError(Problem(f"cannot write: {reason}", str(path), remedy)) from error
    finally:
        aside.unlink(missing_ok=True)
    return path
