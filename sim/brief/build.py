"""From stored results to a brief in one language: two pages that say what the reform does, and the annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from sim.brief.annex_changes import changes
from sim.brief.annex_release import release
from sim.brief.annex_sources import sources
from sim.brief.annex_stress import stress
from sim.brief.annex_trade import trade
from sim.brief.answer import answer
from sim.brief.effects import effects
from sim.brief.limits import held_table, limits
from sim.brief.measures import measures
from sim.brief.model import Block, Brief, Command, Heading, Paragraph
from sim.brief.pictures import of_body
from sim.brief.study import Options, Study, study
from sim.experiment.result import ScenarioResult
from sim.words import Lang, say
from sim.words.names import title_of

__all__ = ["Options", "build"]


def build(results: Sequence[ScenarioResult], root: Path, lang: Lang, options: Options) -> Brief:
    """Return the brief of stored results: the first is the base, the others the reforms.

    Of several reforms the answer compares all, the effect table holds all, and the rest is about the first. root: the
    folder of the results, for the tables of boxes and for what attribution and sensitivity found. Raises RunError for
    results that make no brief, and OutputError if what is stored of them is missing or cannot be read.
    """
    about = study(results, root, lang, options)
    port = about.base.scenario.port
    key = "brief.title" if len(about.reforms) == 1 else "brief.title_many"
    title = options.title or say(key, lang, reform=about.name(0), port=port.zh if lang == "zh" else port.en)
    made_by = f"nansha-sim {version('nansha-sim')}"
    base = title_of(about.base.scenario, lang)
    subtitle = say("brief.subtitle", lang, base=base)
    return Brief(
        lang, title, subtitle, options.dated, made_by, tuple(_body(about)), tuple(_annex(about)), about.digests
    )


def _body(about: Study) -> Iterator[Block]:
    yield from answer(about)
    yield from effects(about)
    yield from of_body(about)
    yield from measures(about)
    yield from limits(about)


def _annex(about: Study) -> Iterator[Block]:
    lang = about.lang
    sections = {
        "trade": [table for table in [trade(about)] if table is not None],
        "release": list(release(about)),
        "changes": list(changes(about)),
        "held": [table for table in [held_table(about)] if table is not None],
        "sources": [sources(about)],
        "stress": [stress(about)],
    }
    for key, tables in sections.items():
        if tables:
            yield Heading(1, say(f"brief.annex.{key}", lang))
            yield from tables
    yield Heading(1, say("brief.annex.again", lang))
    yield Paragraph((say("brief.annex.again_text", lang),))
    yield Command(about.options.command)
