"""`nansha policies`: what each policy does, its levers with unit and bounds, and what it rests on."""

from __future__ import annotations

import sys
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import JsonOption, LangOption
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.errors import PolicyError, Problem
from sim.words import Lang, name_of, say

if TYPE_CHECKING:
    from sim.policies.base import LeverInfo, Policy
    from sim.port.units import Measure

Key = Annotated[str | None, typer.Argument(metavar="[KEY]", help="One policy, in full. 单项政策的详情。")]


def policies(key: Key = None, lang: LangOption = "en", as_json: JsonOption = False) -> None:
    """Print the catalogue, or one policy with its mechanism and evidence."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.policies import catalogue

        known = dict(catalogue())
        if key is not None and key not in known:
            raise PolicyError(_unknown(key, list(known)))
        chosen = known if key is None else {key: known[key]}
        if as_json:
            screen.dump([_record(name, policy) for name, policy in chosen.items()])
        elif key is None:
            _print_all(known, screen)
        else:
            _print_one(key, known[key], screen)


def _unknown(key: str, known: list[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    remedy = f"did you mean {near[0]!r}?" if near else "nansha policies lists them all"
    return Problem(f"policy {key!r} does not exist", remedy=remedy)


def _print_all(known: dict[str, type[Policy]], screen: Screen) -> None:
    lang = screen.lang
    heads = [say(f"table.{head}", lang) for head in ("key", "name", "unit", "bounds", "plan")]
    table = Grid("", heads, ("name", "words", "name"))
    for key, policy in known.items():
        measure = say("policies.measure", lang, measure=policy.measure)
        table.add(key, f"{policy.zh} · {policy.en} · {measure}", style="bold")
        for name, info in policy.levers.items():
            words = info.zh if lang == "zh" else info.en
            table.add(f"  {name}", words, _unit(info.measure, lang), _bounds(info.measure), _plan(info, lang))
    screen.show(table)
    screen.line(say("policies.options", lang))


def _print_one(key: str, policy: type[Policy], screen: Screen) -> None:
    lang = screen.lang
    screen.line(f"{key}  {policy.zh}  {policy.en}", style="bold")
    screen.line(say("policies.measure", lang, measure=policy.measure))
    screen.line()
    screen.line(_mechanism(policy))
    screen.line()
    heads = [say(f"table.{head}", lang) for head in ("lever", "name", "unit", "bounds", "plan", "grade", "source")]
    table = Grid("", heads, ("name", "words", "name", "name", "name", "name", "words"))
    for name, info in policy.levers.items():
        words = info.zh if lang == "zh" else info.en
        grade = say(f"grade.{info.plan.grade}", lang)
        source = info.plan.source + (f": {info.plan.note}" if info.plan.note else "")
        table.add(name, words, _unit(info.measure, lang), _bounds(info.measure), _plan(info, lang), grade, source)
    screen.show(table)
    screen.line(say("policies.moves", lang, paths=", ".join(policy.touches)))
    signs = ", ".join(f"{_measured(metric, lang)} {sign.replace('-', '−')}" for metric, sign in policy.signs.items())
    screen.line(say("policies.signs", lang, signs=signs))
    screen.line(say("policies.options", lang))


def _mechanism(policy: type[Policy]) -> str:
    """Return what the policy's own file says about mechanism and evidence."""
    return cleandoc(sys.modules[policy.__module__].__doc__ or "")


def _measured(metric: str, lang: Lang) -> str:
    """Return what a sign is of, in words: "export/yard_dwell.by_barge" is a metric of a flow and of a group of it."""
    flow, _, name = metric.rpartition("/")
    name, _, group = name.partition(".")
    of = [name_of(family, key, lang) for family, key in (("flow", flow), ("group", group)) if key]
    words = say(f"metric.{name}", lang)
    return f"{words} ({', '.join(of)})" if of else words


def _unit(measure: Measure | None, lang: Lang) -> str:
    from sim.words.evidence import unit_words

    return unit_words(measure.unit if measure else "switch", lang)


def _bounds(measure: Measure | None) -> str:
    if measure is None:
        return ""
    least = f"> {measure.gt:g}" if measure.gt is not None else f"≥ {measure.ge:g}" if measure.ge is not None else ""
    most = f"≤ {measure.le:g}" if measure.le is not None else ""
    return ", ".join(part for part in (least, most) if part)


def _plan(info: LeverInfo, lang: Lang) -> str:
    value = info.plan.value
    if isinstance(value, bool):
        return say(f"show.{str(value).lower()}", lang)
    low, high = info.plan.low, info.plan.high
    return f"{value:g}" if low is None or high is None else f"{value:g} ({low:g}–{high:g})"


def _record(key: str, policy: type[Policy]) -> dict[str, Any]:
    return {
        "key": key,
        "zh": policy.zh,
        "en": policy.en,
        "measure": policy.measure,
        "mechanism": _mechanism(policy),
        "touches": list(policy.touches),
        "signs": dict(policy.signs),
        "levers": {name: _lever_record(info) for name, info in policy.levers.items()},
    }


def _lever_record(info: LeverInfo) -> dict[str, Any]:
    measure, plan = info.measure, info.plan
    bounds = None if measure is None else {"ge": measure.ge, "gt": measure.gt, "le": measure.le, "whole": measure.whole}
    return {
        "zh": info.zh,
        "en": info.en,
        "unit": measure.unit if measure else "switch",
        "bounds": bounds,
        "plan": {name: getattr(plan, name) for name in ("value", "low", "high", "grade", "source", "note")},
    }
