"""From the table of a sweep to its charts: which number over which levers, and where they are saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import heatmap, lines, style
from sim.charts.save import save
from sim.charts.sweep_points import Name, SweepPoint, SweepTable
from sim.charts.table import Footing, Interval
from sim.policies import catalogue
from sim.scenario.grades import grades
from sim.words import LANGS, Lang, say
from sim.words.names import line_words

if TYPE_CHECKING:
    import polars

    from sim.experiment.sweep import SweepResult
    from sim.scenario.sweep import Sweep

MOST_CHARTS = 4
KEY = ("metric", "flow", "group", "statistic", "unit")


def save_sweep_charts(result: SweepResult, lang: Lang) -> Path | None:
    """Draw and save a chart of each of the first numbers; return their folder, None if no point has numbers.

    Charts of an older table are removed, in the other language too; those of this one are left as they are.
    """
    folder = result.folder / "charts" / lang
    if not result.untouched:
        shutil.rmtree(folder.parent, ignore_errors=True)
    elif folder.is_dir():
        return folder
    drawn = 0
    with style.styled():
        for table in _tables(result):
            figure = heatmap.draw(table, lang) if heatmap.fits(table) else lines.draw(table, lang)
            save(figure, table, folder / table.number.path.replace(" ", "_"))
            drawn += 1
    return folder if drawn else None


def _tables(result: SweepResult) -> Iterator[SweepTable]:
    import polars as pl

    scan = pl.scan_parquet(result.table).filter(pl.col("metric").is_not_null())
    keys = scan.select(KEY).unique(maintain_order=True).head(MOST_CHARTS).collect().rows()
    base, levers = result.base, lever_names(result.sweep)
    footing = Footing(version("nansha-sim"), result.sweep.content.replications, base.horizon.days, grades(base))
    for metric, flow, group, statistic, unit in keys:
        wanted = {"metric": metric, "flow": flow, "group": group, "statistic": statistic}
        frame = scan.filter(*(pl.col(name) == value for name, value in wanted.items())).sort("point").collect()
        words = {lang: _number_words((metric, flow, group, statistic), result, lang) for lang in LANGS}
        name = Name(".".join(wanted.values()), words["zh"], words["en"])
        yield SweepTable(name, unit or "", levers, tuple(_points(frame, levers)), footing, base.digest)


def _points(frame: polars.DataFrame, levers: tuple[Name, ...]) -> Iterator[SweepPoint]:
    nan = float("nan")
    for row in frame.iter_rows(named=True):
        low, high = (nan if row[end] is None else row[end] for end in ("low", "high"))
        values = tuple(row[name.path] for name in levers)
        yield SweepPoint(values, Interval(row["value"], low, high), row["digest"])


def _number_words(key: tuple[str, str, str, str], result: SweepResult, lang: Lang) -> str:
    metric, flow, group, statistic = key
    words = line_words(metric, flow, group, result.base, lang)
    if statistic in ("mean", "value", "count"):
        return words
    return say("mark.comma", lang).join((words, say(f"statistic.{statistic}", lang)))


def lever_names(sweep: Sweep) -> tuple[Name, ...]:
    """Return what the levers are called: as the sweep says, a policy by its title, a value of the port by its path."""
    given = sweep.content.names
    paths = [lever.path for lever in sweep.levers]
    return tuple(Name(p, given[p].zh, given[p].en) if p in given else _lever_name(p) for p in paths)


def _lever_name(path: str) -> Name:
    keys = path.split(".")
    policy = catalogue().get(keys[1]) if keys[0] == "policies" and len(keys) > 1 else None
    if policy is None:
        return Name(path, path, path)
    info = policy.levers.get(keys[2]) if len(keys) > 2 else None
    if info is None:
        return Name(path, policy.zh, policy.en)
    return Name(path, info.zh, info.en)
