"""Limits in plain words; what was calibrated, what was held out."""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.facts import Held, held, is_calibrated, moved_since
from sim.brief.fill import filled, listed, sentences
from sim.brief.model import Block, Heading, Paragraph, Piece, Table, Text
from sim.brief.numbers import counted, measured
from sim.brief.study import Study
from sim.scenario.grades import grades
from sim.words import Lang, say
from sim.words.numbers import unit_of

TOLD = {"calibrated": ("sea_import_2020", "qingdao_import"), "held_out": ("qingdao_clearance",)}
"""How -> the figures told on the first pages; the annex has all of them."""


def limits(study: Study) -> Iterator[Block]:
    """Yield the fourth section."""
    yield Heading(1, say("brief.head.limits", study.lang))
    yield Paragraph(sentences(_limits(study), study.lang))
    yield Paragraph(sentences(_held(study), study.lang))
    yield Paragraph(filled("brief.note.marks", study.lang), "note")


def _limits(study: Study) -> Iterator[Text]:
    lang, scenario = study.lang, study.base.scenario
    counts = grades(scenario)
    total = sum(counts.values())
    numbers = {grade: counted(count, f"values {grade}", digests=(scenario.digest,)) for grade, count in counts.items()}
    yield filled("brief.limits.inputs", lang, total=counted(total, "values", digests=(scenario.digest,)), **numbers)
    yield filled("brief.limits.intervals" if len(study.replications) > 1 else "brief.limits.one_run", lang)
    yield filled("brief.limits.not_modelled", lang)


def _held(study: Study) -> Iterator[Text]:
    lang, port = study.lang, study.base.scenario.port
    if not is_calibrated(port):
        yield filled("brief.held.unknown", lang)
    else:
        known = {one.key: one for one in held()}
        for how, keys in TOLD.items():
            told = listed([_told(known[key], lang) for key in keys], lang)
            yield filled(f"brief.held.{how}", lang, figures=told)
        moved = moved_since(port)
        if moved:
            yield filled("brief.held.moved", lang, paths=listed([(path,) for path in moved], lang))
    yield filled("brief.held.effects", lang)


def _told(one: Held, lang: Lang) -> Text:
    slots: dict[str, Piece] = {
        "published": measured(one.published, one.unit, one.source),
        "model": measured(one.model, one.unit, f"validation/{one.key}", "model"),
        "unit": unit_of(one.unit, lang),
    }
    return filled("brief.held.figure", lang, what=say(f"brief.figure.{one.key}", lang), **slots)


def held_table(study: Study) -> Table | None:
    """Return all that the port was held against; None if it is another port."""
    lang = study.lang
    if not is_calibrated(study.base.scenario.port):
        return None
    heads = tuple(say(f"brief.column.{name}", lang) for name in ("figure", "published", "model", "how", "source"))
    rows = tuple(
        (
            (say("brief.held.row", lang, what=say(f"brief.figure.{one.key}", lang), unit=unit_of(one.unit, lang)),),
            (measured(one.published, one.unit, one.source),),
            _model(one),
            (say(f"brief.how.{one.how}", lang),),
            (one.source,),
        )
        for one in held()
    )
    widths = (0.42, 0.13, 0.15, 0.16, 0.14)
    return Table("held", say("brief.table.held", lang), heads, rows, (False, True, True, False, False), widths)


def _model(one: Held) -> Text:
    where = f"validation/{one.key}"
    model = measured(one.model, one.unit, where, "model")
    return (model,) if one.half is None else (model, " ± ", measured(one.half, one.unit, where, "half"))
