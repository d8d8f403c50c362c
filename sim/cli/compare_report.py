"""What `nansha compare` prints: a line per reform, then what each moves, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.charts.table import GRADES
from sim.cli.compare_gains import print_gains
from sim.cli.compare_summary import interval_words, print_summary, prints_as_nothing, verdict_words
from sim.cli.numbers import MARK
from sim.cli.screen import Screen
from sim.cli.tables import Grid, Kind
from sim.experiment.families import Judged, judged, sizes
from sim.scenario.grades import grades, moved
from sim.words import say
from sim.words.names import group_inside, metric_words, title_of
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.experiment import Effect, Row, ScenarioResult

SPREAD = ("mean", "p50", "p90", "p95")
CLOCK = (*SPREAD, "within_24h", "within_48h", "unfinished")
TAILS = ("mean", "p90", "p95")
SINGLE = ("mean", "value", "count")
DETAILS = {
    "clocks": CLOCK,
    "stages": ("mean",),
    "inspected": TAILS,
    "desks": ("mean",),
    "export_clocks": CLOCK,
    "export_stages": ("mean",),
    "rolling": SINGLE,
    "export_inspected": TAILS,
    "export_desks": ("mean",),
    "europe": ("mean", "value"),
    "rail": ("mean",),
    "other": ("mean", "value"),
    "vessels": SINGLE,
    "calls": ("mean", "value"),
    "barges": ("mean", "value"),
    "trains": SINGLE,
    "yard": ("value",),
    "gate": ("mean", "value"),
    "flows": ("value",),
    "detection": ("value", "count"),
    "emissions": ("value",),
    "cost": ("mean",),
}
"""Section -> the statistics printed of it with --full; JSON has everything."""

FLOWS = ("import", "export", "transhipment", "domestic", "empty", "vessel", "barge", "train", "all")
"""In the order printed."""

KINDS: tuple[Kind, ...] = ("words", "name", "number", "number", "number", "name", "name")


class CompareReport:
    """A base and its reforms on one screen."""

    def __init__(self, results: tuple[ScenarioResult, ...], screen: Screen) -> None:
        self._base, *self._reforms = results
        self._screen, self._lang = screen, screen.lang
        self._judged = judged(self._base, self._reforms)

    def print(self, *, full: bool) -> None:
        """Print the summary of all reforms, then of each what it moves, or with `full` every number."""
        lang, screen = self._lang, self._screen
        screen.line()
        scenario = self._base.scenario
        screen.line(say("compare.base", lang, name=title_of(scenario, lang)), style="bold")
        horizon = {"days": scenario.horizon.days, "warm_up": scenario.horizon.warm_up_days}
        facts = {"replications": scenario.replications, "seed": scenario.seed, "digest": scenario.digest[:8]}
        screen.line(say("run.facts", lang, **horizon, **facts))
        screen.line(say("compare.paired" if scenario.replications > 1 else "compare.one_replication", lang))
        counts = sizes(self._judged)
        if counts["headlines"]:
            screen.line(say("compare.holm", lang, count=counts["headlines"]))
        print_summary(self._judged, self._reforms, screen)
        for reform, found in zip(self._reforms, self._judged, strict=True):
            self._details(reform, found, full=full)
            print_gains(found, reform.scenario, screen)
        screen.line(say("compare.verdict_note", lang, count=counts["gains"]))
        screen.explain(MARK, "run.short")
        screen.line(say("run.two_clocks", lang))
        self._evidence()

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

    def _details(self, reform: ScenarioResult, found: Judged, *, full: bool) -> None:
        from sim.experiment import comparison_table

        lang = self._lang
        names = {"reform": title_of(reform.scenario, lang), "base": title_of(self._base.scenario, lang)}
        heads = [say(f"table.{head}", lang) for head in ("measure", "unit", "base", "reform", "difference", "interval")]
        table = Grid(say("table.titles.compare", lang, **names), [*heads, say("table.verdict", lang)], KINDS)
        rows: dict[str, list[tuple[str, ...]]] = {flow: [] for flow in FLOWS}
        unmoved, left = [], 0
        for section, raw in self._effects(comparison_table(self._base, [reform]).rows):
            effects = [found.told(effect) for effect in raw]
            if all(effect.difference == effect.low == effect.high == 0 for effect in effects):
                unmoved.append(say(f"section.{section}", lang))
                continue
            chosen = effects if full else [effect for effect in effects if _telling(section, effect)]
            left += len(effects) - len(chosen)
            for effect in chosen:
                rows[effect.flow].append(self._row(section, effect))
        for flow, cells in rows.items():
            if cells:
                table.add(say(f"heading.{flow}", lang), style="bold")
            for row in cells:
                table.add(*row)
        self._screen.line()
        self._show(table, names["reform"])
        if unmoved:
            self._screen.line(say("compare.unmoved", lang, sections=say("mark.list", lang).join(unmoved)))
        if left:
            self._screen.line(say("compare.not_printed", lang, count=left))

    def _effects(self, rows: tuple[Row[Effect], ...]) -> Iterator[tuple[str, list[Effect]]]:
        """Yield the effects to print, section by section; not those of the only terminal or class: it is the whole."""
        port = self._base.scenario.timeline.ports[0]
        lone = {name for names in (port.terminals, port.traffic.vessel_classes) if len(names) == 1 for name in names}
        spreads = {(row.metric, row.flow, row.group) for row in rows if row.statistic == "mean"}
        for section, statistics in DETAILS.items():
            cells = [
                row.cells[0]
                for row in rows
                if row.section == section
                and row.statistic in statistics
                and row.group not in lone
                and not (row.statistic == "count" and (row.metric, row.flow, row.group) in spreads)
            ]
            effects = [cell for cell in cells if cell is not None]
            if effects:
                yield section, effects

    def _show(self, table: Grid, reform: str) -> None:
        if table.rows:
            self._screen.show(table)
        else:
            self._screen.line(say("compare.nothing", self._lang, reform=reform))

    def _row(self, section: str, effect: Effect) -> tuple[str, ...]:
        lang, unit = self._lang, effect.unit
        parts = [metric_words(effect.metric, effect.flow, lang)]
        if effect.group != "all":
            parts.append(group_inside(effect.group, self._base.scenario, lang))
        if len(DETAILS[section]) > len(SINGLE):
            parts.append(say(f"statistic.{effect.statistic}", lang))
        return (
            say("mark.comma", lang).join(parts),
            unit_of(unit, lang),
            figure(effect.base, unit),
            figure(effect.reform, unit),
            figure(effect.difference, unit, sign=True),
            interval_words(effect, lang),
            verdict_words(effect, lang),
        )


def _telling(section: str, effect: Effect) -> bool:
    """Return whether an effect is printed without --full: the means of the clocks; of all else one number of a metric
    if its change is shown and not tiny. What a yard does is told by terminal, not by kind of slot.
    """
    if section in ("clocks", "export_clocks"):
        return effect.statistic == "mean"
    if prints_as_nothing(effect):
        return False
    return effect.statistic in SINGLE and effect.verdict != "not_shown" and "." not in effect.group


def record_of(results: tuple[ScenarioResult, ...]) -> dict[str, Any]:
    """Return a comparison as it stands in JSON: every effect of every reform."""
    from sim.cli import run_report

    base, *reforms = results
    found = judged(base, reforms)
    return {
        "base": run_report.record_of(base),
        "families": sizes(found),
        "reforms": [run_report.record_of(reform) | one.record() for reform, one in zip(reforms, found, strict=True)],
    }
