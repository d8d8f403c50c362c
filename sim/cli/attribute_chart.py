"""The waterfalls that an attribution saves beside its results."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import style, waterfall
from sim.charts.of_findings import waterfall_table
from sim.charts.save import save
from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment.attribute import Attribution, Plan


def save_waterfalls(what: Plan, found: tuple[Attribution, ...], out: Path, lang: Lang) -> Path:
    """Draw and save a waterfall of each number and return their folder."""
    reform, base = what.switches.reform, what.switches.scenario(0)
    content = f"{base.digest} {reform.digest} {reform.replications} {what.coalitions}"
    folder = out / "charts" / f"{reform.name}-attribute-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
    with style.styled():
        for attribution in found:
            table = waterfall_table(attribution, base, reform)
            save(waterfall.draw(table, lang), table, folder / f"waterfall_{attribution.subject.name.replace('.', '_')}")
    return folder
