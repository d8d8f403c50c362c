"""Trading across borders in the manner of the World Bank: hours and cost at the border and for documents.

The rule. Documents: the stage in which a declaration is prepared, from discharge, or from the box's arrival in the
port, to its lodgement; what is prepared before that is off the clock. Border: handling at the quay and customs, that is
unloading and clearance of imports, clearance and the time from loading to departure of exports. The wait for the
owner's truck, and that of exports for the vessel booked, are the owner's choice and count for neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.facts import world_bank
from sim.brief.fill import filled
from sim.brief.model import Mark, Number, Origin, Table, Text
from sim.brief.numbers import counted, measured, plain
from sim.brief.study import Study
from sim.words import say
from sim.words.numbers import figure

HOURS = {
    "import": {"documents": ("preparation",), "border": ("unloading", "clearance")},
    "export": {"documents": ("preparation",), "border": ("clearance", "vessel_departure")},
}
COST = "charges"


def trade(study: Study) -> Table | None:
    """Return the table; None if the port has neither imports nor exports that went through."""
    lang, facts = study.lang, world_bank()
    rows = [row for flow in HOURS for row in _rows(study, flow)]
    if not rows:
        return None
    heads = [say("brief.column.compliance", lang), f"{say('brief.column.base_alone', lang)}{study.port_mark}"]
    heads += [f"{study.name(k)}{study.mark(k)}" for k in range(len(study.reforms))]
    published = say("brief.column.doing_business", lang)
    width = 0.66 / (len(study.reforms) + 2)
    return Table(
        "trade",
        say("brief.table.trade", lang),
        (*heads, published),
        tuple(rows),
        (False, *(True for _ in heads)),
        (0.34, *(width for _ in heads)),
        (
            filled("brief.note.trade", lang),
            filled(
                "brief.note.trade_published",
                lang,
                grade=say(f"grade.{facts.hours_grade}", lang),
                cost_grade=say(f"grade.{facts.cost_grade}", lang),
                source=facts.cost_source,
                year=plain(counted(facts.year, "year of the data")),
            ),
        ),
    )


def _rows(study: Study, flow: str) -> Iterator[tuple[Text, ...]]:
    facts, lang = world_bank().flows[flow], study.lang
    beside = {"border": facts.border, "documents": facts.documents}
    for what, stages in HOURS[flow].items():
        cells = [_sum(study, k, flow, stages) for k in range(-1, len(study.reforms))]
        if any(cells):
            head = say(f"brief.trade.{flow}.{what}", lang)
            where = f"knowledge: Doing Business {world_bank().year + 1}"
            yield ((head,), *(cell or ("–",) for cell in cells), (measured(beside[what], "h", where),))
    costs = [_sum(study, k, flow, (COST,)) for k in range(-1, len(study.reforms))]
    if any(costs):
        cost = measured(facts.cost, "USD", world_bank().cost_source)
        yield (
            (say(f"brief.trade.{flow}.cost", lang),),
            *(cell or ("–",) for cell in costs),
            filled("brief.trade.usd", lang, cost=cost),
        )


def _sum(study: Study, k: int, flow: str, metrics: tuple[str, ...]) -> Text:
    """Return the sum of the means of some stages, of the base (-1) or a reform; nothing if one is missing."""
    effects = [study.effect(max(k, 0), (metric, flow, "all", "mean")) for metric in metrics]
    there = [effect for effect in effects if effect is not None]
    if len(there) < len(effects):
        return ()
    value = sum(effect.base if k < 0 else effect.reform for effect in there)
    digest = (study.base if k < 0 else study.reforms[k]).scenario.digest
    name = f"{' + '.join(metrics)}.{flow}.all.mean"
    runs = tuple(range(min(effect.n for effect in there)))
    mark: Mark = ""
    number = Number(
        figure(value, there[0].unit), value, there[0].unit, Origin("result", (digest,), name, "mean", runs), mark
    )
    return filled("brief.trade.cny", study.lang, cost=number) if metrics == (COST,) else (number,)
