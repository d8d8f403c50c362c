"""The one table that the benchmark prints: what was found, what was to be reached, and whether it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

HEADS = ("what", "this", "against", "found", "target", "")
TIMES = "times"


@dataclass(frozen=True)
class Target:
    """A limit for what is found, in `unit`; `least` if it must not be below, else it must not be above."""

    limit: float
    unit: str
    least: bool = False

    def kept(self, found: float) -> bool:
        """Return whether what was found keeps to it."""
        return found >= self.limit if self.least else found <= self.limit

    def __str__(self) -> str:
        return f"{'at least' if self.least else 'at most'} {number(self.limit)} {self.unit}".rstrip()


@dataclass(frozen=True)
class Row:
    """One line: this against that; `found` in `unit`. None was not measured, and `against` then says why."""

    what: str
    this: str
    against: str
    found: float | None
    unit: str
    target: Target | None = None

    @property
    def verdict(self) -> str:
        """Kept or MISSED; not measured is never kept."""
        if self.found is None:
            return "NOT MEASURED" if self.target else "not measured"
        if self.target is None:
            return ""
        return "kept" if self.target.kept(self.found) else "MISSED"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        return self.what, self.this, self.against, self._found(), str(self.target or ""), self.verdict

    def _found(self) -> str:
        if self.found is None:
            return ""
        words = number(self.found)
        if self.target is not None and self.verdict == "MISSED" and words == number(self.target.limit):
            words = f"{self.found:.6g}"  # what is missed by little must not read as if it were kept
        return f"{words} {self.unit}".rstrip()


def number(value: float) -> str:
    """Return three digits that count, and all before the point."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{2 if abs(value) < 10 else 1}f}"


def rate(boxes: int, seconds: float) -> str:
    """Return boxes per second of processor time, in words."""
    return f"{round(boxes / seconds, -2):,.0f} boxes/s"


def table(rows: Sequence[Row]) -> str:
    """Return the rows under their heads, aligned, and in the last line how many targets are kept."""
    lines = [HEADS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    body = [_line(line, widths) for line in lines]
    return "\n".join(chain([body[0], "-" * max(map(len, body))], body[1:], ["", summary(rows)]))


def summary(rows: Iterable[Row]) -> str:
    """Return in one line how many targets are kept, and name those missed."""
    judged = [row for row in rows if row.target is not None]
    kept = sum(row.verdict == "kept" for row in judged)
    others = [f"{row.what} ({row.verdict})" for row in judged if row.verdict != "kept"]
    return f"{kept} of {len(judged)} targets kept" + ("; not: " + "; ".join(others) if others else "")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
