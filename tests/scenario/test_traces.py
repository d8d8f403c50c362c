"""Traces that are right: what is read of them, from CSV and Parquet, and what of it is in the digest."""

from __future__ import annotations

import pickle
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sim.metrics import conservation
from sim.models import simulate
from sim.records import Flow, Mode
from sim.scenario import Scenario, conflowgen, load, trace_boxes, trace_calls
from tests.scenario.conftest import Project
from tests.scenario.trace_project import BOXES, CALLS, TRACED, lay, traces_of

SAMPLES = Path(__file__).parents[2] / "scenarios" / "traces"


@pytest.fixture
def traced(project: Project) -> Scenario:
    """The trace that is right, loaded."""
    lay(project)
    return project.load(TRACED)


def test_calls_are_read_with_hours_from_numbers_and_time_stamps(traced: Scenario) -> None:
    calls, services = traces_of(traced).calls, list(traced.port.traffic.services)
    classes = list(traced.port.traffic.vessel_classes)
    assert calls.t_arrived.tolist() == [12.5, 30.0, 114.5, 130.0]
    assert [services[code] for code in calls.service] == ["river_c", "east", "west", "river_c"]
    assert [classes[code] for code in calls.vessel_class] == ["barge", "feeder", "feeder", "barge"]
    assert (calls.draft[1], np.isnan(calls.draft[[0, 2, 3]]).all()) == (7.5, True)
    assert calls.discharge.tolist() == [-1] * 4
    assert calls.load.tolist() == [-1, -1, 12, -1]


def test_boxes_are_read_with_what_follows_from_what_is_said(traced: Scenario) -> None:
    boxes, services = traces_of(traced).boxes, list(traced.port.traffic.services)
    assert boxes is not None
    assert boxes.call.tolist() == [1, 1, 1, 1, 1, -1, -1, 0, 0, -1]
    assert boxes.booked.tolist() == [-1] * 5 + [2] * 5
    assert [Flow(code).name.lower() for code in boxes.flow[[0, 2, 4, 5, 9]]] == [
        *("import", "transhipment", "empty", "export", "domestic")
    ]
    assert boxes.teu.tolist() == [2, 1, 2, 2, 2, 2, 1, 2, 1, 2]
    assert boxes.reefer.tolist() == [0, 1] + [-1] * 8
    assert boxes.goods.tolist()[:2] == [1, -1]
    assert boxes.trader.tolist()[:6] == [0, -1, -1, -1, -1, 1]
    unsaid = -1
    by_out = [Mode.ROAD, Mode.BARGE, Mode.SEA, Mode.BARGE, unsaid, Mode.SEA, Mode.RAIL, unsaid, unsaid, unsaid]
    assert boxes.by_out.tolist() == by_out, "onward says how"
    assert boxes.by_in.tolist()[5:] == [Mode.ROAD, unsaid, Mode.BARGE, Mode.BARGE, Mode.BARGE], (
        "a barge in call says how"
    )
    assert [services[code] for code in boxes.onward if code >= 0] == ["west", "river_c"]
    assert boxes.planned[5:].tolist()[:2] == [84.0, 40.0]
    assert (boxes.planned[8], boxes.planned[9], np.isnan(boxes.planned[7])) == (10.0, -20.0, True)


def test_a_run_of_them_loses_no_box(traced: Scenario) -> None:
    log = simulate(traced.timeline, traced.horizon, traced.seed, 0)
    assert conservation(log) == []
    services = log.names["service"]
    mine = np.isin(log.calls["service"], [services.index(name) for name in ("east", "west", "river_c")])
    assert mine.sum() == 4
    assert log.calls["discharge_boxes"][mine].tolist()[1] == 5
    assert {"north", "south", "river_a"} <= {services[code] for code in log.calls["service"]}, "the others are drawn"


