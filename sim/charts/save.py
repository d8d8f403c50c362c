"""Saving a figure with its data beside it: pictures and CSV, the same bytes every time, aside and then renamed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args

from matplotlib.figure import Figure

from sim.charts.glyphs import refuse_missing
from sim.charts.table import ChartTable
from sim.errors import OutputError, Problem

Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
DPI = 200


def save(figure: Figure, table: ChartTable, stem: Path, formats: Iterable[Format] = ("svg", "png")) -> tuple[Path, ...]:
    """Write `stem` in each format, and its data as .csv; return the paths in that order, the data last.

    The digests of the runs shown are in the metadata of every picture and in a column of the data. Raises OutputError,
    also for a character that the fonts do not have; then nothing is written.
    """
    refuse_missing(figure)
    kinds = tuple(dict.fromkeys(formats))
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".aside-", dir=stem.parent) as name:
            aside = Path(name) / stem.name
            for kind in kinds:
                figure.savefig(_with(aside, kind), format=kind, metadata=_metadata(kind, figure, table), dpi=DPI)
            _with(aside, "csv").write_bytes(_csv(table))
            return tuple(_with(aside, kind).replace(_with(stem, kind)) for kind in (*kinds, "csv"))
    except OSError as error:
        what = f"cannot write {stem}: {error.strerror or error}"
        raise OutputError(Problem(what, remedy="choose another folder with --out, or make room in this one")) from error


def picture(figure: Figure, table: ChartTable, kind: Format, dpi: int = DPI) -> bytes:
    """Return a figure in one format, as it would be saved. Raises OutputError for a character without a glyph."""
    refuse_missing(figure)
    file = io.BytesIO()
    figure.savefig(file, format=kind, metadata=_metadata(kind, figure, table), dpi=dpi)
    return file.getvalue()


def _metadata(kind: Format, figure: Figure, table: ChartTable) -> dict[str, Any]:
    """Return what a picture says of itself: its finding, the runs shown, and no date."""
    title, about = str(figure.get_label()), f"digest {' '.join(table.digests)}"
    if kind == "svg":
        return {"Title": title, "Description": about, "Creator": "nansha-sim", "Date": None}
    if kind == "png":
        return {"Title": title, "Description": about, "Software": "nansha-sim"}
    return {"Title": title, "Subject": about, "Creator": "nansha-sim", "CreationDate": None}


def _with(stem: Path, kind: str) -> Path:
    return stem.with_name(f"{stem.name}.{kind}")


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
