"""Who gains and who loses: one table for each reform, from the largest gain to the largest loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli.compare_summary import interval_words, verdict_words
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.words import Lang, say
from sim.words.names import group_inside, metric_words, title_of
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.experiment import Effect
    from sim.experiment.families import Judged
    from sim.scenario import Scenario


def print_gains(found: Judged, reform: Scenario, screen: Screen) -> None:
    """Print the change of the way of each group of boxes; nothing if none has moved."""
    effects = [item.effect for item in found.gains]
    moved = [effect for effect in effects if not effect.difference == effect.low == effect.high == 0]
    if not moved:
        return
    lang = screen.lang
    heads = [say(f"compare.gains.{head}", lang) for head in ("who", "clock")]
    heads += [say(f"table.{head}", lang) for head in ("base", "difference", "interval", "verdict")]
    title = say("compare.gains.title", lang, reform=title_of(reform, lang))
    table = Grid(title, heads, ("words", "words", "number", "number", "name", "name"))
    for effect in moved:
        size = figure(effect.difference, effect.unit, sign=True)
        cells = (figure(effect.base, effect.unit), f"{size} {unit_of(effect.unit, lang)}")
        name = metric_words(effect.metric, effect.flow, lang)
        table.add(_who(effect, reform, lang), name, *cells, interval_words(effect, lang), verdict_words(effect, lang))
    screen.show(table)
    still = [_who(effect, reform, lang) for effect in effects if effect not in moved]
    if still:
        screen.line(say("compare.gains.still", lang, groups=say("mark.list", lang).join(still)))


def _who(effect: Effect, scenario: Scenario, lang: Lang) -> str:
    flow = say(f"heading.{effect.flow}", lang)
    if effect.group == "all":
        return say("compare.gains.all", lang, flow=flow)
    return say("mark.comma", lang).join((flow, group_inside(effect.group, scenario, lang)))
