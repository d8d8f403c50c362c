"""Tables fit the screen: a narrow one gets them in parts, and no number is ever broken."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sim.cli.tables import Grid


def grid() -> Grid:
    table = Grid("Title", ("Measure", "Unit", "Mean", "P50", "P90"), ("words", "name", "number"))
    table.add("Arrival to release of a box that was inspected by hand", "h", "58.2 ±1.3", "46.1 ±1.1", "131.0 ±3.2")
    table.rule()
    table.add("Inspected", style="bold")
    return table


def printed(table: Grid, width: int) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width)
    for part in table.tables(width):
        console.print(part)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_on_a_wide_screen_it_is_one_table() -> None:
    lines = printed(grid(), 120)
    assert lines[0] == "Title"
    assert lines[1].split() == ["Measure", "Unit", "Mean", "P50", "P90"]
    assert lines[3].endswith("58.2 ±1.3  46.1 ±1.1  131.0 ±3.2")
    assert set(lines[4]) == {"-"}
    assert lines[5] == "Inspected"


@pytest.mark.parametrize("width", [50, 60, 80])
def test_on_a_narrow_screen_no_number_is_broken(width: int) -> None:
    text = "\n".join(printed(grid(), width))
    for number in ("58.2 ±1.3", "46.1 ±1.1", "131.0 ±3.2"):
        assert text.count(number) == 1
    assert text.count("Title") == 1
    assert text.count("Arrival to release") == text.count("Measure")


def test_a_table_of_words_is_never_parted() -> None:
    table = Grid("", ("Key", "Name"), ("name", "words"))
    table.add("advance_declaration", "word " * 40)
    (part,) = table.tables(40)
    assert part.row_count == 1
    assert printed(table, 40)[2].startswith("advance_declaration  word")