def test_the_services_that_traces_stand_for(project: Project) -> None:
    lay(project)
    named = traces_of(project.load(TRACED))
    services = list(project.load(TRACED).port.traffic.services)
    assert [services[code] for code in named.services] == ["east", "west", "river_c"]
    more = "traces: {calls: calls.csv, boxes: boxes.csv, services: [river_c, east, west, north]}"
    wider = traces_of(project.load(more))
    assert [services[code] for code in wider.services] == ["north", "east", "west", "river_c"]
    assert wider != named
    every = traces_of(project.load("traces: {calls: calls.csv, services: [all]}"))
    assert every.services == tuple(range(len(services)))


def test_parquet_is_read_like_csv(project: Project) -> None:
    lay(project)
    folder = project.root
    calls = pl.read_csv(folder / "calls.csv").with_columns(
        pl.Series("t_arrived", [datetime(2021, 3, 1, 12, 30), *(datetime(2021, 3, d, h, m) for d, h, m in TIMES)]),
        pl.col("service").cast(pl.Categorical),
        pl.col("load_boxes").cast(pl.Float64).fill_null(float("nan")),
    )
    calls.write_parquet(folder / "calls.parquet")
    boxes = pl.read_csv(folder / "boxes.csv").with_columns(
        pl.col("reefer").cast(pl.Boolean), pl.col("teu").cast(pl.Int8), pl.col("flow").cast(pl.Categorical)
    )
    boxes.write_parquet(folder / "boxes.parquet")
    of_csv, of_parquet = project.load(TRACED), project.load(TRACED.replace(".csv", ".parquet"))
    assert traces_of(of_parquet) == traces_of(of_csv)
    assert of_parquet.digest == of_csv.digest
    assert list(traces_of(of_parquet).read.values()) == [4, 10]


TIMES = ((2, 6, 0), (5, 18, 30), (6, 10, 0))


def test_numbers_may_name_calls_and_parquet_makes_floats_of_them(project: Project) -> None:
    names = {"r1": "10", "r2": "20", "v1": "1", "v2": "2"}
    calls, boxes = CALLS, BOXES
    for old, new in names.items():
        calls, boxes = calls.replace(f"{old},", f"{new},"), boxes.replace(f"{old},", f"{new},")
    lay(project, {"calls.csv": calls, "boxes.csv": boxes})
    expected = traces_of(project.load(TRACED))
    frame = pl.read_csv(project.root / "boxes.csv").with_columns(
        pl.col("call", "booked").cast(pl.Float64).fill_null(float("nan"))
    )
    frame.write_parquet(project.root / "boxes.parquet")
    assert traces_of(project.load(TRACED.replace("boxes.csv", "boxes.parquet"))) == expected


@pytest.mark.parametrize(
    "text",
    [
        CALLS.replace("\n", "\r\n"),
        "\ufeff" + CALLS,
        CALLS.replace(",", " , "),
        CALLS.replace("r1,", '"r1",'),
        CALLS.replace("\nv1", "\n\nv1"),
        CALLS.removesuffix("\n"),
        CALLS.replace("2021-03-02 06:00", "2021-03-02T06:00:00.000"),
        "service,call,load_boxes,t_arrived,draft,vessel_class\n"
        "river_c,r1,,12.5,,\neast,v1,,30,7.5,\nwest,v2,12,114.5,,\nriver_c,r2,,130.0,,barge\n",
    ],
    ids=["crlf", "bom", "spaces", "quotes", "blank line", "no last end", "iso", "other order"],
)
def test_csv_as_it_comes(project: Project, text: str) -> None:
    lay(project)
    expected = project.load(TRACED)
    project.write("calls.csv", text)
    scenario = project.load(TRACED)
    assert traces_of(scenario) == traces_of(expected)
    assert scenario.digest == expected.digest


