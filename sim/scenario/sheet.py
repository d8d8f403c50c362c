"""A table in a CSV or Parquet file, of which every cell has a place that a message can name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.errors import Place, Problem

if TYPE_CHECKING:
    import polars

WIDEST_LINE = 200
CHUNK = 50_000
"""Rows of a CSV file that are held as Python text at once."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a file. frame: of a CSV file every cell is text without spaces around it, null where it is empty.

    path, shown: the file, and how messages name it. lines: line on which each row begins, None in a Parquet file.
    """

    frame: polars.DataFrame
    path: Path
    shown: str
    lines: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.frame)

    def place(self, row: int, column: str) -> Place | str:
        """Return the place of a cell, or of its row where the file has no such column."""
        if self.lines is None:
            return f"{self.shown}: row {row + 1}"
        line, names = int(self.lines[row]), self.frame.columns
        text = _line(self.path, line)
        start = _start(text, names.index(column)) if column in names else 0
        return Place(self.shown, line, start + 1, text[: max(WIDEST_LINE, start + 1)])

    def head(self) -> Place | str:
        """Return the place of the names of the columns."""
        return self.shown if self.lines is None else _start_of(self.path, self.shown, 1)

    def source(self, row: int, column: str) -> tuple[Sheet, int, str]:
        """Return the sheet, row and column that a cell was read from."""
        return self, row, column


@dataclass(frozen=True)
class Derived(Sheet):
    """A sheet made of others; its cells are placed where they come from.

    sources: the sheets. which, rows: the sheet and the row there of each row here. columns: column -> column there.
    """

    sources: tuple[Sheet, ...] = ()
    which: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    columns: Mapping[str, str] = field(default_factory=dict)

    def source(self, row: int, column: str) -> tuple[Sheet, int, str]:
        """Return the sheet, row and column that a cell was read from."""
        return self.sources[int(self.which[row])], int(self.rows[row]), self.columns.get(column, column)

    def place(self, row: int, column: str) -> Place | str:
        """Return the place of a cell where it was read."""
        sheet, there, name = self.source(row, column)
        return sheet.place(there, name)

    def head(self) -> Place | str:
        """Return the place of the names of the columns of the first sheet."""
        return self.sources[0].head()


class _Wrong(Exception):
    """What keeps a file from being read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def read_sheet(path: Path, shown: str, problems: list[Problem]) -> Sheet | None:
    """Return the table in a file; None after adding what is wrong to `problems`."""
    try:
        return _parquet(path, shown) if path.suffix.lower() == ".parquet" else _csv(path, shown)
    except _Wrong as wrong:
        problems.append(wrong.problem)
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror or error}", shown, "check the path and its rights"))
    return None


def _parquet(path: Path, shown: str) -> Sheet:
    import polars as pl

    try:
        return Sheet(pl.read_parquet(path, glob=False), path, shown)
    except pl.exceptions.PolarsError as error:
        what = f"this is not Parquet: {str(error).splitlines()[0]}"
        raise _Wrong(Problem(what, shown, "write it anew, or give it as .csv")) from error


def _csv(path: Path, shown: str) -> Sheet:
    """Return the rows of a CSV file: commas between cells, the names of the columns first, UTF-8."""
    import polars as pl

    raw = path.read_bytes()
    text = _text(raw, shown)
    frame, lines = _plain(raw), None
    if frame is None:
        frame, lines = _rows_of(text, path, shown)
    else:
        _names(text.partition("\n")[0].split(","), path, shown)
    cells = pl.all().str.strip_chars().replace("", None)
    numbers = np.arange(2, len(frame) + 2) if lines is None else np.array(lines, dtype=np.int64)
    return Sheet(frame.rename(str.strip).select(cells), path, shown, numbers)


def _plain(raw: bytes) -> polars.DataFrame | None:
    """Return the table of a file without quotes, in which every line has as many cells: the usual case, and quick."""
    import polars as pl

    if b'"' in raw or raw.count(b"\r") != raw.count(b"\r\n"):
        return None
    try:
        frame = pl.read_csv(raw, infer_schema=False, quote_char=None)
    except pl.exceptions.PolarsError:
        return None
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    commas = (frame.width - 1) * lines
    return frame if len(frame) + 1 == lines and raw.count(b",") == commas else None


def _rows_of(text: str, path: Path, shown: str) -> tuple[polars.DataFrame, list[int]]:
    """Return any table, and the line on which each row begins."""
    import polars as pl

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    try:
        names = _names(next(reader, []), path, shown)
        schema = dict.fromkeys(names, pl.String)
        blocks, rows = [pl.DataFrame(schema=schema)], _rows(reader, len(names), lines)
        while chunk := list(islice(rows, CHUNK)):
            columns = dict(zip(names, zip(*chunk, strict=True), strict=True))
            blocks.append(pl.DataFrame(columns, schema=schema))
    except csv.Error as error:
        remedy = 'a cell that holds a comma stands in quotes, and a quote in it is written ""'
        raise _Wrong(Problem(f"this is not CSV: {error}", _start_of(path, shown, reader.line_num), remedy)) from error
    except _Ragged as ragged:
        what = f"this row has {ragged.cells} cells and the first line {len(names)}"
        remedy = "write as many as in the first line, an empty one as nothing between two commas"
        raise _Wrong(Problem(what, _start_of(path, shown, ragged.line), remedy)) from ragged
    return pl.concat(blocks), lines


def _text(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = Place(shown, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise _Wrong(Problem("this is not UTF-8 text", place, "save the file as UTF-8")) from error


def _names(cells: list[str], path: Path, shown: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    twice = [name for name in names if names.count(name) > 1]
    if not names:
        what, remedy = "the first line is empty", "write the names of the columns there, with commas between them"
        raise _Wrong(Problem(what, _start_of(path, shown, 1), remedy))
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        what, remedy = "there are no commas between the names of columns", "write the file with commas between cells"
        raise _Wrong(Problem(what, _start_of(path, shown, 1), remedy))
    if twice:
        what, remedy = f"two columns are named {twice[0]!r}", "remove or rename one of them"
        raise _Wrong(Problem(what, _start_of(path, shown, 1), remedy))
    return names


class _Ragged(Exception):
    def __init__(self, line: int, cells: int) -> None:
        super().__init__()
        self.line, self.cells = line, cells


def _rows(reader: Iterator[list[str]], width: int, lines: list[int]) -> Iterator[list[str]]:
    """Yield the rows that are not empty, and note in `lines` where each begins."""
    line = reader.line_num + 1  # type: ignore[attr-defined]
    for row in reader:
        if row:
            if len(row) != width:
                raise _Ragged(line, len(row))
            lines.append(line)
            yield row
        line = reader.line_num + 1  # type: ignore[attr-defined]


def _start_of(path: Path, shown: str, line: int) -> Place:
    return Place(shown, max(1, line), 1, _line(path, line)[:WIDEST_LINE])


def _line(path: Path, line: int) -> str:
    """Return one line of a text file, without its end."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return next(islice(file, max(0, line - 1), line), "").rstrip("\n")


def _start(text: str, index: int) -> int:
    """Return where the cell of that number begins in a line of CSV."""
    quoted = False
    for at, character in enumerate(text):
        if index == 0:
            return at
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            index -= 1
    return len(text) if index == 0 else 0
