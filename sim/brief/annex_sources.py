"""The sources that the values of these scenarios rest on, with their grades."""

from __future__ import annotations

from collections import Counter

from sim.brief.facts import held, is_calibrated, world_bank
from sim.brief.model import Table
from sim.brief.numbers import counted
from sim.brief.study import Study
from sim.scenario.grades import values_of
from sim.scenario.schema import Source
from sim.words import Lang, say

UNKNOWN = Source(title="–")


def sources(study: Study) -> Table:
    """Return the table of the sources in use: how many values rest on each, of which grades."""
    lang = study.lang
    described = {key: source for result in study.results for key, source in result.scenario.sources.items()}
    uses = _uses(study)
    beside = {world_bank().cost_source}
    if is_calibrated(study.base.scenario.port):
        beside |= {one.source for one in held()}
    keys = sorted({*uses, *(key for key in beside if key in described)}, key=_order)
    rows = tuple(
        (
            (key,),
            (_title(described.get(key, UNKNOWN), lang),),
            (counted(sum(uses.get(key, Counter()).values()), f"values on {key}", digests=study.digests),),
            (say("brief.mark.item", lang).join(say(f"grade.{grade}", lang) for grade in uses.get(key, ())) or "–",),
        )
        for key in keys
    )
    return Table(
        "sources",
        say("brief.table.sources", lang),
        tuple(say(f"brief.column.{column}", lang) for column in ("source", "what", "values", "grades")),
        rows,
        (False, False, True, False),
        (0.17, 0.52, 0.10, 0.21),
        ((say("brief.note.sources", lang),),),
    )


def _uses(study: Study) -> dict[str, Counter[str]]:
    """Return source -> grade -> values of any of the scenarios that rest on it."""
    found: dict[str, Counter[str]] = {}
    seen = set()
    for result in study.results:
        for path, leaf in values_of(result.scenario).items():
            if (path, leaf.sources, leaf.grade) in seen:
                continue
            seen.add((path, leaf.sources, leaf.grade))
            for key in leaf.sources:
                found.setdefault(key, Counter())[leaf.grade] += 1
    return found


def _order(key: str) -> tuple[str, int, str]:
    """Return a key by which customs-S9 comes before customs-S10."""
    head = key.rstrip("0123456789")
    return head, int(key[len(head) :] or 0), key


def _title(source: Source, lang: Lang) -> str:
    parts = [source.title] + ([source.address] if source.address not in ("", "none") else [])
    title = say("brief.mark.item", lang).join(parts)
    return say("brief.weak", lang, title=title) if source.weak else title
