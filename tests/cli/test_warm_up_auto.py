"""`warm_up_days: auto` on the command line: what is chosen is said, in both languages, and written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.experiment import pilot
from tests.cli.inside import inside
from tests.cli.project import BASELINE, lay_project, nansha
from tests.cli.sweeps import GRID, lay_sweep

HERE = ("--workers", "1", "--out", "out")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_project(tmp_path_factory.mktemp("auto") / "project")
    text = BASELINE.replace("warm_up_days: 3", "warm_up_days: auto")
    (folder / "baseline.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pilot, "PILOT_DAYS", 28)
    monkeypatch.setattr(pilot, "PILOT_REPLICATIONS", 2)


def test_a_run_says_what_was_chosen_and_its_manifest_has_the_days(project: Path) -> None:
    answer = inside("run", "baseline.yaml", *HERE, cwd=project)
    assert answer.code == 0, answer.err
    words = " ".join(answer.out.split())
    assert "found by a pilot of “Small port baseline”: 2 replications of" in words
    assert "By MSER-5 the boxes in the port settle after" in words
    assert "Write horizon.warm_up_days" not in words
    record = inside("run", "baseline.yaml", *HERE, "--json", "--lang", "zh", cwd=project).json()
    days = record["pilot"]["warm_up_days"]
    assert f"The warm-up is {days} days" in words
    (of_run,) = record["runs"]
    assert of_run["horizon"]["warm_up_days"] == days
    manifest = json.loads((project / "out" / of_run["digest"] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["horizon"]["warm_up_days"] == days
    assert f"warm_up_days: {days}" in manifest["text"]
    assert (project / "out" / record["pilot"]["digest"]).is_dir()
    (chart,) = (project / "out" / "charts").glob("baseline-pilot-*/warm_up.png")
    assert f"{chart.parent.name}/warm_up.png shows it" in words.replace("charts/ ", "charts/")
    assert (project / record["charts"] / "warm_up.csv").read_bytes() == (chart.parent / "warm_up.csv").read_bytes()


@pytest.mark.long
def test_reforms_share_it_and_an_option_asks_for_it(project: Path) -> None:
    answer = inside("compare", "baseline.yaml", "two_step.yaml", *HERE, "--lang", "zh", cwd=project)
    assert answer.code == 0, answer.err
    assert "各情景的预热期均为" in answer.out
    arguments = ("whole.yaml", "--warm-up", "4", "--days", "2", "--replications", "1", *HERE, "--json")
    assert inside("run", *arguments, cwd=project).json()["runs"][0]["horizon"]["warm_up_days"] == 4
    wrong = nansha("run", "baseline.yaml", "--warm-up", "soon", *HERE, cwd=project)
    assert wrong.code == 2
    assert "--warm-up soon is neither a whole number of days nor auto" in wrong.err
    assert "-> write --warm-up 14, or --warm-up auto" in wrong.err


@pytest.mark.long
def test_the_points_of_a_sweep_share_that_of_the_base(project: Path) -> None:
    text = GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[0.6]").replace("[1, 2, 3]", "[1, 2]")
    lay_sweep(project, text)
    command = ("sweep", "sweeps/grid.yaml", *HERE)
    expected = inside(*command, "--dry-run", cwd=project)
    assert "Before that comes a pilot of 2 replications of" in " ".join(expected.out.split())
    done = inside(*command, "--json", cwd=project).json()
    days = done["pilot"]["warm_up_days"]
    manifest = json.loads((project / "out" / "sweeps" / "grid" / "manifest.json").read_text(encoding="utf-8"))
    assert f"warm_up_days: {days}" in manifest["text_of_scenario"]
    again = inside(*command, cwd=project)
    assert f"The warm-up is {days} days" in again.out
    assert "nothing was run, nothing was written" in " ".join(again.out.split())


def test_files_are_checked_before_the_pilot(project: Path) -> None:
    told = inside("check", "baseline.yaml", cwd=project)
    assert told.code == 0
    assert "a pilot will find the warm-up" in told.err
    assert "after a warm-up that a pilot finds" in inside("show", "baseline.yaml", cwd=project).out
    refused = inside("run", "baseline.yaml", "--set", "customs.inspection.examination_time=400", *HERE, cwd=project)
    assert refused.code == 2
    assert "no steady state can carry" in refused.err
