"""From what attributions and sensitivities found to the tables of waterfalls and tornados."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.charts.of_results import footing_of, interval_of, label_of
from sim.charts.table import Interval
from sim.charts.tornado import Blade, TornadoTable
from sim.charts.waterfall import Step, WaterfallTable
from sim.words.names import policy_words, subject_words

if TYPE_CHECKING:
    from sim.experiment.attribute import Attribution
    from sim.experiment.ends import Ends
    from sim.experiment.findings import Found, Share
    from sim.scenario import Scenario

NAN = float("nan")


def waterfall_table(found: Attribution, base: Scenario, reform: Scenario) -> WaterfallTable:
    """Return an attribution as a chart draws it: the largest share first."""
    shares = sorted(found.shares, key=lambda share: -abs(share.share.mean))
    return WaterfallTable(
        found.subject.name,
        subject_words(found.subject, reform, "zh"),
        subject_words(found.subject, reform, "en"),
        found.subject.unit,
        interval_of(found.base),
        interval_of(found.reform),
        tuple(
            Step(
                *(share.policy, policy_words(share.policy, "zh"), policy_words(share.policy, "en")),
                interval_of(share.share),
            )
            for share in shares
        ),
        (label_of(base), label_of(reform)),
        footing_of(reform, found.total.n),
    )


def tornado_table(found: Found, base: Scenario) -> TornadoTable:
    """Return what was found of the scenario's uncertain values, as a chart draws it; base: the scenario as it is."""
    return TornadoTable(
        found.subject.name,
        subject_words(found.subject, base, "zh"),
        subject_words(found.subject, base, "en"),
        found.subject.unit,
        found.effect,
        interval_of(found.number),
        tuple(_blade(found, k, ends) for k, ends in enumerate(found.leading)),
        label_of(base),
        footing_of(base, found.replications),
    )


def _blade(found: Found, k: int, ends: Ends) -> Blade:
    item = ends.item
    return Blade(
        item.path,
        item.grade,
        item.unit,
        (item.low, item.value, item.high),
        interval_of(ends.low.number),
        interval_of(ends.high.number),
        found.size[k],
        found.spread[k],
        _index(found.first, k),
        _index(found.total, k),
    )


def _index(shares: tuple[Share, ...], k: int) -> Interval:
    """Return a share of variance; NaN where the number never changed."""
    return Interval(shares[k].value, shares[k].low, shares[k].high) if shares else Interval(NAN, NAN, NAN)
