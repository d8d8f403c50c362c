"""What `nansha compare` prints: a line per reform, then each reform number by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.charts.table import GRADES
from sim.cli.evidence import grades, moved
from sim.cli.names import group_words, metric_words, title_of
from sim.cli.screen import Screen
from sim.cli.tables import Grid, Kind
from sim.words import Lang, say
from sim.words.numbers import figure, span, unit_of

if TYPE_CHECKING:
    from sim.experiment import Effect, Row, ScenarioResult

SPREAD = ("mean", "p50", "p90", "p95")
HEADLINES = (
    ("arrival_to_release", "all", "mean"),
    ("arrival_to_gate_out", "all", "mean"),
    ("arrival_to_release", "inspected", "mean"),
    ("found_share", "all", "value"),
)
DETAILS = {
    "clocks": (*SPREAD, "within_24h", "within_48h", "unfinished"),
    "stages": ("mean",),
    "inspected": ("mean", "p90", "p95"),
    "desks": ("mean",),
    "other": ("mean",),
    "vessels": ("mean", "value"),
    "yard": ("value",),
    "gate": ("mean",),
    "flows": ("value",),
    "detection": ("value", "count"),
}
"""Section -> the statistics printed of it, so that a comparison fits a page; JSON has everything."""

KINDS: tuple[Kind, ...] = ("words", "name", "number", "number", "number", "name", "name")


class CompareReport:
    """A base and its reforms on one screen."""

    def __init__(self, results: tuple[ScenarioResult, ...], screen: Screen) -> None:
        self._base, *self._reforms = results
        self._screen, self._lang = screen, screen.lang

    def print(self) -> None:
        """Print the summary of all reforms, then the details of each."""
        lang, screen = self._lang, self._screen
        screen.line()
        scenario = self._base.scenario
        screen.line(say("compare.base", lang, name=title_of(scenario, lang)), style="bold")
        horizon = {"days": scenario.horizon.days, "warm_up": scenario.horizon.warm_up_days}
        facts = {"replications": scenario.replications, "seed": scenario.seed, "digest": scenario.digest[:8]}
        screen.line(say("run.facts", lang, **horizon, **facts))
        screen.line(say("compare.paired" if scenario.replications > 1 else "compare.one_replication", lang))
        self._summary()
        for reform in self._reforms:
            self._details(reform)
        screen.line(say("compare.verdict_note", lang))
        screen.line(say("run.two_clocks", lang))
        self._evidence()

    def _summary(self) -> None:
        from sim.experiment import compare

        lang = self._lang
        heads = [say("table.reform", lang), *(say(f"compare.headline.{k}", lang) for k in range(len(HEADLINES)))]
        table = Grid(say("table.titles.summary", lang), heads, ("words",))
        for reform in self._reforms:
            effects = {(e.metric, e.group, e.statistic): e for e in compare(self._base, reform) if e.flow == "import"}
            cells = [_change(effects.get(key), lang) for key in HEADLINES]
            table.add(title_of(reform.scenario, lang), *cells)
        self._screen.show(table)

    def _evidence(self) -> None:
        """Say for each scenario what its inputs rest on."""
        lang = self._lang
        heads = [say("table.scenario", lang), *(say(f"grade.{grade}", lang) for grade in GRADES)]
        heads += [say(f"table.{head}", lang) for head in ("assumed_share", "moved")]
        table = Grid(say("table.titles.evidence", lang), heads, ("words", "number"))
        for result in (self._base, *self._reforms):
            counts = grades(result.scenario)
            share = counts["assumed"] / max(1, sum(counts.values()))
            cells = [*(str(counts[grade]) for grade in GRADES), figure(share, "share"), str(moved(result.scenario))]
            table.add(title_of(result.scenario, lang), *cells)
        self._screen.show(table)

    def _details(self, reform: ScenarioResult) -> None:
        from sim.experiment import comparison_table

        lang = self._lang
        names = {"reform": title_of(reform.scenario, lang), "base": title_of(self._base.scenario, lang)}
        heads = [say(f"table.{head}", lang) for head in ("measure", "unit", "base", "reform", "difference", "interval")]
        table = Grid(say("table.titles.compare", lang, **names), [*heads, say("table.verdict", lang)], KINDS)
        unmoved = []
        for section, effects in _sections(comparison_table(self._base, [reform]).rows):
            if all(effect.difference == effect.low == effect.high == 0 for effect in effects):
                unmoved.append(say(f"section.{section}", lang))
                continue
            for effect in effects:
                table.add(*self._row(section, effect))
            table.rule()
        self._screen.show(table)
        if unmoved:
            self._screen.line(say("compare.unmoved", lang, sections=say("mark.list", lang).join(unmoved)))

    def _row(self, section: str, effect: Effect) -> tuple[str, ...]:
        lang, unit = self._lang, effect.unit
        parts = [metric_words(effect.metric, lang)]
        if effect.flow in ("transhipment", "domestic", "empty"):
            parts.insert(0, say(f"flow.{effect.flow}", lang))
        if effect.group != "all":
            parts.append(group_words(effect.group, self._base.scenario, lang))
        if len(DETAILS[section]) > 2:
            parts.append(say(f"statistic.{effect.statistic}", lang))
        return (
            say("mark.comma", lang).join(parts),
            unit_of(unit, lang),
            figure(effect.base, unit),
            figure(effect.reform, unit),
            figure(effect.difference, unit, sign=True),
            _ends(effect, lang),
            _verdict(effect, lang),
        )


def _sections(rows: tuple[Row[Effect], ...]) -> Iterator[tuple[str, list[Effect]]]:
    """Yield the effects to print, section by section."""
    for section, statistics in DETAILS.items():
        cells = [row.cells[0] for row in rows if row.section == section and row.statistic in statistics]
        effects = [cell for cell in cells if cell is not None]
        if effects:
            yield section, effects


def _change(effect: Effect | None, lang: Lang) -> str:
    """Return a change in two lines: size and verdict, and the interval."""
    if effect is None:
        return ""
    size = f"{figure(effect.difference, effect.unit, sign=True)} {unit_of(effect.unit, lang, difference=True)}"
    return f"{say('mark.comma', lang).join((size, _verdict(effect, lang)))}\n{_ends(effect, lang)}"


def _verdict(effect: Effect, lang: Lang) -> str:
    same = effect.difference == effect.low == effect.high == 0
    return say("verdict.same" if same else f"verdict.{effect.verdict}", lang)


def _ends(effect: Effect, lang: Lang) -> str:
    if effect.low is None or effect.high is None:
        return ""
    return span(effect.low, effect.high, effect.unit, lang, sign=True)


def record_of(results: tuple[ScenarioResult, ...]) -> dict[str, Any]:
    """Return a comparison as it stands in JSON: every effect of every reform."""
    from dataclasses import asdict

    from sim.cli import run_report
    from sim.experiment import compare

    base, *reforms = results
    return {
        "base": run_report.record_of(base),
        "reforms": [
            run_report.record_of(reform) | {"effects": [asdict(effect) for effect in compare(base, reform)]}
            for reform in reforms
        ],
    }
