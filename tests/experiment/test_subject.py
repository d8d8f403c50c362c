"""Names of numbers: what is left out means the whole, and a mistake is answered with the nearest right name."""

from __future__ import annotations

import pytest

from sim.errors import RunError
from sim.experiment.subject import find, find_all, subjects, value_of, values_of
from sim.metrics import measure
from sim.records import MetricRow
from tests.behaviour.runs import run
from tests.small_port import whole_small_port

ROWS = [
    MetricRow("port_time", "barge", "all", "mean", 4.0, "h"),
    MetricRow("port_time", "vessel", "feeder", "mean", 20.0, "h"),
    MetricRow("port_time", "vessel", "all", "count", 9.0, "calls"),
    MetricRow("port_time", "vessel", "all", "p90", 30.0, "h"),
    MetricRow("port_time", "vessel", "all", "mean", 21.0, "h"),
    MetricRow("yard_peak", "all", "t1.dry", "value", 900.0, "TEU"),
    MetricRow("yard_peak", "all", "t1", "value", 950.0, "TEU"),
    MetricRow("yard_peak", "all", "all", "value", 990.0, "TEU"),
    MetricRow("rail_share", "export", "europe", "value", 0.4, "share"),
]


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("port_time", "port_time.vessel.all.mean"),
        ("port_time.p90", "port_time.vessel.all.p90"),
        ("port_time.barge", "port_time.barge.all.mean"),
        ("port_time.feeder", "port_time.vessel.feeder.mean"),
        (" port_time.vessel.count", "port_time.vessel.all.count"),
        ("yard_peak", "yard_peak.all.all.value"),
        ("yard_peak.t1.dry", "yard_peak.all.t1.dry.value"),
        ("rail_share", "rail_share.export.europe.value"),
    ],
)
def test_what_is_left_out_means_the_whole(name: str, whole: str) -> None:
    subject = find(name, ROWS)
    assert subject.name == whole
    assert find(subject.name, ROWS) == subject


def test_every_name_of_a_whole_port_finds_itself() -> None:
    rows = measure(run(whole_small_port()))
    listed = subjects(rows)
    assert len(listed) == len(rows)
    assert find_all([subject.name for subject in listed], rows) == listed
    firsts = {subject.metric: subject for subject in reversed(listed)}
    assert find_all(list(firsts), rows) == tuple(firsts.values())
    assert find("arrival_to_release", rows).name == "arrival_to_release.import.all.mean"
    assert find("quay_teu", rows).name == "quay_teu.all.all.value"


def test_mistakes_are_answered_all_at_once() -> None:
    with pytest.raises(RunError) as told:
        find_all(["port_tme.p90", "port_time.p91", "port_time", "dwell"], ROWS)
    misspelt, part, unknown = told.value.problems
    assert misspelt.what == "there is no metric 'port_tme'; nearest: 'port_time'"
    assert misspelt.remedy == "write port_time.p90"
    assert part.what == "port_time has no 'p91'; nearest: 'p90'"
    assert "flow: vessel, barge; group: all, feeder; statistic: mean, count, p90" in part.remedy
    assert unknown.remedy == "--metric list prints all names"


def test_a_number_named_twice_counts_once() -> None:
    assert len(find_all(["port_time", "port_time.mean"], ROWS)) == 1


def test_values_by_replication_or_who_has_none() -> None:
    subject = find("port_time", ROWS)
    assert value_of(subject, ROWS) == 21.0
    assert values_of(subject, [ROWS, ROWS], "base") == [21.0, 21.0]
    with pytest.raises(RunError, match="a number of nothing in replication 1"):
        values_of(subject, [ROWS, ROWS[:2]], "base")
