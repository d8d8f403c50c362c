"""Every number is in the store, under the digests, the metric and the replications that its origin names."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import t as student

from sim.brief import traced
from sim.brief.model import Number
from sim.words import LANGS, Lang
from sim.words.numbers import figure
from tests.brief.small import Small
from tests.brief.words_of import results_in, table

OF_EFFECT = (
    "base",
    "reform",
    "difference",
    "low",
    "high",
    "size",
    "size_low",
    "size_high",
    "relative",
    "relative_size",
)
BY_ITSELF = ("mean", "value", "count")
"""Statistics whose mean over replications is plain; percentiles are pooled."""


def stored(root: Path, digest: str, metric: str, replications: tuple[int, ...]) -> list[float]:
    """Return the values of a metric as they lie in the store."""
    name, flow, group, statistic = metric.split(".")
    values = []
    for number in replications:
        rows = pl.read_parquet(root / digest / str(number) / "metrics.parquet")
        wanted = {"metric": name, "flow": flow, "group": group, "statistic": statistic}
        values += rows.filter(**wanted)["value"].to_list()
    return values


def expected(number: Number, base: list[float], reform: list[float]) -> float:
    """Return what a number of an effect should be."""
    changes = np.array(reform) - np.array(base)
    mean, n = float(changes.mean()), len(changes)
    half = float(student.ppf(0.975, n - 1)) * float(changes.std(ddof=1)) / math.sqrt(n)
    ends = sorted((abs(mean - half), abs(mean + half)))
    relative = mean / float(np.mean(base)) if np.mean(base) else math.nan
    return {
        "base": float(np.mean(base)),
        "reform": float(np.mean(reform)),
        "difference": mean,
        "low": mean - half,
        "high": mean + half,
        "size": abs(mean),
        "size_low": ends[0],
        "size_high": ends[1],
        "relative": relative,
        "relative_size": abs(relative),
    }[number.origin.part]


def test_numbers_of_effects_are_those_of_the_stored_runs(small: Small) -> None:
    base, package = (small.results[name].scenario.digest for name in ("base", "package"))
    found = [n for n in results_in(small.brief("en", "package")) if n.origin.part in OF_EFFECT]
    found = [n for n in found if n.origin.metric.rpartition(".")[2] in BY_ITSELF]
    assert len(found) > 60
    for number in found:
        runs = number.origin.replications
        assert runs == (0, 1, 2, 3, 4)
        sides = [stored(small.root, digest, number.origin.metric, runs) for digest in (base, package)]
        assert number.value == pytest.approx(expected(number, *sides), rel=1e-9, abs=1e-12), number
        assert set(number.origin.digests) <= {base, package}
        assert number.text.strip("+−") == figure(abs(number.value), number.unit).strip("−")


def test_numbers_of_the_release_study_are_those_of_the_stored_boxes(small: Small) -> None:
    digest = small.results["base"].scenario.digest
    horizon = small.results["base"].scenario.horizon
    boxes = pl.read_parquet(small.root / digest / "0" / "boxes.parquet").filter(
        pl.col("flow") == "import", pl.col("t_arrived").is_between(*horizon.window, closed="left")
    )
    hours = boxes.with_columns(
        clock=pl.col("t_released") - pl.col("t_arrived"),
        closed=pl.sum_horizontal("lodge_closed", "review_closed", "scan_closed", "examine_closed"),
    ).filter(pl.col("clock").is_not_null())
    found = {n.origin.part: n for n in results_in(small.brief("en", "package"))
             if n.origin.metric == "boxes.import.all.arrival_to_release" and n.origin.digests == (digest,)}  # fmt: skip
    clock, working = hours["clock"], hours["clock"] - hours["closed"]
    assert found["count"].value == len(clock)
    assert found["mean"].value == pytest.approx(clock.mean())
    assert found["median"].value == pytest.approx(clock.median())
    assert (found["least"].value, found["most"].value) == pytest.approx((clock.min(), clock.max()))
    assert found["working mean"].value == pytest.approx(working.clip(0).mean(), rel=1e-6)
    assert found["working mean"].value < found["mean"].value
    assert found["mean"].origin.replications == (0,)


def test_channels_and_ways_share_out_the_boxes(small: Small) -> None:
    counts = {
        n.origin.metric: n.value
        for n in results_in(small.brief("en", "package"))
        if n.origin.part == "count" and n.origin.digests == (small.results["base"].scenario.digest,)
    }
    for groups in (("green", "yellow", "red"), ("by_road", "by_barge")):
        parts = [counts.get(f"boxes.import.{group}.arrival_to_release", 0) for group in groups]
        assert sum(parts) == counts["boxes.import.all.arrival_to_release"]


def test_money_is_in_proportion_to_the_hours_prices_and_boxes(small: Small) -> None:
    brief = small.brief("en", "package")
    found = {n.origin.part: n for n in results_in(brief) if n.origin.metric.startswith("time_cost_high.import")}
    low, high = found["size_at_low_price"], found["size_at_high_price"]
    assert high.value / low.value == pytest.approx(0.021 / 0.006)
    boxes = found["mean_a_year"].value
    assert found["size_at_high_price_a_year"].value == pytest.approx(high.value * boxes / 1e6)
    chinese = {n.origin.part: n for n in results_in(small.brief("zh", "package"))
               if n.origin.metric.startswith("time_cost_high.import")}  # fmt: skip
    assert chinese["size_at_high_price_a_year"].value == pytest.approx(high.value * boxes / 1e4)


def test_both_languages_have_the_same_numbers(small: Small) -> None:
    sides = [
        sorted((n.origin.metric, n.origin.part, n.value) for n in results_in(small.brief(lang, "package"))
               if not n.origin.part.endswith("_a_year"))
        for lang in LANGS
    ]  # fmt: skip
    assert sides[0] == sides[1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_numbers_has_each_with_its_place(small: Small, lang: Lang) -> None:
    brief = small.brief(lang, "package")
    rows = traced.rows(brief)
    assert all(tuple(row) == traced.COLUMNS for row in rows)
    assert all(row["place"] and row["text"] for row in rows)
    assert all(row["digests"] and row["replications"] for row in rows if row["kind"] == "result")
    of_table = [
        row for row in rows if row["place"].startswith("effects:") and row["metric"].endswith("import.all.mean")
    ]
    marks = {row["part"]: row["mark"] for row in of_table}
    assert (marks["base"], marks["difference"]) == ("†", "‡")
    assert {row["replications"] for row in of_table} == {"0-4"}


def test_compliance_is_the_sum_of_its_stages(small: Small) -> None:
    brief = small.brief("en", "package")
    digest = small.results["base"].scenario.digest
    border = next(row for row in table(brief, "trade").rows if row[0] == ("Import, border, h",))
    parts = [stored(small.root, digest, f"{stage}.import.all.mean", range(5)) for stage in ("unloading", "clearance")]  # type: ignore[arg-type]
    number = border[1][0]
    assert isinstance(number, Number)
    assert number.value == pytest.approx(sum(float(np.mean(part)) for part in parts))
