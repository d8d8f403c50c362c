"""What `nansha select` prints: the package selected, what is promised of it, and the others from best to worst."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.cli.asking import bounds, facts
from sim.cli.screen import Screen
from sim.cli.tables import Grid, Kind
from sim.words import Lang, say
from sim.words.names import policy_words, subject_words, title_of
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.experiment.select import Package, Selection

KINDS: tuple[Kind, ...] = ("words", "number", "number", "number", "number", "words")
SHORT = 8
"""Packages printed without --full."""


def print_selection(found: Selection, screen: Screen, *, full: bool) -> None:
    """Print the selection."""
    lang, subject = screen.lang, found.contest.subject
    reform, best = found.contest.switches.reform, found.best
    unit, points = unit_of(subject.unit, lang), unit_of(subject.unit, lang, difference=True)
    screen.line()
    screen.line(screen.say("select.title", name=title_of(reform, lang)), style="bold")
    screen.line(facts(reform, screen))
    words = subject_words(subject, reform, lang)
    better = screen.say("select.less" if found.contest.better < 0 else "select.more")
    delta = {"delta": figure(found.race.delta, subject.unit), "unit": points}
    screen.line(screen.say("select.asked", subject=words, better=better, **delta))
    screen.line()
    screen.line(screen.say("select.best", package=package_words(best.keys, lang)), style="bold")
    ends = {"interval": bounds(best.value, subject.unit, lang, sign=False), "unit": unit, "points": points}
    change = {"change": figure(found.change.mean, subject.unit, sign=True)}
    against = bounds(found.change, subject.unit, lang)
    screen.line(
        screen.say("select.value", value=figure(best.value.mean, subject.unit), against=against, **ends, **change)
    )
    if found.runner_up is not None:
        _print_other("runner_up", found.runner_up, found, screen)
    if len(found.leanest.keys) < len(best.keys):
        _print_other("leanest", found.leanest, found, screen, **delta)
    confidence = figure(found.race.confidence, "share")
    screen.line(screen.say("select.promise", confidence=f"{float(confidence):g}", **delta))
    counts = {"runs": f"{found.runs:,}", "packages": len(found.packages), "factorial": f"{found.factorial:,}"}
    screen.line(screen.say("select.cost", **counts))
    screen.line()
    _print_table(found, screen, full=full)


def record_of(found: Selection) -> dict[str, Any]:
    """Return the selection as it stands in JSON."""
    reform, runner_up = found.contest.switches.reform, found.runner_up
    return {
        "reform": reform.name,
        "seed": reform.seed,
        "number": {"name": found.contest.subject.name, "unit": found.contest.subject.unit},
        "better": "less" if found.contest.better < 0 else "more",
        "delta": found.race.delta,
        "confidence": found.race.confidence,
        "policies": list(found.contest.switches.keys),
        "selected": list(found.best.keys),
        "leanest": list(found.leanest.keys),
        "runner_up": None if runner_up is None else list(runner_up.keys),
        "change": asdict(found.change),
        "runs": found.runs,
        "full_factorial_runs": found.factorial,
        "packages": [asdict(package) for package in found.packages],
    }


def package_words(keys: tuple[str, ...], lang: Lang) -> str:
    """Return the policies of a package by their names."""
    return " + ".join(policy_words(key, lang) for key in keys) or say("select.none", lang)


def _print_other(key: str, package: Package, found: Selection, screen: Screen, **words: str) -> None:
    unit, lang = found.contest.subject.unit, screen.lang
    difference = figure(package.difference.mean, unit, sign=True)
    words |= {"package": package_words(package.keys, lang), "points": unit_of(unit, lang, difference=True)}
    interval = bounds(package.difference, unit, lang)
    screen.line(screen.say(f"select.{key}", difference=difference, interval=interval, **words))


def _print_table(found: Selection, screen: Screen, *, full: bool) -> None:
    lang, unit = screen.lang, found.contest.subject.unit
    different = [package for package in found.packages if full or package.equal is None]
    shown = different if full else different[:SHORT]
    points = unit_of(unit, lang, difference=True)
    counts = {"count": len(shown), "packages": len(found.packages)}
    whole = len(shown) == len(found.packages)
    title = (
        screen.say("select.table", points=points)
        if whole
        else screen.say("select.table_short", points=points, **counts)
    )
    heads = [screen.say(f"select.{head}") for head in ("package", "mean", "difference")]
    heads += [screen.say("table.interval"), screen.say("select.n")]
    doubles = any(package.equal is not None for package in shown)
    table = Grid(title, heads + [screen.say("select.equal")] * doubles, KINDS)
    for package in shown:
        best = package is found.best
        cells = ["" if best else figure(package.difference.mean, unit, sign=True)]
        cells.append("" if best else bounds(package.difference, unit, lang))
        cells.append(str(package.value.n))
        if doubles:
            cells.append("" if package.equal is None else package_words(package.equal, lang))
        table.add(package_words(package.keys, lang), figure(package.value.mean, unit), *cells)
    screen.show(table)
    if not whole:
        screen.line(screen.say("select.more_packages"))
    screen.line(screen.say("select.note"))
