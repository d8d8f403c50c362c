"""Official clocks, stages and groups of import boxes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.clearance import clocks, stages
from sim.metrics.groups import choose
from sim.records import Channel, Flow
from tests.metrics.logs import Measured, boxes, log

NAN = float("nan")
STAGES = ("unloading", "preparation", "clearance", "pick_up")


def test_the_two_official_clocks_are_kept_apart() -> None:
    ask = Measured(log(boxes=boxes({}, {"t_released": 60.0, "t_gate_out": 150.0})))
    assert ask("arrival_to_release", "mean") == 50.0
    assert ask("arrival_to_gate_out", "mean") == 125.0
    assert ask.unit("arrival_to_release", "mean") == "h"


def test_the_four_stages_of_a_box() -> None:
    ask = Measured(log(boxes=boxes({})))
    assert [ask(stage, "mean") for stage in STAGES] == [8.0, 22.0, 10.0, 60.0]


def test_a_box_lodged_before_it_came_needs_no_preparation() -> None:
    ask = Measured(log(boxes=boxes({"t_lodged": -12.0})))
    assert [ask(stage, "mean") for stage in STAGES] == [8.0, 0.0, 32.0, 60.0]


def test_stages_add_up_box_by_box_and_in_the_mean() -> None:
    times = np.random.default_rng(1)
    rows = []
    for _ in range(50):
        arrived, hours = times.uniform(0, 100), times.exponential(20, 4)
        off, lodged = arrived + hours[0], arrived + times.normal(20, 30)
        released = max(off, lodged) + hours[1]
        out = released + hours[2] if hours[3] > 5 else NAN
        row = {"t_arrived": arrived, "t_discharged": off, "t_lodged": lodged, "t_released": released}
        rows.append(row | {"t_gate_out": out})
    chosen = choose(log(boxes=boxes(*rows)), Flow.IMPORT)
    total = clocks(chosen)["arrival_to_gate_out"]
    through = np.isfinite(total)
    np.testing.assert_allclose(sum(stages(chosen).values())[through], total[through], atol=1e-9)
    assert not through.all()
    ask = Measured(log(boxes=boxes(*rows)))
    means = [ask(stage, "mean") for stage in STAGES]
    assert None not in means
    assert sum(mean for mean in means if mean) == pytest.approx(ask("arrival_to_gate_out", "mean"))


def test_quantiles_are_linear_and_shares_count_the_limit_itself() -> None:
    released = [10.0, 24.0, 30.0, 48.0, 60.0]
    ask = Measured(log(boxes=boxes(*({"t_released": t} for t in released))))
    assert ask("arrival_to_release", "p50") == 30.0
    assert ask("arrival_to_release", "p90") == pytest.approx(48.0 + 0.6 * 12.0)
    assert ask("arrival_to_release", "p95") == pytest.approx(48.0 + 0.8 * 12.0)
    assert ask("arrival_to_release", "within_24h") == 0.4
    assert ask("arrival_to_release", "within_48h") == 0.8
    assert ask.unit("arrival_to_release", "within_24h") == "share"


def test_unfinished_boxes_are_counted_and_enter_the_mean_with_the_time_that_they_have_waited() -> None:
    """Of three boxes at hour 200, two are released after 40 h and one is out after 100 h."""
    ask = Measured(log(boxes=boxes({}, {"t_gate_out": NAN}, {"t_gate_out": NAN, "t_released": NAN})))
    assert [ask("arrival_to_release", s) for s in ("count", "unfinished")] == [2.0, 1.0]
    assert ask("arrival_to_release", "mean") == pytest.approx((40.0 + 40.0 + 200.0) / 3)
    assert [ask("arrival_to_gate_out", s) for s in ("count", "unfinished")] == [1.0, 2.0]
    assert ask("arrival_to_gate_out", "mean") == pytest.approx((100.0 + 2 * 200.0) / 3)


def test_stages_of_unfinished_boxes_are_those_so_far() -> None:
    ask = Measured(log(boxes=boxes({}, {"t_gate_out": NAN, "t_released": NAN})))
    assert [ask("clearance", s) for s in ("count", "unfinished")] == [1.0, 1.0]
    assert [ask(stage, "mean") for stage in STAGES] == [8.0, 22.0, (10.0 + 170.0) / 2, (60.0 + 0.0) / 2]
    assert ask("clearance", "p50") == 10.0


def test_a_quantile_that_too_few_boxes_reach_is_left_out() -> None:
    ask = Measured(log(boxes=boxes(*[{}] * 6, *[{"t_released": NAN}] * 4)))
    assert ask("arrival_to_release", "p50") == 40.0
    assert ask("arrival_to_release", "p90") is None
    assert ask("arrival_to_release", "within_24h") == 0.0
    assert ask("arrival_to_release", "within_48h") == pytest.approx(0.6)


def test_boxes_count_whose_vessel_arrived_in_the_window() -> None:
    early, late = {"t_arrived": 9.9}, {"t_arrived": 100.0}
    ask = Measured(log(boxes=boxes({"t_arrived": 10.0}, early, late, {"t_arrived": NAN}), window=(10.0, 100.0)))
    assert ask("arrival_to_release", "count") == 1.0
    assert ask("arrival_to_release", "mean") == 30.0


def test_groups_overlap_and_take_the_names_of_the_port() -> None:
    ask = Measured(
        log(
            boxes=boxes(
                {"trader": 0, "channel": Channel.GREEN, "advance": True},
                {"trader": 1, "channel": Channel.RED, "selected": True, "t_released": 60.0},
                {"goods": 1, "channel": Channel.RED, "quarantine": True, "two_step": True, "t_released": 80.0},
            )
        )
    )
    counts = {"aeo": 1, "ordinary": 2, "inspected": 2, "green": 1, "yellow": 0, "red": 2, "quarantine": 1}
    counts |= {"advance": 1, "two_step": 1, "shipside": 0, "general": 2, "food": 1, "all": 3}
    assert {group: ask("arrival_to_release", "count", group) for group in counts} == counts
    assert ask("arrival_to_release", "mean", "inspected") == 70.0


def test_an_empty_group_has_no_invented_numbers() -> None:
    ask = Measured(log())
    assert ask("arrival_to_release", "count") == 0.0
    assert ask("arrival_to_release", "unfinished") == 0.0
    assert ask("arrival_to_release", "mean") is None
    assert ask("arrival_to_release", "within_24h") is None


def test_inspection_runs_from_notice_to_the_last_verdict() -> None:
    scanned = {"selected": True, "t_notified": 20.0, "t_scanned": 30.0}
    both = scanned | {"t_examined": 50.0}
    waiting = {"quarantine": True, "t_notified": 20.0}
    ask = Measured(log(boxes=boxes(scanned, both, waiting, {})))
    assert [ask("inspection", s) for s in ("count", "unfinished")] == [2.0, 1.0]
    assert ask("inspection", "mean") == pytest.approx((10.0 + 30.0 + 180.0) / 3)


def test_waits_at_the_desks_are_means_of_those_that_pass() -> None:
    ask = Measured(log(boxes=boxes({"review_closed": 4.0, "review_queued": 0.0}, {"review_closed": 1.0}, {})))
    assert [ask("review_closed", s) for s in ("mean", "count")] == [2.5, 2.0]
    assert [ask("review_queued", s) for s in ("mean", "count")] == [0.0, 1.0]
    assert ask("scan_closed", "mean") is None


def test_the_other_flows_have_their_stay_only() -> None:
    ask = Measured(log(boxes=boxes({}, {"flow": Flow.TRANSHIPMENT, "t_released": NAN, "t_gate_out": 58.0})))
    assert ask("yard_dwell", "mean") == 92.0
    assert ask("yard_dwell", "mean", flow="transhipment") == 50.0
    assert ask("arrival_to_gate_out", "mean", flow="transhipment") == 58.0
    assert ask("arrival_to_release", "mean", flow="transhipment") is None
    assert ask("yard_dwell", "count", flow="empty") == 0.0
