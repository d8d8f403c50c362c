"""Which intervals are marked as not to be trusted."""

from __future__ import annotations

import numpy as np

from sim.experiment import compare, summarise
from sim.experiment.result import Outcome, ScenarioResult
from sim.experiment.short_runs import FEWEST, short
from sim.records import MetricRow
from tests.coverage.single_server import Line
from tests.experiment.scenarios import scenario


def result(line: Line, replications: int = 10, name: str = "base") -> ScenarioResult:
    outcomes = (Outcome(tuple(line.rows(3, number)), (), (), 0.0) for number in range(replications))
    return ScenarioResult(scenario(name), tuple(outcomes))


def marked(line: Line, replications: int = 10) -> set[str]:
    return {item.statistic for item in summarise(result(line, replications)) if item.short}


def test_long_runs_are_not_marked() -> None:
    """But for the share within 48 h, beyond which one box in 3,000 lies."""
    assert marked(Line(4000, load=0.5)) <= {"within_48h"}


def test_runs_too_short_for_their_queue_are_marked() -> None:
    assert marked(Line(200, load=0.9)) >= {"mean", "p90", "p95"}


def test_few_boxes_are_marked_at_the_tail_first() -> None:
    """Of boxes that have nothing to do with another a few dozen are enough for a mean, not for a 95th percentile."""
    assert marked(Line(30, load=0.1)) >= {"p95"}
    assert "mean" not in marked(Line(100, load=0.1))


def test_a_median_is_never_marked_nor_what_a_few_runs_say() -> None:
    assert "p50" not in marked(Line(30, load=0.9))
    assert marked(Line(30, load=0.9), replications=FEWEST)
    assert marked(Line(30, load=0.9), replications=FEWEST - 1) == set()


def test_a_difference_is_marked_if_either_side_is() -> None:
    long, brief = result(Line(4000, load=0.5)), result(Line(200, load=0.9), name="reform")
    for pair in ((long, brief), (brief, long)):
        assert {effect.statistic for effect in compare(*pair) if effect.short} >= {"mean", "p90", "p95"}
    assert {effect.statistic for effect in compare(long, long) if effect.short} <= {"within_48h"}


def test_a_share_is_marked_by_the_rarer_of_the_share_and_its_rest() -> None:
    def of(shares: list[float]) -> bool:
        rows = [(MetricRow("found_share", "import", "all", "value", share, "share"),) for share in shares]
        return bool(short(ScenarioResult(scenario(), tuple(Outcome(r, (), (), 0.0) for r in rows)).values()))

    spread = np.linspace(-0.02, 0.02, 10)
    assert not of((0.5 + spread).tolist())
    assert of((0.02 + spread).tolist())
    assert of((0.98 + spread).tolist())


def test_what_has_no_spread_of_boxes_is_not_judged() -> None:
    rows = [(MetricRow("quay_teu", "all", "all", "value", float(teu), "TEU"),) for teu in (1, 10, 100, 1000, 10000)]
    assert not short(ScenarioResult(scenario(), tuple(Outcome(r, (), (), 0.0) for r in rows)).values())
