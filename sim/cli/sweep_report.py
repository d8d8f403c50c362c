"""What `nansha sweep` prints: the points with their first numbers, what failed, and where the rest is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.pilot import pilot_record, pilot_words
from sim.cli.screen import Screen, shown_path
from sim.cli.tables import Grid, Kind
from sim.words import say
from sim.words.names import line_words
from sim.words.numbers import figure, plus_minus, unit_of

if TYPE_CHECKING:
    from sim.experiment.sweep import SweepResult

MOST_ROWS = 24
MOST_NUMBERS = 3
"""Points and numbers of each that the screen shows; the files have all."""

MOST_ERRORS = 5
Row = Mapping[str, Any]


class SweepReport:
    """The report of one sweep."""

    def __init__(self, result: SweepResult, screen: Screen) -> None:
        self._result, self._screen, self._lang = result, screen, screen.lang
        given = result.sweep.content.names
        paths = [lever.path for lever in result.sweep.levers]
        self._levers = [getattr(given[path], screen.lang) if path in given else path for path in paths]
        self._first, self._errors = first_rows(result, MOST_ROWS)

    def print(self, charts: Path | None) -> None:
        """Print the table of the first points, what failed, and where everything is."""
        screen, result, content = self._screen, self._result, self._result.sweep.content
        screen.line()
        screen.line(content.title.zh if self._lang == "zh" else content.title.en, style="bold")
        base = result.base.zh if self._lang == "zh" else result.base.en
        facts = {"points": f"{result.points:,}", "replications": content.replications, "days": result.base.horizon.days}
        screen.line(say("sweep.facts", self._lang, scenario=base, **facts))
        if result.pilot is not None:
            screen.line(pilot_words(result.pilot, result.folder.parents[1], screen))
        if result.untouched:
            screen.line(say("sweep.untouched", self._lang))
        if self._first:
            screen.line()
            screen.show(self._grid())
            left = result.points - result.failed - len(self._first)
            if left > 0:
                screen.line(say("sweep.more", self._lang, count=f"{left:,}"))
        screen.line()
        screen.line(say("run.saved", self._lang, path=shown_path(result.table)))
        if charts is not None:
            screen.line(say("run.charts", self._lang, path=shown_path(charts)))
        self._failures()

    def _failures(self) -> None:
        """Say last how many points failed, and why."""
        for number, error in self._errors:
            self._screen.warn(say("sweep.error", self._lang, point=number, error=error))
        counts = {"failed": f"{self._result.failed:,}", "points": f"{self._result.points:,}"}
        key = "failed" if self._result.failed else "all_done"
        self._screen.line(say(f"sweep.{key}", self._lang, **counts))

    def _grid(self) -> Grid:
        lang, scenario = self._lang, self._result.base
        keys = list(dict.fromkeys(key for _, cells in self._first for key in cells))[:MOST_NUMBERS]
        heads = []
        for metric, flow, group, statistic, unit in keys:
            words = line_words(metric, flow, group, scenario, lang)
            if statistic not in ("mean", "value", "count"):
                words = say("mark.comma", lang).join((words, say(f"statistic.{statistic}", lang)))
            heads.append(f"{words}\n{unit_of(unit, lang)}")
        lead: list[Kind] = ["words"] * len(self._levers)
        grid = Grid(say("sweep.table", lang), [*self._levers, *heads], (*lead, "number"))
        for levers, cells in self._first:
            grid.add(*(str(value) for value in levers), *(_cell(cells.get(key), key[4]) for key in keys))
        return grid


def first_rows(
    result: SweepResult, most: int
) -> tuple[list[tuple[tuple[Any, ...], dict[tuple[str, ...], Row]]], list[tuple[int, str]]]:
    """Return levers and numbers of the first points that have any, and the first errors with their points."""
    import polars as pl

    from sim.experiment.sweep_table import NUMBER

    table, levers = pl.scan_parquet(result.table), [lever.path for lever in result.sweep.levers]
    fine = table.filter(pl.col("metric").is_not_null())
    numbers = fine.select(pl.col("point").unique().sort().head(most)).collect()["point"].to_list()
    found: dict[int, tuple[tuple[Any, ...], dict[tuple[str, ...], Row]]] = {}
    for row in fine.filter(pl.col("point").is_in(numbers)).collect().iter_rows(named=True):
        _, cells = found.setdefault(row["point"], (tuple(row[path] for path in levers), {}))
        cells[tuple(row[name] for name in NUMBER)] = row
    broken = table.filter(pl.col("error").is_not_null()).select("point", "error").head(MOST_ERRORS).collect()
    return list(found.values()), broken.rows()


def _cell(row: Row | None, unit: str) -> str:
    if row is None:
        return "–"
    if row["low"] is None:
        return figure(row["value"], unit)
    return plus_minus(row["value"], (row["high"] - row["low"]) / 2, unit)


def record_of(result: SweepResult, charts: Path | None) -> dict[str, Any]:
    """Return a sweep as it stands in JSON: where its table is, and its counts."""
    return {
        **pilot_record(result.pilot),
        "sweep": result.sweep.name,
        "points": result.points,
        "failed": result.failed,
        "replications": result.sweep.content.replications,
        "levers": [lever.path for lever in result.sweep.levers],
        "table": shown_path(result.table),
        "charts": shown_path(charts) if charts is not None else None,
    }
