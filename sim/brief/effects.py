"""The change in the clocks, for whom, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.fill import filled
from sim.brief.model import Block, Heading, Items, Table, Text
from sim.brief.numbers import Told, counted
from sim.brief.phrases import CLOCKS, cell, outcome_of, spoken
from sim.brief.study import INSPECTION, Study, within
from sim.experiment.compare import Effect
from sim.experiment.gains import BY_MODE
from sim.experiment.gains import CLOCKS as CLOCKS_OF_GROUPS
from sim.experiment.headlines import Name
from sim.words import say
from sim.words.names import group_words

LEFT_OUT = frozenset({"discredited", "general"})
"""Groups that say little: a few hundred boxes, and nearly all of them."""

NARROW = (0.22, 0.09, 0.26, 0.08, 0.11, 0.11, 0.13)
WIDE = (0.34, 0.08, 0.22, 0.07, 0.09, 0.09, 0.11)
"""Widths of the columns of the clocks; where rows name their reform, the first is wide."""

SPREAD = ("p50", "p90", "within_48h")
COSTS: tuple[Name, ...] = (
    ("infringements_missed", "import", "all", "count"),
    ("infringements_missed", "export", "all", "count"),
    ("desk_work", "all", INSPECTION, "value"),
    ("desk_hours", "all", INSPECTION, "value"),
)


def effects(study: Study) -> Iterator[Block]:
    """Yield the second section, without its pictures."""
    lang = study.lang
    yield Heading(1, say("brief.head.effects", lang))
    yield clock_table(study)
    table = group_table(study, 0)
    if table is not None:
        yield table
    items = tuple(costs(study, 0))
    if items:
        yield Heading(2, say("brief.head.costs", lang))
        yield Items(items)


def clock_table(study: Study) -> Table:
    """Return the table of both clocks: of each reform a block of rows."""
    lang, many = study.lang, len(study.reforms) > 1
    marks = {study.mark(k) for k in range(len(study.reforms))}
    mark = marks.pop() if len(marks) == 1 else ""
    rows = []
    for k in range(len(study.reforms)):
        for name in CLOCKS:
            effect = study.effect(k, name)
            if effect is None:
                continue
            clock = say(f"brief.row.{effect.flow}.{effect.metric}", lang)
            head = say("brief.row.of", lang, reform=study.name(k), clock=within(clock)) if many else clock
            own = study.mark(k) if not mark else ""
            rows.append(((f"{head}{own}",), *_cells(study, k, name, effect)))
    heads = [say(f"brief.column.{column}", lang) for column in ("clock", "base", "mean", "relative", *SPREAD)]
    return Table(
        "effects",
        say("brief.table.effects", lang),
        (heads[0], f"{heads[1]}{study.port_mark}", *(f"{head}{mark}" for head in heads[2:])),
        tuple(rows),
        (False, True, True, True, True, True, True),
        WIDE if many else NARROW,
        tuple(_notes(study)),
    )


def _cells(study: Study, k: int, name: Name, effect: Effect) -> Iterator[Text]:
    told = Told(study, k, effect, marked=False)
    yield (told.base(),)
    yield cell(study, k, effect, interval=True)
    yield (told.relative(sign=True),) if outcome_of(effect) in ("less", "more") else ("–",)
    yield from (cell(study, k, study.effect(k, (*name[:3], statistic)), interval=False) for statistic in SPREAD)


def _notes(study: Study) -> Iterator[Text]:
    lang = study.lang
    family = sum(item.p_adjusted is not None for one in study.found for item in one.headlines.values())
    digests = study.digests
    runs = counted(len(study.replications), "replications", digests=digests)
    days = counted(study.base.scenario.horizon.days, "days measured", "d", digests=digests)
    if len(study.replications) == 1:
        yield filled("brief.note.one_run", lang, days=days)
        return
    size = counted(family, "numbers judged together", digests=digests)
    yield filled("brief.note.effects", lang, runs=runs, days=days, family=size)
    if any(effect.short for k in range(len(study.reforms)) for name in CLOCKS if (effect := study.effect(k, name))):
        yield filled("brief.note.short", lang)


def group_table(study: Study, k: int) -> Table | None:
    """Return who gains by reform `k` and by how much; None if the port has one kind of box only."""
    lang = study.lang
    flows = ("import", "export")
    rows, to_release = [], False
    for group in _groups(study):
        found = {flow: _of_group(study, k, flow, group) for flow in flows}
        if not any(found.values()):
            continue
        barge = any(
            effect and flow == "import" and effect.metric == "arrival_to_release" for flow, effect in found.items()
        )
        to_release |= barge
        words = group_words(group, study.base.scenario, lang)
        rows.append(
            ((f"{words} *" if barge else words,), *(cell(study, k, found[flow], interval=True) for flow in flows))
        )
    if not rows:
        return None
    mark = study.mark(k)
    heads = [say(f"brief.column.{name}", lang) for name in ("group", "import_change", "export_change")]
    return Table(
        "groups",
        say("brief.table.groups", lang, reform=study.inner(k)),
        (heads[0], f"{heads[1]}{mark}", f"{heads[2]}{mark}"),
        tuple(rows),
        (False, True, True),
        (0.28, 0.36, 0.36),
        (filled("brief.note.to_release", lang),) if to_release else (),
    )


def _groups(study: Study) -> Iterator[str]:
    port = study.base.scenario.timeline.ports[0]
    for names in (tuple(port.customs.traders), tuple(port.traffic.cargo.goods), BY_MODE):
        if len(names) > 1:
            yield from (name for name in names if name not in LEFT_OUT)


def _of_group(study: Study, k: int, flow: str, group: str) -> Effect | None:
    found = (study.effect(k, (metric, flow, group, "mean")) for metric in CLOCKS_OF_GROUPS[flow])
    return next((effect for effect in found if effect is not None), None)


def costs(study: Study, k: int) -> Iterator[Text]:
    """Yield what reform `k` costs: infringements missed, hours of inspectors."""
    days = counted(study.base.scenario.horizon.days, "days measured", "d", digests=study.digests)
    for name in COSTS:
        effect = study.effect(k, name)
        if effect is not None:
            what = filled(f"brief.cost.{name[0]}.{name[1]}", study.lang, days=days)
            change = spoken("brief.cost.change", study, k, effect)
            yield filled("brief.cost.item", study.lang, what=what, change=change)
