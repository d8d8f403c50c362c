"""Columns of a sheet as codes, counts and hours; each kind of fault is told once, at the first row that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem
from sim.scenario.nearest import choice_of, nearest_of, with_nearest
from sim.scenario.sheet import Sheet

if TYPE_CHECKING:
    import polars

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MICROSECONDS = 3.6e9
"""In an hour."""
STAMPS = ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d")
"""How time stamps are written; a T may stand for the space."""
WORDS = {"true": 1, "True": 1, "TRUE": 1, "1": 1, "false": 0, "False": 0, "FALSE": 0, "0": 0}
EMPTY = -1
UNKNOWN = -2
MOST = 100_000
"""Boxes of one call; more is a slip of the pen."""


@dataclass(frozen=True)
class Cells:
    """Reads the columns of a sheet; a column that is not there is empty in every row. Arrays are of shape (rows,)."""

    sheet: Sheet
    problems: list[Problem]

    def has(self, needed: tuple[str, ...], optional: tuple[str, ...]) -> bool:
        """Return whether all columns are there that are needed; tell those that are not, and those nobody knows."""
        given = [name for name in self.sheet.frame.columns if name]
        right = (*needed, *optional)
        missing, columns = [name for name in needed if name not in given], f"columns here: {', '.join(right)}"
        for name in given:
            if name not in right:
                near = nearest_of(name, [other for other in right if other not in given])
                missing = [other for other in missing if other != near]
                what = with_nearest(f"unknown column {name!r}", name, [near] if near else [])
                self.problems.append(Problem(what, self.sheet.head(), f"write {near}" if near else columns))
        for name in missing:
            self.problems.append(Problem(f"the column {name!r} is missing", self.sheet.head(), columns))
        return set(needed) <= set(given)

    def tell(self, column: str, wrong: Flags, what: str, remedy: str) -> None:
        """Add a problem if any row is wrong, at that cell of the first. `{}` stands for the column and the cell."""
        rows = np.flatnonzero(wrong)
        if not rows.size:
            return
        row = int(rows[0])
        if "{}" in what:
            sheet, there, name = self.sheet.source(row, column)
            cell = Cells(sheet, []).words(name)[there]
            what = what.replace("{}", name if cell is None else f"{name} {cell!r}")
        more = {1: "", 2: " (and 1 more row)"}.get(rows.size, f" (and {rows.size - 1} more rows)")
        self.problems.append(Problem(what + more, self.sheet.place(row, column), remedy))

    def full(self, column: str, rows: Flags | None = None) -> None:
        """Tell where a cell is empty, among some rows or all."""
        empty = self.words(column).is_null().to_numpy()
        wrong = empty if rows is None else empty & rows
        self.tell(column, wrong, "{} is empty", "write it, or remove the row")

    def words(self, column: str) -> polars.Series:
        """Return a column as text, null where a cell is empty."""
        import polars as pl

        cells = self._cells(column)
        whole = cells.dtype.is_float() and bool((cells == cells.floor()).all())
        # one empty cell among the numbers of calls is enough to make floats of them
        return (cells.cast(pl.Int64, strict=False) if whole else cells).cast(pl.String, strict=False)

    def numbers(self, column: str, bounds: tuple[float, float] = (-np.inf, np.inf)) -> Floats:
        """Return a column of numbers, NaN where a cell is empty."""
        import polars as pl

        cells = self._cells(column)
        read = cells.cast(pl.Float64, strict=False).to_numpy().astype(np.float64)
        wrong = cells.is_not_null().to_numpy() & ~np.isfinite(read)
        self.tell(column, wrong, "{} is not a number", "write a number")
        read = np.where(np.isfinite(read), read, np.nan)
        low, high = bounds
        beyond = (read < low) | (read > high)
        span = f"from {low:g} to {high:g}"
        self.tell(column, beyond, f"{{}} is not {span}", f"write a number {span}")
        return np.where(beyond, np.nan, read)

    def counts(self, column: str, bounds: tuple[int, int] = (0, MOST)) -> Integers:
        """Return a column of whole numbers, -1 where a cell is empty."""
        read = np.nan_to_num(self.numbers(column, bounds), nan=EMPTY)
        self.tell(column, read != np.floor(read), "{} is not a whole number", "write a whole number")
        return np.floor(read).astype(np.int64)

    def codes(self, column: str, choices: Mapping[str, int], kind: str) -> Integers:
        """Return the codes of a column of words, -1 where a cell is empty. kind: what the words name."""
        codes = self._codes(column, choices)
        wrong = codes == UNKNOWN
        if wrong.any():
            word = str(self.words(column)[int(np.argmax(wrong))])
            near = nearest_of(word, choices)
            remedy = f"write {near}" if near else f"write one of: {choice_of(choices)}"
            self.tell(column, wrong, with_nearest(f"unknown {kind} {word!r}", word, choices), remedy)
        return np.maximum(codes, EMPTY)

    def flags(self, column: str) -> Integers:
        """Return 1 for true, 0 for false, -1 where a cell is empty."""
        codes = self._codes(column, WORDS)
        wrong = codes == UNKNOWN
        self.tell(column, wrong, "{} is neither true nor false", "write true or false, or leave the cell empty")
        return np.maximum(codes, EMPTY)

    def hours(self, column: str, start: date) -> Floats:
        """Return hours since 00:00 of `start`, NaN where a cell is empty, from hours or time stamps."""
        import polars as pl

        cells = self._cells(column)
        none = pl.Series([None], dtype=pl.Float64).new_from_index(0, len(cells))
        numbers = none if cells.dtype.is_temporal() else cells.cast(pl.Float64, strict=False)
        since = _stamps(cells) - datetime.combine(start, time())
        read = numbers.fill_null(since.dt.total_microseconds() / MICROSECONDS).to_numpy().astype(np.float64)
        wrong = cells.is_not_null().to_numpy() & ~np.isfinite(read)
        remedy = f'write hours since 00:00 of {start}, or a time stamp such as "{start} 08:30"'
        self.tell(column, wrong, "{} is not a time", remedy)
        return np.where(np.isfinite(read), read, np.nan)

    def _cells(self, column: str) -> polars.Series:
        """Return the cells of a column as they stand in the file; text of Parquet is trimmed like that of CSV."""
        import polars as pl

        if column not in self.sheet.frame.columns:
            return pl.Series(column, [None], dtype=pl.String).new_from_index(0, len(self.sheet))
        cells = self.sheet.frame[column]
        if cells.dtype.is_nested() or cells.dtype in (pl.Binary, pl.Object):
            remedy = "write one number or word a cell"
            self.problems.append(Problem(f"the column {column!r} holds {cells.dtype}", self.sheet.head(), remedy))
            return pl.Series(column, [None], dtype=pl.String).new_from_index(0, len(cells))
        if cells.dtype in (pl.Categorical, pl.Enum, pl.String):
            return cells.cast(pl.String).str.strip_chars().replace("", None)
        return cells.fill_nan(None) if cells.dtype.is_float() else cells

    def _codes(self, column: str, choices: Mapping[str, int]) -> Integers:
        words = self.words(column)
        codes = {word: choices.get(word, UNKNOWN) for word in words.unique().to_list()} | {None: EMPTY}
        return np.array([codes[word] for word in words.to_list()], dtype=np.int64)


def _stamps(cells: polars.Series) -> polars.Series:
    """Return the time stamps in a column, null where there is none; a zone is left off, for the clock is the port's."""
    import polars as pl

    if isinstance(cells.dtype, pl.Datetime):
        return cells.dt.replace_time_zone(None).cast(pl.Datetime("us"))
    if cells.dtype == pl.Date:
        return cells.cast(pl.Datetime("us"))
    if cells.dtype != pl.String:
        return pl.Series([None], dtype=pl.Datetime("us")).new_from_index(0, len(cells))
    text, stamps = cells.str.replace("T", " ", literal=True), None
    for form in STAMPS:
        read = text.str.to_datetime(form, strict=False, time_unit="us")
        stamps = read if stamps is None else stamps.fill_null(read)
    assert stamps is not None
    return stamps
