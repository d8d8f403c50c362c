"""Draws what `sim.cli.layout` describes: numbers of one result into tables, with the words of a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.cli.layout import EVERY, Column, Desks, Journey, Line, Lines, Matrix, Section
from sim.cli.numbers import Numbers, cell, first
from sim.cli.screen import Screen
from sim.cli.tables import Grid, Kind
from sim.words import say
from sim.words.names import group_words, line_words, metric_words
from sim.words.numbers import unit_of

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult, Summary

CLOCK_COLUMNS = ("mean", "p50", "p90", "p95", "within_24h", "within_48h", "count", "unfinished")
SPREAD = ("p50", "p90", "p95", "unfinished")
PARTS = ("closed", "queued", "service")
DESKS = ("review", "scan", "examine", "gate")
WAITS = ("lodge_closed", "pickup_closed")
FLOWS = {
    "flow": ("import", "export", "transhipment", "domestic", "empty", "all"),
    "carrier": ("vessel", "barge"),
}
"""What the rows of a matrix are -> the flows that they stand for."""


class Sections:
    """The tables of one result on one screen; a table without numbers is not shown."""

    def __init__(self, result: ScenarioResult, screen: Screen) -> None:
        self._scenario, self._screen, self._lang = result.scenario, screen, screen.lang
        self._numbers = Numbers(result)

    def journey(self, journey: Journey) -> None:
        """Show the clocks of a flow, its stages, and the clocks of its inspected boxes."""
        table = self._grid(journey.title, ("measure", *CLOCK_COLUMNS), ("words", "number"))
        self._clock_rows(table, journey.clocks, journey.flow, "all")
        table.rule()
        self._clock_rows(table, journey.stages, journey.flow, "all")
        table.rule()
        table.add(say(f"group.{journey.group}", self._lang), style="bold")
        self._clock_rows(table, (*journey.clocks, "inspection"), journey.flow, journey.group)
        if self._numbers.line(journey.clocks[0], journey.flow):
            self._screen.show(table)

    def brief(self, title: str, choices: Iterable[tuple[Line, ...]]) -> None:
        """Show one line of each choice: the first that there are numbers of."""
        found = ([line for line in lines if self._measured(line)] for lines in choices)
        self.show(Lines(title, tuple(line for lines in found for line in lines[:1])))

    def show(self, section: Section) -> None:
        """Show a table in the way that it asks for."""
        if isinstance(section, Matrix):
            table = self._matrix(section)
        elif isinstance(section, Lines):
            table = self._lines(section)
        else:
            table = self._desks(section)
        if table.rows:
            self._screen.show(table)

    def _clock_rows(self, table: Grid, metrics: Iterable[str], flow: str, group: str) -> None:
        for metric in metrics:
            line = self._numbers.line(metric, flow, group)
            if line:
                table.add(metric_words(metric, flow, self._lang), *(cell(line.get(name)) for name in CLOCK_COLUMNS))

    def _matrix(self, matrix: Matrix) -> Grid:
        rows = [(name, cells) for name, cells in self._matrix_cells(matrix) if any(cells)]
        shown = [k for k in range(len(matrix.columns)) if any(cells[k] for _, cells in rows)]
        heads = (f"by_{matrix.by}", *(matrix.columns[k].head for k in shown))
        table = self._grid(matrix.title, heads, ("words", "number"))
        for name, cells in rows:
            table.add(name, *(cells[k] for k in shown))
        return table

    def _matrix_cells(self, matrix: Matrix) -> Iterator[tuple[str, list[str]]]:
        for name, flow, group in self._matrix_rows(matrix):
            yield name, [self._at(column, flow, group) for column in matrix.columns]

    def _at(self, column: Column, flow: str, group: str) -> str:
        return cell(self._numbers.line(column.metric, column.flow or flow, group).get(column.statistic))

    def _matrix_rows(self, matrix: Matrix) -> Iterator[tuple[str, str, str]]:
        """Yield name, flow and group of each row."""
        if matrix.by in FLOWS:
            yield from ((say(f"heading.{flow}", self._lang), flow, "all") for flow in FLOWS[matrix.by])
            return
        port = self._scenario.timeline.ports[0]
        chosen = {"class": {"all", *port.traffic.vessel_classes}, "terminal": {*port.terminals}}.get(matrix.by)
        column = matrix.columns[0]
        for group in self._groups(column.metric, column.flow or matrix.flow):
            if chosen is None or group in chosen:
                whole = group == "all" and matrix.by != "group"
                name = say("heading.all", self._lang) if whole else group_words(group, self._scenario, self._lang)
                yield name, matrix.flow, group

    def _groups(self, metric: str, flow: str) -> list[str]:
        """Return the groups of a metric, without the only terminal or vessel class: it is the whole."""
        port, groups = self._scenario.timeline.ports[0], self._numbers.groups(metric, flow)
        for names in (port.terminals, port.traffic.vessel_classes):
            there = [group for group in groups if group in names]
            if len(there) == 1 and "all" in groups:
                groups.remove(there[0])
        return groups

    def _lines(self, section: Lines) -> Grid:
        lines = [line for line in self._every(section.lines) if self._measured(line)]
        found = [self._numbers.line(*line) for line in lines]
        others = [name for name in SPREAD if any(name in line for line in found)]
        table = self._grid(section.title, ("measure", "unit", "mean", *others), ("words", "name", "number"))
        for (metric, flow, group), numbers in zip(lines, found, strict=True):
            name = line_words(metric, flow, group, self._scenario, self._lang)
            table.add(name, *self._line_cells(numbers, others))
        return table

    def _measured(self, line: Line) -> bool:
        """Return whether there is anything to show: of a distribution more than that it is of no box."""
        numbers = self._numbers.line(*line)
        main = first(numbers)
        return main is not None and not (main.statistic == "count" and "unfinished" in numbers)

    def _line_cells(self, numbers: Mapping[str, Summary], others: Sequence[str]) -> Iterator[str]:
        main = first(numbers)
        yield unit_of(main.unit, self._lang) if main else ""
        yield cell(main)
        yield from (cell(numbers.get(name)) for name in others)

    def _every(self, lines: Iterable[Line]) -> Iterator[Line]:
        for metric, flow, group in lines:
            groups = self._groups(metric, flow) if group == EVERY else [group]
            yield from ((metric, flow, name) for name in groups)

    def _desks(self, section: Desks) -> Grid:
        table = self._grid(f"desks_{section.flow}", ("desk", *PARTS), ("words", "number"))
        for desk in DESKS:
            cells = [cell(self._numbers.line(f"{desk}_{part}", section.flow).get("mean")) for part in PARTS]
            if any(cells):
                table.add(say(f"desk.{desk}", self._lang), *cells)
        for metric in WAITS:
            mean = self._numbers.line(metric, section.flow).get("mean")
            if mean is not None:
                table.add(metric_words(metric, section.flow, self._lang), cell(mean))
        return table

    def _grid(self, title: str, heads: Sequence[str], kinds: Sequence[Kind]) -> Grid:
        headings = [say(f"table.{head}", self._lang) for head in heads]
        return Grid(say(f"table.titles.{title}", self._lang), headings, kinds)
