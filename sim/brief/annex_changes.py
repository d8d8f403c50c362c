"""What each policy changes, with its measure in the action plan."""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.measures import measure_words
from sim.brief.model import Mark, Number, Piece, Table, Text
from sim.brief.numbers import given, input_unit
from sim.brief.study import Study
from sim.scenario.compose import Change
from sim.words import Lang, say
from sim.words.names import policy_words


def changes(study: Study) -> Iterator[Table]:
    """Yield a table of changes for each reform that has policies."""
    for k, reform in enumerate(study.reforms):
        if reform.scenario.changes:
            yield _table(study, k)


def _table(study: Study, k: int) -> Table:
    lang = study.lang
    columns = ("policy", "path", "before", "after", "grade")
    rows = tuple(tuple(_row(study, k, change)) for change in study.reforms[k].scenario.changes)
    return Table(
        f"changes_{k}",
        say("brief.table.changes", lang, reform=study.name(k)),
        tuple(say(f"brief.column.{column}", lang) for column in columns),
        rows,
        (False, False, True, True, False),
        (0.26, 0.36, 0.13, 0.13, 0.12),
        ((say("brief.note.changes", lang),),),
    )


def _row(study: Study, k: int, change: Change) -> Iterator[Text]:
    lang = study.lang
    after = study.value(k, change.path)
    mark: Mark = "‡" if after is not None and after.grade == "assumed" else ""
    policy = policy_words(change.policy, lang)
    yield (say("brief.policy_of", lang, policy=policy, measure=measure_words(change.measure, lang)),)
    yield (change.path,)
    yield value_text(change.before, change.unit, change.path, "before", lang)
    yield _marked(value_text(change.after, change.unit, change.path, "after", lang), mark)
    yield (say(f"grade.{after.grade}", lang) if after is not None else "–",)


def value_text(value: float | str, unit: str, path: str, part: str, lang: Lang) -> Text:
    """Return a value of a port as it stands in a table: a number with its unit, or words."""
    if isinstance(value, str):
        return (say(f"show.{value}", lang) if value in ("true", "false") else value,)
    words = input_unit(unit, lang)
    number: Piece = given(value, unit, path, part)
    return (number, f" {words}" if lang == "en" else words) if words else (number,)


def _marked(text: Text, mark: Mark) -> Text:
    """Return text with a mark at its number, or behind its words."""
    if not mark:
        return text
    first, *rest = text
    if isinstance(first, Number):
        return Number(first.text, first.value, first.unit, first.origin, mark), *rest
    return (f"{first}{mark}", *rest)
