"""The tornado that a sensitivity saves beside its results."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import style, tornado
from sim.charts.of_findings import tornado_table
from sim.charts.save import save
from sim.experiment.findings import found_of
from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment.sensitivity import Sensitivity


def save_tornado(found: Sensitivity, out: Path, lang: Lang) -> Path:
    """Draw and save the tornado and return its folder."""
    base, plan = found.plan.template.base, found.plan
    content = f"{base.digest} {found.subject.name} {plan.effect} {plan.size}"
    folder = out / "charts" / f"{base.name}-sensitivity-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
    table = tornado_table(found_of(found), base)
    with style.styled():
        save(tornado.draw(table, lang), table, folder / "tornado")
    return folder
