"""From attributions to waterfalls: the tables that they are drawn from, and where they are saved."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import style, waterfall
from sim.charts.save import save
from sim.charts.table import Footing, Interval, Label
from sim.charts.waterfall import Step, WaterfallTable
from sim.scenario.grades import grades
from sim.words import Lang
from sim.words.names import policy_words, subject_words

if TYPE_CHECKING:
    from sim.experiment import statistics
    from sim.experiment.attribute import Attribution, Plan


def save_waterfalls(what: Plan, found: tuple[Attribution, ...], out: Path, lang: Lang) -> Path:
    """Draw and save a waterfall of each number and return their folder."""
    reform, base = what.switches.reform, what.switches.scenario(0)
    content = f"{base.digest} {reform.digest} {reform.replications} {what.coalitions}"
    folder = out / "charts" / f"{reform.name}-attribute-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
    with style.styled():
        for attribution in found:
            table = _table(what, attribution)
            save(waterfall.draw(table, lang), table, folder / f"waterfall_{attribution.subject.name.replace('.', '_')}")
    return folder


def _table(what: Plan, found: Attribution) -> WaterfallTable:
    reform, base = what.switches.reform, what.switches.scenario(0)
    shares = sorted(found.shares, key=lambda share: -abs(share.share.mean))
    return WaterfallTable(
        found.subject.name,
        subject_words(found.subject, reform, "zh"),
        subject_words(found.subject, reform, "en"),
        found.subject.unit,
        _interval(found.base),
        _interval(found.reform),
        tuple(
            Step(
                share.policy, policy_words(share.policy, "zh"), policy_words(share.policy, "en"), _interval(share.share)
            )
            for share in shares
        ),
        (Label(base.zh, base.en, base.digest), Label(reform.zh, reform.en, reform.digest)),
        Footing(version("nansha-sim"), reform.replications, reform.horizon.days, grades(reform)),
    )


def _interval(found: statistics.Interval) -> Interval:
    nan = float("nan")
    return Interval(found.mean, nan if found.low is None else found.low, nan if found.high is None else found.high)
