"""The tables of berths, queues, yard and flows hold what the stored tables and the metrics of the same run say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.charts.berth_table import berth_table
from sim.charts.detection_table import detection_table
from sim.charts.effect_table import effects_table
from sim.charts.flow_table import flow_table
from sim.charts.of_runs import read, runs, stock
from sim.charts.queue_table import queue_table
from sim.charts.yard_table import yard_table
from sim.errors import OutputError
from sim.experiment import RunOptions, ScenarioResult, compare, run, summarise
from sim.experiment.families import judged
from sim.scenario import load
from tests.cli.project import lay_project


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[ScenarioResult, ...]]:
    """A folder of results of a whole small port, and of it with direct loading."""
    project = lay_project(tmp_path_factory.mktemp("runs") / "project")
    scenarios = [load(project / f"{name}.yaml") for name in ("whole", "direct")]
    return project / "out", run(scenarios, RunOptions(workers=1, out=project / "out"))


def mean_of(result: ScenarioResult, metric: str, flow: str = "all") -> float:
    """Return a single number of the whole, of the first replication: only its boxes are stored."""
    key = (metric, flow, "all", "value")
    return next(row.value for row in result.metrics[0] if (row.metric, row.flow, row.group, row.statistic) == key)


@given(
    stays=st.lists(st.tuples(st.floats(0, 50), st.one_of(st.floats(0, 60), st.just(float("nan"))), st.integers(1, 2))),
    times=st.lists(st.integers(0, 60), min_size=1, unique=True).map(sorted),
)
def test_the_stock_is_what_has_come_and_not_gone(stays: list[tuple[float, float, int]], times: list[int]) -> None:
    came = np.array([start for start, _, _ in stays], dtype=np.float64)
    went = np.array([start + length for start, length, _ in stays], dtype=np.float64)
    weight = np.array([size for _, _, size in stays], dtype=np.float64)
    counted = [
        sum(size for start, end, size in zip(came, went, weight, strict=True) if start <= t and not end <= t)
        for t in times
    ]
    assert stock(came, went, np.array(times, dtype=np.float64), weight).tolist() == pytest.approx(counted)


def test_the_yard_is_that_of_the_metrics(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    root, results = stored
    table = yard_table(root, results)
    assert table is not None
    for curve, result in zip(table.curves, results, strict=True):
        assert curve.mean == pytest.approx(mean_of(result, "yard_mean"), rel=0.03)
        assert curve.capacity == pytest.approx(
            mean_of(result, "yard_mean") / mean_of(result, "yard_mean_fill"), rel=1e-9
        )
        assert np.mean(curve.week) == pytest.approx(curve.mean)
    assert len(table.rows()) == 2 * (7 * 24 + 168)


def test_queues_are_counted_box_by_box(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    root, results = stored
    table = queue_table(root, results[:1])
    assert table is not None
    assert set(table.desks) >= {"review", "gate"}
    boxes = read(root / results[0].scenario.digest / "0", "boxes", ("manual", "t_lodged", *PARTS))
    stay = sum(boxes[name].astype(np.float64) for name in PARTS)
    week = table.of("review")[0]
    for hour in (9, 14, 100):
        # the small port's run begins on a Monday, and one week is measured
        t = 24.0 * 3 + (hour - 24 * 3) % 168
        there = boxes["manual"] & (boxes["t_lodged"] <= t) & ~(boxes["t_lodged"] + stay <= t)
        assert week.waiting[hour] + week.served[hour] == pytest.approx(np.count_nonzero(there))


PARTS = ("review_closed", "review_queued", "review_service")


LEAVING = {"sea": "quay_out_boxes", "barge": "barge_quay_out_boxes", "road": "gate_out_boxes", "rail": "rail_boxes"}
FLOWS = ("import", "export", "transhipment", "domestic", "empty")


def test_what_leaves_is_what_the_metrics_count(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    root, results = stored
    table = flow_table(root, results)
    assert table is not None
    counted = {
        (row.metric, row.flow): row.value
        for row in results[0].metrics[0]
        if (row.group, row.statistic) == ("all", "count")
    }
    days = results[0].scenario.horizon.days
    for way, metric in LEAVING.items():
        for flow in FLOWS:
            ours = days * sum(band.boxes for band in table.bands if (band.flow, band.way_out) == (flow, way))
            assert ours == pytest.approx(counted.get((metric, flow), 0.0)), (way, flow)
    assert table.total == pytest.approx(sum(float(str(row["boxes_per_day"])) for row in table.rows()))


def test_no_two_vessels_lie_in_one_place(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    root, results = stored
    table = berth_table(root, results)
    assert table is not None
    assert table.last - table.first == 168
    for quay in table.quays:
        assert all(stay.place >= 0 and stay.place + stay.length <= quay.length for stay in quay.stays)
        for one in quay.stays:
            for other in quay.stays:
                if one.call < other.call:
                    together = one.berthed < other.unberthed and other.berthed < one.unberthed
                    beside = one.place + one.length <= other.place or other.place + other.length <= one.place
                    assert beside or not together
    assert all(stay.unberthed > table.first or np.isnan(stay.unberthed) for stay in table.stays)


def test_effects_and_detection_are_those_of_the_comparison(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    base, reform = stored[1]
    found = judged(base, [reform])
    table = effects_table(base, [reform], found)
    assert table is not None
    effects = {(e.metric, e.flow, e.group, e.statistic): e for e in compare(base, reform)}
    for line in table.lines:
        assert line.changes[0] is not None
        assert line.changes[0].size.mean == effects[line.name].difference
        assert line.changes[0].shown == (found[0].told(effects[line.name]).verdict != "not_shown")
    points = detection_table((base, reform), found)
    assert points is not None
    hours = next(s for s in summarise(base) if (s.metric, s.flow, s.group, s.statistic) == table.lines[0].name)
    assert points.points[0].hours.mean == hours.mean


def test_without_tables_there_is_no_chart_and_a_broken_one_is_told(
    stored: tuple[Path, tuple[ScenarioResult, ...]], tmp_path: Path
) -> None:
    _, results = stored
    assert [build(tmp_path, results) for build in (berth_table, queue_table, yard_table, flow_table)] == [None] * 4
    broken = tmp_path / results[0].scenario.digest / "0"
    broken.mkdir(parents=True)
    (broken / "boxes.parquet").write_bytes(b"PAR1 no table")
    assert runs(tmp_path, results[0], "boxes").folders == (broken,)
    with pytest.raises(OutputError, match="cannot be read"):
        yard_table(tmp_path, results)
