"""Which measure did it, and what could change the answer."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.brief.fill import filled, joined, listed, sentences
from sim.brief.model import Block, Command, Heading, Number, Origin, Paragraph, Piece, Text
from sim.brief.numbers import given, input_unit
from sim.brief.study import Study, within
from sim.experiment.findings import attributions, sensitivities
from sim.experiment.statistics import Interval
from sim.words import Lang, say
from sim.words.names import policy_words, subject_words
from sim.words.numbers import figure, unit_of

if TYPE_CHECKING:
    from sim.experiment.attribute import Attribution, Share
    from sim.experiment.ends import Ends
    from sim.experiment.findings import Found
    from sim.policies.base import LeverInfo

MOST = 3
"""Values named that could change the answer."""

SHARE = "share"
"""The lever that says how much of the trade takes part; in English the policy's name is short for it."""

SUBJECT = "arrival_to_release.import.all.mean"
"""The number asked about where nothing is stored."""


def measures(study: Study) -> Iterator[Block]:
    """Yield the third section: which measure did it, then what could change the answer."""
    lang = study.lang
    yield Heading(1, say("brief.head.measures", lang))
    yield from _which(study, 0)
    yield Heading(2, say("brief.head.turns", lang))
    yield from _turns(study, 0)


def attribution_of(study: Study, k: int) -> Attribution | None:
    """Return the attribution kept of reform `k`: of the number that the answer is about if there is one, else the
    last."""
    found = attributions(study.root, study.base.scenario.digest, study.reforms[k].scenario.digest)
    of_clock = tuple(one for one in found if one.subject.name == SUBJECT)
    return next(iter(reversed(of_clock or found)), None)


def sensitivity_of(study: Study, k: int) -> Found | None:
    """Return the sensitivity kept of reform `k`: of its effect if there is one, else the last."""
    found = sensitivities(study.root, study.reforms[k].scenario.digest)
    of_effect = tuple(one for one in found if one.effect)
    return next(iter(reversed(of_effect or found)), None)


def _which(study: Study, k: int) -> Iterator[Block]:
    scenario, lang = study.reforms[k].scenario, study.lang
    keys = tuple(key for key in scenario.policies if scenario.policies[key] != study.base.scenario.policies.get(key))
    if not keys:
        yield Paragraph(filled("brief.measures.values", lang, reform=study.name(k)))
        return
    if len(keys) == 1:
        measure = measure_words(scenario.policies[keys[0]].measure, lang)
        policy = within(policy_words(keys[0], lang))
        yield Paragraph(filled("brief.measures.one", lang, policy=policy, measure=measure))
        return
    found = attribution_of(study, k)
    if found is None:
        names = listed([(within(policy_words(key, lang)),) for key in keys], lang)
        yield Paragraph(filled("brief.measures.ask", lang, reform=study.name(k), policies=names))
        base = f" --base {file_of(study, -1)}" if study.base.scenario.policies else ""
        yield Command(f"nansha attribute {file_of(study, k)}{base} --metric {SUBJECT}")
        return
    yield Paragraph(_shares(study, k, found))


def measure_words(measure: str, lang: Lang) -> str:
    """Return the measure of the action plan that a policy belongs to."""
    if measure == "-":
        return say("brief.measure.none", lang)
    many = "," in measure
    words = measure.replace(", ", "、") if lang == "zh" else measure.replace(", ", " and ")
    return say("brief.measure.many" if many else "brief.measure.one", lang, measure=words)


def file_of(study: Study, k: int) -> str:
    """Return the scenario file of reform `k`, of the base for -1, as the command line has it, else by its own name."""
    scenario = study.base.scenario if k < 0 else study.reforms[k].scenario
    typed = (word for word in shlex.split(study.options.command) if Path(word).stem == scenario.name)
    return shlex.quote(
        next((word for word in typed if Path(word).suffix in (".yaml", ".yml")), f"{scenario.name}.yaml")
    )


def _shares(study: Study, k: int, found: Attribution) -> Text:
    lang, subject, scenario = study.lang, found.subject, study.reforms[k].scenario
    shares = sorted(found.shares, key=lambda share: -abs(share.share.mean))
    number = _Attributed(study, k, found)
    each = [_share(number, share) for share in shares]
    what = subject_words(subject, scenario, lang)
    unit = unit_of(subject.unit, lang, difference=True)
    total = number.of("total", found.total, "mean", sign=True, mark=True)
    first = filled("brief.measures.total", lang, what=what, total=total, unit=unit)
    listing = filled("brief.measures.shares", lang, shares=joined(each, say("brief.mark.semicolon", lang)))
    how = "exact" if found.orders is None else "drawn"
    return sentences([first, listing, filled(f"brief.measures.{how}", lang)], lang)


def _share(number: _Attributed, share: Share) -> Text:
    policy = within(policy_words(share.policy, number.lang))
    low, high = share.share.low, share.share.high
    unit = unit_of(number.unit, number.lang, difference=True)
    if low is None or high is None or low <= 0 <= high:
        return filled("brief.measures.share_not_shown", number.lang, policy=policy)
    part = f"share of {share.policy}"
    ends = (number.of(part, share.share, end, sign=True) for end in ("low", "high"))
    slots = dict(zip(("low", "high"), ends, strict=True))
    mean = number.of(part, share.share, "mean", sign=True, mark=True)
    return filled("brief.measures.share", number.lang, policy=policy, share=mean, unit=unit, **slots)


