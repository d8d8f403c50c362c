"""The charts that a sweep saves beside its table."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sim.words import Lang

if TYPE_CHECKING:
    from sim.experiment.sweep import SweepResult


def save_sweep_charts(result: SweepResult, lang: Lang) -> Path | None:
    """Draw and save a chart of each of the first numbers; return their folder, None if no point has numbers.

    Charts of an older table are removed, in the other language too; those of this one are left as they are.
    """
    folder = result.folder / "charts" / lang
    if not result.untouched:
        shutil.rmtree(folder.parent, ignore_errors=True)
    elif folder.is_dir():
        return folder
    from sim.charts import style  # not before: a sweep that is done already has them drawn
    from sim.charts.of_sweeps import figure_of, sweep_tables
    from sim.charts.save import save
    from sim.experiment.sweep_recall import source_of

    drawn = 0
    with style.styled():
        for table in sweep_tables(source_of(result)):
            save(figure_of(table).draw(table, lang), table, folder / table.number.path.replace(" ", "_"))
            drawn += 1
    return folder if drawn else None