def test_what_shapes_the_run_is_in_the_digest(project: Project) -> None:
    lay(project)
    digests = {project.load(TRACED).digest, project.load("").digest, project.load("traces: {calls: calls.csv}").digest}
    for old, new in (("v1,,empty,2", "v1,,empty,1"), ("food,aeo", "food,"), ("12:00", "12:01")):
        project.write("boxes.csv", BOXES.replace(old, new))
        digests.add(project.load(TRACED).digest)
    project.write("boxes.csv", BOXES)
    project.write("calls.csv", CALLS.replace("12.5", "12.25"))
    digests.add(project.load(TRACED).digest)
    assert len(digests) == 7


def test_names_of_calls_and_files_are_not(project: Project) -> None:
    lay(project)
    digest = project.load(TRACED).digest
    project.write("deep/c.csv", CALLS.replace("v1", "vessel one"))
    project.write("deep/b.csv", BOXES.replace("v1", "vessel one"))
    assert project.load("traces: {calls: deep/c.csv, boxes: deep/b.csv}").digest == digest


def test_paths_are_relative_to_the_file_they_stand_in(project: Project) -> None:
    lay(project)
    project.write("deep/calls.csv", CALLS)
    project.write("deep/base.yaml", "extends: ../base.yaml\ntraces: {calls: calls.csv}\n")
    scenario = load(project.write("case.yaml", "extends: deep/base.yaml\ntraces: {boxes: boxes.csv}\n"))
    assert [Path(file).name for file in traces_of(scenario).read] == ["calls.csv", "boxes.csv"]
    assert "  calls: deep/calls.csv\n".replace("deep/calls.csv", '"deep/calls.csv"') in scenario.text
    project.write("again.yaml", scenario.text)
    assert load(project.root / "again.yaml").digest == scenario.digest


def test_traces_of_a_base_file_can_be_left_out(project: Project) -> None:
    lay(project)
    project.write("traced.yaml", "extends: base.yaml\n" + TRACED)
    scenario = load(project.write("case.yaml", "extends: traced.yaml\ntraces: null\n"))
    assert scenario.timeline.traces is None
    assert scenario.digest == load(project.root / "base.yaml").digest


def test_a_trace_without_rows_stands_for_no_service(project: Project) -> None:
    lay(project, {"calls.csv": CALLS.splitlines()[0] + "\n", "boxes.csv": BOXES.splitlines()[0] + "\n"})
    scenario = project.load(TRACED)
    assert traces_of(scenario).services == ()
    none = traces_of(project.load("traces: {calls: calls.csv, services: [east]}"))
    assert len(none.calls) == 0
    assert len(none.services) == 1


def test_a_traced_scenario_is_pickled_whole(traced: Scenario) -> None:
    assert pickle.loads(pickle.dumps(traced)) == traced


@pytest.mark.parametrize("name", ["recorded", "conflowgen"])
def test_the_samples_run(name: str) -> None:
    scenario = load(SAMPLES / f"{name}.yaml")
    log = simulate(scenario.timeline, scenario.horizon, scenario.seed, 0)
    traces = traces_of(scenario)
    assert conservation(log) == []
    assert len(log.calls["call"]) == len(traces.calls)
    assert traces.boxes is not None
    assert len(log.boxes["box"]) == len(traces.boxes)
    out = np.fmin(log.boxes["t_gate_out"], np.inf)
    left = np.isfinite(log.boxes["t_loaded"]) | np.isfinite(out)
    assert left.mean() > 0.7


def test_the_guide_knows_every_column_and_the_samples_are_complete() -> None:
    guide = (SAMPLES.parents[1] / "docs" / "how-to" / "traces.md").read_text(encoding="utf-8")
    tables = guide.split("## An export")[0]
    for names in (trace_calls.NEEDED, trace_calls.OPTIONAL, trace_boxes.NEEDED, trace_boxes.OPTIONAL):
        assert all(f"\n| `{name}` |" in tables for name in names)
    columns = {name for both in conflowgen.COLUMNS.values() for names in both for name in names}
    assert all(f"`{name}`" in guide for name in columns - {"id"})
    for name, both in conflowgen.COLUMNS.items():
        head = (SAMPLES / "conflowgen" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert set(head.split(",")) == {column for names in both for column in names}
