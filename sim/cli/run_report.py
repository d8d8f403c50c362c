"""What `nansha run` prints about one scenario, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.cli.evidence import grades, rests_on
from sim.cli.names import group_words, metric_words, title_of
from sim.cli.screen import Screen
from sim.cli.tables import Grid, Kind
from sim.words import say
from sim.words.numbers import figure, plus_minus, unit_of

if TYPE_CHECKING:
    from sim.experiment import Row, ScenarioResult, Summary

SPREAD = ("mean", "p50", "p90", "p95")
CLOCK_COLUMNS = (*SPREAD, "within_24h", "within_48h", "count", "unfinished")
BARE = frozenset({"count", "unfinished"})
"""Statistics printed without an interval: how many boxes there were is no estimate of anything."""

GROUP_METRICS = ("arrival_to_release", "arrival_to_gate_out")
PARTS = ("closed", "queued", "service")
DESKS = ("review", "scan", "examine", "gate")

Line = dict[str, "Row[Summary]"]
"""The rows of one metric, flow and group, by statistic."""


class RunReport:
    """The tables of one result."""

    def __init__(self, result: ScenarioResult, screen: Screen) -> None:
        from sim.experiment import run_table, summarise

        self._result, self._screen, self._lang = result, screen, screen.lang
        self._rows = run_table([result]).rows
        self._numbers = {(s.metric, s.flow, s.group, s.statistic): s for s in summarise(result)}

    def print(self) -> None:
        """Print all sections that the result has numbers for."""
        self._heading()
        self._clocks()
        self._groups()
        self._desks()
        self._spans("other", ("other",), self._with_flow)
        self._spans("vessels", ("vessels",), self._metric)
        self._spans("port", ("yard", "gate", "flows"), self._with_group)
        self._spans("stations", ("stations",), self._group)
        self._spans("detection", ("detection",), self._with_group)
        self._unfinished()
        self._screen.line(rests_on(self._result.scenario, self._lang))

    def _heading(self) -> None:
        scenario, lang = self._result.scenario, self._lang
        self._screen.line()
        self._screen.line(title_of(scenario, lang), style="bold")
        horizon = {"days": scenario.horizon.days, "warm_up": scenario.horizon.warm_up_days}
        facts = {"replications": scenario.replications, "seed": scenario.seed, "digest": scenario.digest[:8]}
        self._screen.line(say("run.facts", lang, **horizon, **facts))
        self._screen.line(say("run.intervals" if scenario.replications > 1 else "run.one_replication", lang))

    def _clocks(self) -> None:
        lang = self._lang
        table = self._grid("clocks", ("measure", *CLOCK_COLUMNS), ("words", "number"))
        for section in ("clocks", "stages", "inspected"):
            if section == "inspected":
                table.rule()
                table.add(say("group.inspected", lang), style="bold")
            for line in self._lines((section,)):
                row = next(iter(line.values()))
                table.add(metric_words(row.metric, lang), *(_cell(line.get(column)) for column in CLOCK_COLUMNS))
            if section == "clocks":
                table.rule()
        self._screen.show(table)
        self._screen.line(say("run.two_clocks", lang))

    def _groups(self) -> None:
        heads = ("group", "count", "release", "release_p95", "gate_out", "gate_out_p95")
        table = self._grid("groups", heads, ("words", "number"))
        clock = (GROUP_METRICS[0], "import")
        groups = dict.fromkeys(group for metric, flow, group, _ in self._numbers if (metric, flow) == clock)
        for group in groups:
            name = group_words(group, self._result.scenario, self._lang)
            cells = [(GROUP_METRICS[0], "count")]
            cells += [(metric, statistic) for metric in GROUP_METRICS for statistic in ("mean", "p95")]
            found = [self._numbers.get((metric, "import", group, statistic)) for metric, statistic in cells]
            table.add(name, *(_number(item) for item in found))
        self._screen.show(table)

    def _desks(self) -> None:
        lang = self._lang
        means = {row.metric: row for row in self._rows if row.section == "desks" and row.statistic == "mean"}
        table = Grid(
            say("table.titles.desks", lang),
            [say(f"table.{name}", lang) for name in ("desk", *PARTS)],
            ("words", "number"),
        )
        for desk in DESKS:
            cells = [means.get(f"{desk}_{part}") for part in PARTS]
            if any(cells):
                table.add(say(f"desk.{desk}", lang), *(_cell(cell) for cell in cells))
        for metric in ("lodge_closed", "pickup_closed"):
            if metric in means:
                table.add(metric_words(metric, lang), _cell(means[metric]), "", "")
        self._show_filled(table)

    def _spans(self, title: str, sections: Sequence[str], name: Callable[[Row[Summary]], str]) -> None:
        """Print rows of any unit: mean or value, and the other statistics that any of them has."""
        lines = self._lines(sections)
        others = [column for column in (*SPREAD[1:], "unfinished") if any(column in line for line in lines)]
        table = self._grid(title, ("measure", "unit", "mean", *others), ("words", "name", "number"))
        for line in lines:
            first = next((line[key] for key in ("mean", "value", "count") if key in line), None)
            if first is not None:
                rest = (_cell(line.get(column)) for column in others)
                table.add(name(first), unit_of(first.unit, self._lang), _cell(first), *rest)
        self._show_filled(table)

    def _unfinished(self) -> None:
        key = ("arrival_to_gate_out", "import", "all")
        left, out = (self._numbers.get((*key, statistic)) for statistic in ("unfinished", "count"))
        if left is not None and out is not None and left.mean > 0:
            count, total = figure(left.mean, "boxes"), figure(left.mean + out.mean, "boxes")
            self._screen.line(say("run.unfinished", self._lang, count=count, total=total))

    def _grid(self, title: str, heads: Sequence[str], kinds: Sequence[Kind]) -> Grid:
        headings = [say(f"table.{head}", self._lang) for head in heads]
        return Grid(say(f"table.titles.{title}", self._lang), headings, kinds)

    def _lines(self, sections: Iterable[str]) -> list[Line]:
        lines: dict[tuple[str, str, str], Line] = {}
        for row in self._rows:
            if row.section in sections:
                lines.setdefault((row.metric, row.flow, row.group), {})[row.statistic] = row
        return list(lines.values())

    def _metric(self, row: Row[Summary]) -> str:
        return metric_words(row.metric, self._lang)

    def _group(self, row: Row[Summary]) -> str:
        return group_words(row.group, self._result.scenario, self._lang)

    def _with_group(self, row: Row[Summary]) -> str:
        parts = [self._metric(row)] if row.group == "all" else [self._metric(row), self._group(row)]
        return say("mark.comma", self._lang).join(parts)

    def _with_flow(self, row: Row[Summary]) -> str:
        return say("mark.comma", self._lang).join((say(f"flow.{row.flow}", self._lang), self._metric(row)))

    def _show_filled(self, table: Grid) -> None:
        if table.rows:
            self._screen.show(table)


def _cell(row: Row[Summary] | None) -> str:
    return _number(row.cells[0] if row is not None else None)


def _number(item: Summary | None) -> str:
    if item is None:
        return ""
    if item.statistic in BARE or item.low is None or item.high is None:
        return figure(item.mean, item.unit)
    return plus_minus(item.mean, (item.high - item.low) / 2, item.unit)


def record_of(result: ScenarioResult) -> dict[str, Any]:
    """Return a result as it stands in JSON: every number with its interval."""
    from dataclasses import asdict

    from sim.experiment import summarise

    scenario = result.scenario
    return {
        "scenario": scenario.name,
        "zh": scenario.zh,
        "en": scenario.en,
        "digest": scenario.digest,
        "horizon": scenario.horizon.model_dump(mode="json"),
        "replications": scenario.replications,
        "seed": scenario.seed,
        "grades": grades(scenario),
        "violations": list(result.violations),
        "metrics": [asdict(item) for item in summarise(result)],
    }
