"""The 95 % intervals hold the true value in 95 % of cases; whoever makes them narrower is told.

The band of the long tests is that of 1,000 experiments; the quick one takes a shorter line and fewer of them.
"""

from __future__ import annotations

import pytest

from sim.experiment import statistics
from tests.coverage.cases import MAIN, port, single
from tests.coverage.kept import Kept
from tests.coverage.single_server import Line
from tests.coverage.study import Case, Coverage, Rows, Size, study
from tests.experiment.scenarios import scenario

BAND = (0.935, 0.965)
QUICK, QUICK_BAND = Size(experiments=120), (0.90, 0.99)
STATISTICS = {"mean", "p50", "p90", "p95"}


def remembered(case: Case) -> Case:
    """Return the case with runs that are made once."""
    made: dict[int, tuple[Rows, Rows]] = {}

    def runs(replication: int) -> tuple[Rows, Rows]:
        if replication not in made:
            made[replication] = case.runs(replication)
        return made[replication]

    return Case(case.key, case.how, runs, case.true)


@pytest.fixture(scope="module")
def quick() -> Case:
    return remembered(single(Line(boxes=300, load=0.15)))


def outside(rows: list[Coverage], band: tuple[float, float]) -> dict[str, float]:
    """Return what is held too seldom or too often."""
    return {
        f"{row.group} {row.statistic}{' difference' * row.difference}": row.share
        for row in rows
        if not band[0] <= row.share <= band[1]
    }


def asked(rows: list[Coverage], group: str = "all") -> list[Coverage]:
    """Return the rows of mean and percentiles of one group, of which there are those of the base and differences."""
    chosen = [row for row in rows if row.statistic in STATISTICS and row.group == group]
    assert {(row.statistic, row.difference) for row in chosen} == {(s, d) for s in STATISTICS for d in (False, True)}
    return chosen


def together(rows: list[Coverage]) -> float:
    """Return the share of all intervals that held: it strays less than that of one number."""
    return sum(row.held for row in rows) / sum(row.experiments for row in rows)


def test_the_intervals_hold_the_truth_of_a_single_server(quick: Case) -> None:
    rows = asked(study(quick, QUICK, scenario()))
    assert not outside(rows, QUICK_BAND)
    assert BAND[0] <= together(rows) <= BAND[1]


def test_intervals_by_the_normal_distribution_would_not(quick: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "_quantile", lambda freedom: 1.96)
    assert together(asked(study(quick, QUICK, scenario()))) < BAND[0]


def test_nor_would_those_about_a_wrong_value(quick: Case) -> None:
    wrong = {key: (1.03 * base, 1.03 * reform) for key, (base, reform) in quick.true(0).items()}
    rows = asked(study(Case(quick.key, quick.how, quick.runs, lambda _: wrong), Size(30), scenario()))
    assert together(rows) < BAND[0]
    assert outside(rows, QUICK_BAND)


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
def test_a_thousand_experiments_on_a_single_server() -> None:
    assert not outside(asked(study(single(MAIN), Size(1000), scenario())), BAND)


@pytest.mark.long
@pytest.mark.timeout(8 * 3600)
def test_a_thousand_experiments_on_a_small_port() -> None:
    size, kept = Size(1000), Kept(seed=1)
    kept.fill(size.experiments * size.per_interval)
    assert not outside(asked(study(port(kept, size), size, scenario())), BAND)
