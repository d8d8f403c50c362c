"""A scenario as a function, and a sweep as a frame: what a notebook and the EMA Workbench call."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import sim
from tests.cli.project import lay_project
from tests.cli.sweeps import GRID, lay_sweep

OUTCOMES = {"release": "arrival_to_release.import", "inspection": "inspection.import.inspected"}
FACTOR = "policies.inspection_rate.factor"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_project(tmp_path_factory.mktemp("model") / "project")


@pytest.fixture(scope="module")
def model(project: Path) -> sim.Model:
    return sim.Model(project / "baseline.yaml", OUTCOMES, replications=2, days=7)


def test_outcomes_are_the_means_of_a_run_with_these_values(model: sim.Model, project: Path) -> None:
    outcomes = partial(sim.evaluate, model=model)({FACTOR: 0.5}, {"customs.inspection.scanners": 2})
    sets = {FACTOR: "0.5", "customs.inspection.scanners": "2"}
    scenario = sim.load(project / "baseline.yaml", sets=sets, days=7, replications=2)
    (result,) = sim.run([scenario], sim.RunOptions(workers=1))
    (expected,) = [
        item.mean
        for item in sim.summarise(result)
        if (item.metric, item.flow, item.group, item.statistic) == ("arrival_to_release", "import", "all", "mean")
    ]
    assert set(outcomes) == set(OUTCOMES)
    assert outcomes["release"] == pytest.approx(expected, rel=1e-12)
    assert model(policies__inspection_rate__factor=0.5, customs__inspection__scanners=2) == outcomes


def test_a_value_that_cannot_be_is_told(model: sim.Model) -> None:
    with pytest.raises(sim.ScenarioError, match=r"there is no value 'customs\.inspection\.scaners'"):
        sim.evaluate({"customs.inspection.scaners": 2}, model=model)
    with pytest.raises(sim.LoadError, match="a load of"):
        sim.evaluate({"customs.inspection.examination_time": 400}, model=model)


@pytest.mark.long
def test_a_sweep_is_a_frame_stored_or_not(project: Path, tmp_path: Path) -> None:
    text = GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[0.6, 1.0]").replace("[1, 2, 3]", "[1]")
    file = lay_sweep(project, text)
    alone = sim.sweep(file, sim.RunOptions(workers=1))
    stored = sim.sweep(file, sim.RunOptions(workers=1, out=tmp_path))
    assert alone.equals(stored)
    assert alone["point"].to_list() == [1, 1, 2, 2]
    assert "<table" in alone._repr_html_()
    assert (tmp_path / "sweeps" / "grid" / "grid.parquet").is_file()


def test_percentiles_of_a_sweep_are_those_of_a_run(project: Path) -> None:
    text = GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[0.6]").replace("[1, 2, 3]", "[1]")
    table = sim.sweep(lay_sweep(project, text, "one"), sim.RunOptions(workers=1))
    sets = {FACTOR: "0.6", "customs.inspection.scanners": "1"}
    scenario = sim.load(project / "baseline.yaml", sets=sets, days=4, replications=2)
    (result,) = sim.run([scenario], sim.RunOptions(workers=1))
    (found,) = (
        item
        for item in sim.summarise(result)
        if item.metric == "arrival_to_release" and item.group == "all" and item.statistic == "p90"
    )
    (row,) = table.filter(table["statistic"] == "p90").to_dicts()
    assert (row["value"], row["low"], row["high"]) == pytest.approx((found.mean, found.low, found.high), rel=1e-9)
    own = [
        r.value
        for rows in result.metrics
        for r in rows
        if (r.metric, r.group, r.statistic) == ("arrival_to_release", "all", "p90")
    ]
    assert row["value"] != pytest.approx(sum(own) / len(own), rel=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_the_ema_workbench_drives_it(model: sim.Model) -> None:
    ema = pytest.importorskip("ema_workbench", reason="the extra ema is not installed")
    problem = ema.Model("nansha", function=model)
    problem.levers = [ema.RealParameter("factor", 0.5, 1, variable_name="policies__inspection_rate__factor")]
    problem.uncertainties = [ema.IntegerParameter("scanners", 1, 3, variable_name="customs__inspection__scanners")]
    problem.outcomes = [ema.ScalarOutcome(name) for name in OUTCOMES]
    experiments, outcomes = ema.perform_experiments(problem, scenarios=2, policies=2)
    assert len(experiments) == 4
    assert all(value > 0 for value in outcomes["release"])
