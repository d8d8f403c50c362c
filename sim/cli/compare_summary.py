"""The first page of a comparison: a line per reform, in one table for each part of the port that any reform moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli.numbers import MARK
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.experiment.headlines import HEADLINES, Name
from sim.words import Lang, say
from sim.words.names import title_of
from sim.words.numbers import figure, span, unit_of

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult
    from sim.experiment.families import Judged


def print_summary(found: tuple[Judged, ...], reforms: list[ScenarioResult], screen: Screen) -> None:
    """Print a table for each part that a reform moves, and name the others."""
    still = []
    for part, names in HEADLINES.items():
        rows = [[_told(one, name) for name in names] for one in found]
        if not any(effect for row in rows for effect in row):
            continue
        if all(_same(effect) for row in rows for effect in row if effect is not None):
            still.append(say(f"compare.part.{part}", screen.lang))
        else:
            screen.show(_table(part, rows, reforms, screen.lang))
    if still:
        screen.line(say("compare.same", screen.lang, parts=say("mark.list", screen.lang).join(still)))


def _told(one: Judged, name: Name) -> Effect | None:
    found = one.headlines.get(name)
    return None if found is None else found.effect


def _table(part: str, rows: list[list[Effect | None]], reforms: list[ScenarioResult], lang: Lang) -> Grid:
    shown = [k for k in range(len(rows[0])) if any(row[k] is not None for row in rows)]
    heads = [say("table.reform", lang), *(say(f"compare.headline.{part}.{k}", lang) for k in shown)]
    table = Grid(say(f"table.titles.summary_{part}", lang), heads, ("words",))
    for reform, row in zip(reforms, rows, strict=True):
        table.add(title_of(reform.scenario, lang), *(_change(row[k], lang) for k in shown))
    return table


def _change(effect: Effect | None, lang: Lang) -> str:
    """Return a change in two lines: size and verdict, and the interval."""
    if effect is None:
        return ""
    size = f"{figure(effect.difference, effect.unit, sign=True)} {unit_of(effect.unit, lang, difference=True)}"
    return f"{say('mark.comma', lang).join((size, verdict_words(effect, lang)))}\n{interval_words(effect, lang)}"


def _same(effect: Effect) -> bool:
    return effect.difference == effect.low == effect.high == 0


def verdict_words(effect: Effect, lang: Lang) -> str:
    """Return what an effect shows; one that is there, yet too small for the digits printed, is told as that."""
    if _same(effect):
        return say("verdict.same", lang)
    tiny = prints_as_nothing(effect) and effect.verdict != "not_shown"
    return say("verdict.tiny" if tiny else f"verdict.{effect.verdict}", lang)


def prints_as_nothing(effect: Effect) -> bool:
    """Return whether the difference is 0 to the digits printed."""
    return not figure(effect.difference, effect.unit).strip("−0.,")


def interval_words(effect: Effect, lang: Lang) -> str:
    """Return the interval of an effect, with a mark if it is not to be trusted; nothing if there is none."""
    if effect.low is None or effect.high is None:
        return ""
    return span(effect.low, effect.high, effect.unit, lang, sign=True) + MARK * (effect.short and not _same(effect))
