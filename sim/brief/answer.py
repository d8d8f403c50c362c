"""The question, and its answer in one sentence; then both official clocks, and what the time is worth."""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.fill import filled, joined, sentences
from sim.brief.model import Block, Heading, Items, Paragraph, Text
from sim.brief.money import worth
from sim.brief.numbers import counted
from sim.brief.phrases import CLOCKS, OUT, RELEASE, change, outcome_of, spoken
from sim.brief.study import Study
from sim.experiment.compare import Effect
from sim.words import say
from sim.words.names import title_of


def answer(study: Study) -> Iterator[Block]:
    """Yield the first section."""
    yield Heading(1, say("brief.head.answer", study.lang))
    yield Paragraph(_question(study))
    yield Paragraph(_lead(study), "lead")
    yield Items(tuple(_each_reform(study)) if len(study.reforms) > 1 else tuple(_both_clocks(study)))
    if len(study.reforms) > 1:
        yield Paragraph(filled("brief.of_first", study.lang, inner=study.inner(0)))
    yield Paragraph(worth(study, 0))


def _question(study: Study) -> Text:
    base, port, lang = study.base.scenario, study.base.scenario.port, study.lang
    slots = {"port": port.zh if lang == "zh" else port.en, "base": title_of(base, lang)}
    key = "brief.question.one" if len(study.reforms) == 1 else "brief.question.many"
    return filled(key, lang, reform=study.inner(0), **slots)


def _lead(study: Study) -> Text:
    if len(study.reforms) == 1:
        effect = _leading(study, 0)
        words = {"reform": study.name(0), "inner": study.inner(0), "clock": _clock(study, effect)}
        return spoken("brief.lead", study, 0, effect, **words)
    return _lead_of_many(study)


def _leading(study: Study, k: int) -> Effect:
    """Return the change that the answer is about: of the first clock that moves, else of the first that there is."""
    there = [effect for name in CLOCKS if (effect := study.effect(k, name)) is not None]
    moved = [effect for effect in there if outcome_of(effect) in ("less", "more")]
    return (moved or there)[0]


def _lead_of_many(study: Study) -> Text:
    """Return which reform takes most off the time to release, or to gate-out or departure where none moves that."""
    lang = study.lang
    count = counted(len(study.reforms), "reforms")
    for name in CLOCKS:
        effects = [(effect, k) for k in range(len(study.reforms)) if (effect := study.effect(k, name)) is not None]
        less = [pair for pair in effects if outcome_of(pair[0]) == "less"]
        if less:
            effect, k = min(less, key=lambda pair: pair[0].difference)
            words = {"reform": study.inner(k), "clock": _clock(study, effect)}
            found = spoken("brief.lead_of_many", study, k, effect, **words)
            return sentences([filled("brief.of_many", lang, count=count, found=found)], lang)
    return filled("brief.of_many_none", lang, count=count)


def _clock(study: Study, effect: Effect) -> str:
    return say(f"brief.clock.{effect.flow}.{effect.metric}", study.lang)


def _both_clocks(study: Study) -> Iterator[Text]:
    """Yield imports and exports on each official clock."""
    for key, names in (("release", RELEASE), ("out", OUT)):
        parts = [
            filled(f"brief.flow.{effect.flow}", study.lang, change=change(study, 0, effect))
            for name in names.values()
            if (effect := study.effect(0, name)) is not None
        ]
        if parts:
            listed = joined(parts, say("brief.mark.semicolon", study.lang))
            yield filled(f"brief.clocks.{key}", study.lang, changes=listed)


def _each_reform(study: Study) -> Iterator[Text]:
    """Yield each reform with imports and exports to their release."""
    for k in range(len(study.reforms)):
        parts = [
            filled(f"brief.flow.{effect.flow}", study.lang, change=change(study, k, effect))
            for name in RELEASE.values()
            if (effect := study.effect(k, name)) is not None
        ]
        listed = joined(parts, say("brief.mark.semicolon", study.lang))
        yield filled("brief.each_reform", study.lang, reform=study.name(k), changes=listed)
