"""Tables for the terminal: numbers to the right, words folded, names and numbers never broken or cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.table import Table

Kind = Literal["name", "words", "number"]
"""How a column is set: names stay whole, words may be folded, numbers stay whole and stand to the right."""

GAP = 2
"""Blanks between two columns."""

WORDS_LEAST = 30
"""The room that a folded column of words needs at least."""


@dataclass
class Grid:
    """A table to be filled; the last of `kinds` holds for all columns that follow."""

    title: str
    headings: Sequence[str]
    kinds: Sequence[Kind]
    rows: list[tuple[tuple[str, ...], str] | None] = field(default_factory=list)
    """Cells and style of each row; None is a rule."""

    def add(self, *cells: str, style: str = "") -> None:
        """Add a row; cells left out stay empty."""
        self.rows.append(((*cells, *[""] * (len(self.headings) - len(cells))), style))

    def rule(self) -> None:
        """Add a rule between two parts of the table."""
        self.rows.append(None)

    def cells(self) -> Iterator[str]:
        """Yield the cells of all rows."""
        for row in self.rows:
            yield from row[0] if row is not None else ()

    def tables(self, width: int) -> Iterator[Table]:
        """Yield the table for a screen of `width` columns, or as many narrower ones as it takes, one below another."""
        for number, columns in enumerate(self._sheets(width)):
            yield self._table(columns, self.title if number == 0 else "")

    def _kind(self, column: int) -> Kind:
        return self.kinds[min(column, len(self.kinds) - 1)]

    def _sheets(self, width: int) -> list[list[int]]:
        """Return which columns stand together: those before the first number lead every sheet."""
        every = list(range(len(self.headings)))
        kinds = [self._kind(column) for column in every]
        if "number" not in kinds:
            return [every]
        first = kinds.index("number")
        needed = [self._needed(column) + GAP for column in every]
        sheets, room = [every[:first]], width - sum(needed[:first])
        for column in every[first:]:
            if needed[column] > room and len(sheets[-1]) > first:
                sheets.append(every[:first])
                room = width - sum(needed[:first])
            sheets[-1].append(column)
            room -= needed[column]
        return sheets

    def _needed(self, column: int) -> int:
        from rich.cells import cell_len

        cells = [self.headings[column], *(row[0][column] for row in self.rows if row is not None)]
        widest = max(cell_len(line) for cell in cells for line in cell.split("\n"))
        return min(widest, WORDS_LEAST) if self._kind(column) == "words" else widest

    def _table(self, columns: list[int], title: str) -> Table:
        from rich.box import Box
        from rich.table import Table

        rule_below_heading = Box("    \n    \n -- \n    \n -- \n -- \n    \n    \n", ascii=True)
        table = Table(
            title=title or None,
            title_justify="left",
            title_style="bold",
            box=rule_below_heading,
            show_edge=False,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
        )
        for column in columns:
            kind = self._kind(column)
            justify: Literal["left", "right"] = "right" if kind == "number" else "left"
            table.add_column(self.headings[column], justify=justify, overflow="fold", no_wrap=kind != "words")
        for row in self.rows:
            if row is None:
                table.add_section()
            else:
                table.add_row(*(row[0][column] for column in columns), style=row[1] or None)
        return table
