"""From the table of a sweep to what its charts are drawn from: a number over the levers."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from sim.charts import heatmap, lines
from sim.charts.of_results import footing_of
from sim.charts.sweep_points import Name, SweepPoint, SweepTable
from sim.charts.table import Interval
from sim.policies import catalogue
from sim.words import LANGS, Lang, say
from sim.words.names import line_words

if TYPE_CHECKING:
    import polars

    from sim.experiment.sweep_recall import SweepSource

MOST_CHARTS = 4
KEY = ("metric", "flow", "group", "statistic", "unit")


def sweep_tables(source: SweepSource) -> Iterator[SweepTable]:
    """Yield a table for each of the first numbers of a sweep; none if no point has numbers."""
    import polars as pl

    scan = pl.scan_parquet(source.table).filter(pl.col("metric").is_not_null())
    keys = scan.select(KEY).unique(maintain_order=True).head(MOST_CHARTS).collect().rows()
    columns = scan.collect_schema().names()
    levers = lever_names(source, columns[columns.index("point") + 1 : columns.index("metric")])
    for metric, flow, group, statistic, unit in keys:
        wanted = {"metric": metric, "flow": flow, "group": group, "statistic": statistic}
        frame = scan.filter(*(pl.col(name) == value for name, value in wanted.items())).sort("point").collect()
        words = {lang: _number_words((metric, flow, group, statistic), source, lang) for lang in LANGS}
        name = Name(".".join(wanted.values()), words["zh"], words["en"])
        footing = footing_of(source.base, source.replications)
        yield SweepTable(name, unit or "", levers, tuple(_points(frame, levers)), footing, source.base.digest)


def figure_of(table: SweepTable) -> ModuleType:
    """Return which figure a table is drawn as: a heat map of a whole grid over two levers, else lines."""
    return heatmap if heatmap.fits(table) else lines


def _points(frame: polars.DataFrame, levers: tuple[Name, ...]) -> Iterator[SweepPoint]:
    nan = float("nan")
    for row in frame.iter_rows(named=True):
        low, high = (nan if row[end] is None else row[end] for end in ("low", "high"))
        values = tuple(row[name.path] for name in levers)
        yield SweepPoint(values, Interval(row["value"], low, high), row["digest"])


def _number_words(key: tuple[str, str, str, str], source: SweepSource, lang: Lang) -> str:
    metric, flow, group, statistic = key
    words = line_words(metric, flow, group, source.base, lang)
    if statistic in ("mean", "value", "count"):
        return words
    return say("mark.comma", lang).join((words, say(f"statistic.{statistic}", lang)))


def lever_names(source: SweepSource, paths: list[str]) -> tuple[Name, ...]:
    """Return what the levers are called: as the sweep says, a policy by its title, a value of the port by its path."""
    given = source.names
    return tuple(Name(path, *given[path]) if path in given else _lever_name(path) for path in paths)


def _lever_name(path: str) -> Name:
    keys = path.split(".")
    policy = catalogue().get(keys[1]) if keys[0] == "policies" and len(keys) > 1 else None
    if policy is None:
        return Name(path, path, path)
    info = policy.levers.get(keys[2]) if len(keys) > 2 else None
    if info is None:
        return Name(path, policy.zh, policy.en)
    return Name(path, info.zh, info.en)