class _Attributed:
    """Numbers of an attribution."""

    def __init__(self, study: Study, k: int, found: Attribution) -> None:
        self.lang, self.unit = study.lang, found.subject.unit
        self._digests = study.base.scenario.digest, study.reforms[k].scenario.digest
        self._name, self._mark = found.subject.name, study.mark(k)

    def of(self, what: str, interval: Interval, end: str, *, sign: bool = False, mark: bool = False) -> Number:
        """Return the mean or an end of one interval of the attribution."""
        value = getattr(interval, end)
        origin = Origin("result", self._digests, self._name, f"{what} {end}", tuple(range(interval.n)))
        return Number(figure(value, self.unit, sign=sign), value, self.unit, origin, self._mark if mark else "")


def _turns(study: Study, k: int) -> Iterator[Block]:
    lang = study.lang
    found = sensitivity_of(study, k)
    if found is None:
        yield Paragraph(filled("brief.turns.ask", lang))
        days = study.base.scenario.horizon.days
        yield Command(f"nansha sensitivity {file_of(study, k)} --effect --metric {SUBJECT} --days {days}")
    else:
        yield Paragraph(_leading(study, k, found))
    settings = tuple(_assumed_levers(study, k))
    levers = joined(settings, say("brief.mark.semicolon", lang))
    key = "levers" if settings else "no_levers"
    yield Paragraph(filled(f"brief.turns.{key}", lang, inner=study.inner(k), levers=levers))


def _leading(study: Study, k: int, found: Found) -> Text:
    lang, scenario = study.lang, study.reforms[k].scenario
    digests = (scenario.digest,)
    unit = unit_of(found.subject.unit, lang, difference=found.effect)
    parts = [
        filled(
            "brief.turns.value",
            lang,
            path=ends.item.path,
            at_low=_end(found, digests, ends, "low"),
            at_high=_end(found, digests, ends, "high"),
            unit=unit,
            low=given(ends.item.low, ends.item.unit, ends.item.path, "low"),
            high=given(ends.item.high, ends.item.unit, ends.item.path, "high"),
            of=input_unit(ends.item.unit, lang),
        )
        for ends in [ends for ends in found.leading if _moves(ends)][:MOST]
    ]
    what = subject_words(found.subject, scenario, lang)
    key = "effect" if found.effect else "number"
    first = filled(f"brief.turns.{key}", lang, what=what, values=joined(parts, say("brief.mark.semicolon", lang)))
    return sentences([first, *_signs(study, found)], lang)


def _moves(ends: Ends) -> bool:
    """Return whether a value moves the number at all, at either end of its range."""
    return any(end.change is not None and end.change.mean != 0 for end in (ends.low, ends.high))


def _end(found: Found, digests: tuple[str, ...], ends: Ends, end: str) -> Number:
    interval = getattr(ends, end).number
    value = float("nan") if interval is None else interval.mean
    n = 0 if interval is None else interval.n
    origin = Origin("result", digests, found.subject.name, f"at {end} of {ends.item.path}", tuple(range(n)))
    return Number(figure(value, found.subject.unit, sign=found.effect), value, found.subject.unit, origin)


def _signs(study: Study, found: Found) -> Iterator[Text]:
    """Yield what turns the sign of an effect and how far it has to move, or that nothing does by itself."""
    if not found.effect:
        return
    lang = study.lang
    turns = [(ends.item, turn) for ends in found.leading for turn in ends.turns]
    for item, turn in turns:
        key = "shown" if turn.shown else "may"
        now = given(item.value, item.unit, item.path)
        at = given(turn.value, item.unit, item.path, "turn")
        yield filled(f"brief.turns.{key}", lang, path=item.path, now=now, at=at, unit=input_unit(item.unit, lang))
    if not turns:
        yield filled("brief.turns.none", lang)


def _assumed_levers(study: Study, k: int) -> Iterator[Text]:
    """Yield every lever that a policy of the reform sets to an assumed value, in words, with its range in the plan."""
    lang = study.lang
    for key, policy in study.reforms[k].scenario.policies.items():
        if policy == study.base.scenario.policies.get(key):
            continue
        for name, info in policy.levers.items():
            value = getattr(policy, name)
            grade = info.plan.grade if value == info.plan.value else "assumed"
            if value is None or value is False or grade != "assumed":
                continue
            words = info.zh if lang == "zh" else within(policy_words(key, lang)) if name == SHARE else info.en
            yield _lever(f"policies.{key}.{name}", (words, info), value, lang)


def _lever(where: str, named: tuple[str, LeverInfo], value: float | bool, lang: Lang) -> Text:
    words, info = named
    if info.measure is None:
        return (words,)
    unit = info.measure.unit
    slots: dict[str, Piece] = {"lever": words, "unit": input_unit(unit, lang)}
    slots["value"] = given(float(value), unit, where, mark="‡")
    ends = {end: getattr(info.plan, end) for end in ("low", "high")}
    if None in ends.values():
        return filled("brief.turns.lever", lang, **slots)
    slots |= {end: given(float(number), unit, where, end) for end, number in ends.items()}
    return filled("brief.turns.lever_range", lang, **slots)
