"""What the time is worth, with both bounds: the capital bound in the goods, and what shippers pay to save a day."""

from __future__ import annotations

from collections.abc import Iterator

from sim.brief.fill import filled, sentences
from sim.brief.model import Mark, Number, Origin, Text
from sim.brief.numbers import metric_name, of_input, replications_of
from sim.brief.phrases import OUT, outcome_of
from sim.brief.study import Study, shown
from sim.experiment.compare import Effect
from sim.port.units import Quantity
from sim.words import say
from sim.words.numbers import figure

DAYS_A_YEAR = 365.0
LOW, HIGH = "time_cost_low", "time_cost_high"
STEPS = {"zh": ((1e8, "CNY_100M"), (1e4, "CNY_10k")), "en": ((1e6, "CNY_million"),)}
"""Language -> so many yuan in one of the units that sums are told in, the largest first."""


def worth(study: Study, k: int) -> Text:
    """Return the paragraph on the value of the time that reform `k` saves or costs."""
    willingness = study.price("willingness")
    if willingness is None:
        return filled("brief.money.no_prices", study.lang)
    told: set[str] = set()
    return sentences((_flow(study, k, flow, willingness, told) for flow in _flows(study, k)), study.lang)


def _flows(study: Study, k: int) -> Iterator[str]:
    yield from (flow for flow in ("import", "export") if study.effect(k, (HIGH, flow, "all", "mean")) is not None)


def _flow(study: Study, k: int, flow: str, willingness: Quantity, told: set[str]) -> Text:
    """Return the sentence on one flow; told: what was said before of others, so that the prices are said once."""
    low, high = (study.effect(k, (metric, flow, "all", "mean")) for metric in (LOW, HIGH))
    assert low is not None  # both are of the same boxes
    assert high is not None
    outcome, lang = outcome_of(high), study.lang
    clock = next(effect for effect in (study.effect(k, OUT[flow]), high) if effect is not None)
    if outcome in ("less", "more") and not shown(clock):
        outcome = "not_shown"  # no money for hours that are not shown
    if outcome not in ("less", "more"):
        key = "same" if outcome == "same" else "not_shown"
        return filled(f"brief.money.{key}", lang, flow=say(f"brief.money.boxes.{flow}", lang))
    key = f"also_{outcome}" if outcome in told else outcome
    told.add(outcome)
    prices = _Prices(study, k, willingness)
    boxes = _boxes_a_year(study, flow)
    ends = [prices.scaled(high, end) for end in ("low", "high")]
    year, *year_ends = (_of_year(number, boxes.value, lang) for number in (prices.of(low), *ends))
    return filled(
        f"brief.money.{key}",
        lang,
        flow=say(f"brief.money.box.{flow}", lang),
        holding=prices.of(low),
        least=ends[0],
        most=ends[1],
        rate_low=prices.rate("low"),
        rate_high=prices.rate("high"),
        boxes=boxes,
        year=(year, say(f"brief.money.unit.{year.unit}", lang)),
        year_least=(year_ends[0], say(f"brief.money.unit.{year_ends[0].unit}", lang)),
        year_most=(year_ends[1], say(f"brief.money.unit.{year_ends[1].unit}", lang)),
    )


class _Prices:
    """The value of the hours of a box, at the prices of the port and at the ends of what a day is worth to shippers."""

    def __init__(self, study: Study, k: int, willingness: Quantity) -> None:
        self._study, self._k, self._willingness = study, k, willingness
        self._mark: Mark = "‡" if study.mark(k) == "‡" else study.price_mark("value_of_goods", "holding", "willingness")

    def of(self, effect: Effect) -> Number:
        """Return the value at the port's own price [CNY/box]."""
        return self._number(effect, abs(effect.difference), "size")

    def scaled(self, effect: Effect, end: str) -> Number:
        """Return the value at one end of the range of the price: it is in proportion to it."""
        price = self._end(end)
        return self._number(effect, abs(effect.difference) * price / self._willingness.value, f"size_at_{end}_price")

    def rate(self, end: str) -> Number:
        """Return one end of the range of the price [share of the value of the goods a day]."""
        part = end if getattr(self._willingness, end) is not None else "value"
        return of_input("costs.willingness", self._willingness, part=part)

    def _end(self, end: str) -> float:
        price = getattr(self._willingness, end)
        return float(self._willingness.value if price is None else price)

    def _number(self, effect: Effect, value: float, part: str) -> Number:
        study, k = self._study, self._k
        digests = study.base.scenario.digest, study.reforms[k].scenario.digest
        name = metric_name((effect.metric, effect.flow, effect.group, effect.statistic))
        origin = Origin("result", digests, name, part, replications_of(study, k, effect))
        return Number(figure(value, effect.unit), value, effect.unit, origin, self._mark)


def _boxes_a_year(study: Study, flow: str) -> Number:
    """Return the boxes of the measured days at the pace of a year, to a thousand where there are so many."""
    summary = study.summary((HIGH, flow, "all", "count"))
    assert summary is not None  # whoever has a mean has a count
    value = summary.mean * DAYS_A_YEAR / study.base.scenario.horizon.days
    origin = Origin(
        "result", (study.base.scenario.digest,), f"{HIGH}.{flow}.all.count", "mean_a_year", tuple(range(summary.n))
    )
    return Number(figure(value, "boxes"), value, "boxes", origin, study.port_mark)


def _of_year(number: Number, boxes: float, lang: str) -> Number:
    """Return the value of a year of boxes, in the unit that the language tells such sums in."""
    yuan = number.value * boxes
    step, unit = next((step for step in STEPS[lang] if yuan >= step[0]), STEPS[lang][-1])
    value = yuan / step
    origin = Origin(
        "result",
        number.origin.digests,
        number.origin.metric,
        f"{number.origin.part}_a_year",
        number.origin.replications,
    )
    return Number(figure(value, unit), value, unit, origin, number.mark)
