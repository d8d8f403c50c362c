"""What `nansha attribute` prints: of each number a table of shares, and one of interactions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.cli.asking import bounds, facts
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.words.names import policy_words, subject_words, title_of
from sim.words.numbers import NOTHING, figure, unit_of

if TYPE_CHECKING:
    from sim.experiment.attribute import Attribution, Pair, Plan
    from sim.experiment.statistics import Interval


def print_attributions(what: Plan, found: tuple[Attribution, ...], screen: Screen, *, full: bool) -> None:
    """Print what was run, then the tables of each number."""
    reform, base = what.switches.reform, what.switches.scenario(0)
    screen.line()
    screen.line(screen.say("attribute.title", name=title_of(reform, screen.lang)), style="bold")
    screen.line(screen.say("attribute.against", name=title_of(base, screen.lang)))
    screen.line(facts(reform, screen))
    counts = {"policies": len(what.switches.keys), "runs": len(what.coalitions) * reform.replications}
    if what.orders is None:
        screen.line(screen.say("attribute.exact", combinations=len(what.coalitions), **counts))
    else:
        orders = {"orders": 2 * len(what.orders), "seed": reform.seed}
        screen.line(screen.say("attribute.sampled", **orders, **counts))
    if reform.replications < 2:
        screen.line(screen.say("run.one_replication"))
    for attribution in found:
        _print_one(what, attribution, screen, full=full)
    screen.line(screen.say("attribute.note"))
    if what.orders is not None:
        screen.line(screen.say("attribute.pairs_alone"))


def record_of(what: Plan, found: tuple[Attribution, ...]) -> dict[str, Any]:
    """Return the attribution as it stands in JSON."""
    reform, base = what.switches.reform, what.switches.scenario(0)
    return {
        "reform": reform.name,
        "base": base.name,
        "digests": {"reform": reform.digest, "base": base.digest},
        "replications": reform.replications,
        "seed": reform.seed,
        "policies": list(what.switches.keys),
        "method": "exact" if what.orders is None else "sampled",
        "orders": None if what.orders is None else 2 * len(what.orders),
        "combinations": len(what.coalitions),
        "numbers": [{"name": one.subject.name, **asdict(one)} for one in found],
    }


def _print_one(what: Plan, found: Attribution, screen: Screen, *, full: bool) -> None:
    lang, subject = screen.lang, found.subject
    words, points = subject_words(subject, what.switches.reform, lang), unit_of(subject.unit, lang, difference=True)
    screen.line()
    change = {"change": _figure(found.total, subject.unit), "interval": bounds(found.total, subject.unit, lang)}
    ends = {"before": figure(found.base.mean, subject.unit), "after": figure(found.reform.mean, subject.unit)}
    units = {"unit": unit_of(subject.unit, lang), "points": points}
    screen.line(screen.say("attribute.change", subject=words, **units, **ends, **change), style="bold")
    screen.line()
    heads = [screen.say(f"attribute.{head}") for head in ("policy", "alone", "last", "share")]
    heads += [screen.say("table.interval"), screen.say("attribute.part")]
    table = Grid(screen.say("attribute.shares", unit=points), heads, ("words", "number"))
    for share in sorted(found.shares, key=lambda share: -abs(share.share.mean)):
        cells = (_figure(share.alone, subject.unit), _figure(share.last, subject.unit))
        part = NOTHING if share.part is None else figure(share.part, "share")
        shown = (_figure(share.share, subject.unit), bounds(share.share, subject.unit, lang))
        table.add(policy_words(share.policy, lang), *cells, *shown, part)
    table.rule()
    whole = figure(1, "share") if any(share.part is not None for share in found.shares) else NOTHING
    total = (_figure(found.total, subject.unit), bounds(found.total, subject.unit, lang))
    table.add(screen.say("attribute.all"), "", "", *total, whole)
    screen.show(table)
    _print_pairs(found, screen, full=full)


def _print_pairs(found: Attribution, screen: Screen, *, full: bool) -> None:
    lang, unit = screen.lang, found.subject.unit
    chosen = [pair for pair in found.pairs if full or _told(pair, unit)]
    heads = [screen.say(f"attribute.{head}") for head in ("first", "second", "interaction")]
    heads += [screen.say("table.interval"), screen.say("attribute.together")]
    title = screen.say("attribute.pairs", unit=unit_of(unit, lang, difference=True))
    table = Grid(title, heads, ("words", "words", "number", "number", "name"))
    for pair in sorted(chosen, key=lambda pair: -abs(pair.interaction.mean)):
        names = policy_words(pair.first, lang), policy_words(pair.second, lang)
        cells = _figure(pair.interaction, unit), bounds(pair.interaction, unit, lang)
        table.add(*names, *cells, _together(pair, found, screen))
    if table.rows:
        screen.show(table)
        if len(chosen) < len(found.pairs):
            screen.line(screen.say("attribute.hidden", count=len(found.pairs) - len(chosen)))
    elif found.pairs:
        screen.line(screen.say("attribute.no_pairs"))


def _shown(found: Interval) -> bool:
    return found.low is not None and found.high is not None and not found.low <= 0 <= found.high


def _told(pair: Pair, unit: str) -> bool:
    return _shown(pair.interaction) and bool(figure(pair.interaction.mean, unit).strip("−0.,"))


def _together(pair: Pair, found: Attribution, screen: Screen) -> str:
    """Return whether two policies overlap or reinforce one another: against or along what they do one by one."""
    if not _shown(pair.interaction):
        return screen.say("verdict.not_shown")
    alone = sum(share.alone.mean for share in found.shares if share.policy in (pair.first, pair.second))
    return screen.say("attribute.overlap" if alone * pair.interaction.mean < 0 else "attribute.reinforce")


def _figure(found: Interval, unit: str) -> str:
    return figure(found.mean, unit, sign=True)
