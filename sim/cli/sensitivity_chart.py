"""From what was found to the tornado: the table that it is drawn from, and where it is saved."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import style, tornado
from sim.charts.save import save
from sim.charts.table import Footing, Interval, Label
from sim.charts.tornado import Blade, TornadoTable
from sim.scenario.grades import grades
from sim.words import Lang
from sim.words.names import subject_words

if TYPE_CHECKING:
    from sim.experiment.sensitivity import Sensitivity
    from sim.experiment.sobol import Index
    from sim.experiment.statistics import Interval as Estimate

NAN = float("nan")


def save_tornado(found: Sensitivity, out: Path, lang: Lang) -> Path:
    """Draw and save the tornado and return its folder."""
    base, plan = found.plan.template.base, found.plan
    content = f"{base.digest} {found.subject.name} {plan.effect} {plan.size}"
    folder = out / "charts" / f"{base.name}-sensitivity-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
    table = _table(found)
    with style.styled():
        save(tornado.draw(table, lang), table, folder / "tornado")
    return folder


def _table(found: Sensitivity) -> TornadoTable:
    base = found.plan.template.base
    places = {item.path: k for k, item in enumerate(found.inputs)}
    blades = tuple(
        Blade(
            ends.item.path,
            ends.item.grade,
            ends.item.unit,
            (ends.item.low, ends.item.value, ends.item.high),
            _interval(ends.low.number),
            _interval(ends.high.number),
            float(found.screening.size[places[ends.item.path]]),
            float(found.screening.spread[places[ends.item.path]]),
            _share(found.indices.first if found.indices else None, k),
            _share(found.indices.total if found.indices else None, k),
        )
        for k, ends in enumerate(found.leading)
    )
    return TornadoTable(
        found.subject.name,
        subject_words(found.subject, base, "zh"),
        subject_words(found.subject, base, "en"),
        found.subject.unit,
        found.plan.effect,
        _interval(found.number),
        blades,
        Label(base.zh, base.en, base.digest),
        Footing(version("nansha-sim"), found.plan.size.replications, base.horizon.days, grades(base)),
    )


def _interval(found: Estimate | None) -> Interval:
    if found is None:
        return Interval(NAN, NAN, NAN)
    return Interval(found.mean, NAN if found.low is None else found.low, NAN if found.high is None else found.high)


def _share(index: Index | None, k: int) -> Interval:
    if index is None:
        return Interval(NAN, NAN, NAN)
    return Interval(float(index.value[k]), float(index.low[k]), float(index.high[k]))
