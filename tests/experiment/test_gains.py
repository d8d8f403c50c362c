"""Who gains and who loses: every group of boxes by its own clock, sorted."""

from __future__ import annotations

from dataclasses import replace

from sim.experiment import Effect, Verdict
from sim.experiment.gains import gains
from tests.small_port import small_port, whole_small_port


def effect(metric: str, flow: str, group: str, difference: float) -> Effect:
    ends = (difference - 0.1, difference + 0.1)
    return Effect(metric, flow, group, "mean", "h", 50.0, 50.0 + difference, difference, *ends, 5, Verdict.BETTER)


EFFECTS = [
    effect("arrival_to_gate_out", "import", "all", -3.0),
    effect("arrival_to_gate_out", "import", "aeo", -5.0),
    effect("arrival_to_gate_out", "import", "food", 2.0),
    effect("arrival_to_gate_out", "import", "inspected", -9.0),
    effect("arrival_to_release", "import", "all", -30.0),
    effect("arrival_to_release", "import", "by_barge", -1.0),
    effect("arrival_to_departure", "export", "by_road", 4.0),
    effect("arrival_to_release", "export", "by_road", -40.0),
    effect("connection_time", "transhipment", "all", 0.0),
    effect("yard_dwell", "empty", "all", 1.0),
]


def test_from_the_largest_gain_to_the_largest_loss() -> None:
    found = [(item.flow, item.group, item.difference) for item in gains(EFFECTS, whole_small_port())]
    assert found == [
        ("import", "aeo", -5.0),
        ("import", "all", -3.0),
        ("import", "by_barge", -1.0),
        ("transhipment", "all", 0.0),
        ("empty", "all", 1.0),
        ("import", "food", 2.0),
        ("export", "by_road", 4.0),
    ]


def test_a_group_that_is_all_there_is_tells_nothing_more() -> None:
    port = small_port()
    cargo = port.traffic.cargo.model_copy(update={"goods": {"food": port.traffic.cargo.goods["food"]}})
    port = port.model_copy(update={"traffic": port.traffic.model_copy(update={"cargo": cargo})})
    assert "food" not in [item.group for item in gains(EFFECTS, port)]


def test_only_means_count() -> None:
    assert gains([replace(EFFECTS[0], statistic="p90")], small_port()) == []
