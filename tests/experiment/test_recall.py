"""Stored results by name: what comes back is what was run, or one message says what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sim.errors import OutputError
from sim.experiment import RunOptions, ScenarioResult, run
from sim.experiment.recall import recall
from sim.scenario import Scenario, load
from tests.cli.project import lay_project


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[ScenarioResult, ...]]:
    """A project whose baseline and reform have been run, two replications each."""
    project = lay_project(tmp_path_factory.mktemp("recall") / "project")
    scenarios = [load(project / f"{name}.yaml", days=2) for name in ("baseline", "two_step")]
    return project, run(scenarios, RunOptions(workers=1, out=project / "out"))


def told(error: pytest.ExceptionInfo[OutputError]) -> str:
    return "\n".join(str(problem) for problem in error.value.problems)


def same(found: Scenario, was: Scenario) -> bool:
    names = ("name", "zh", "en", "digest", "timeline", "changes", "horizon", "seed", "policies", "replications")
    return all(getattr(found, name) == getattr(was, name) for name in names)


@pytest.mark.parametrize("how", ["name", "digest"])
def test_what_was_run_comes_back(stored: tuple[Path, tuple[ScenarioResult, ...]], how: str) -> None:
    project, results = stored
    names = [getattr(result.scenario, how)[:12] for result in results]
    found = recall(project / "out", names)
    for one, was in zip(found, results, strict=True):
        assert same(one.scenario, was.scenario)
        assert one.metrics == was.metrics
        assert set(one.scenario.sources) <= set(was.scenario.sources)


def test_a_scenario_file_leads_to_its_runs_if_it_is_what_was_run(
    stored: tuple[Path, tuple[ScenarioResult, ...]], tmp_path: Path
) -> None:
    project, results = stored
    as_run = project / "as_run.yaml"
    as_run.write_text("extends: two_step.yaml\nhorizon: {days: 2}\n", encoding="utf-8")
    (found,) = recall(project / "out", [str(as_run)])
    assert found.metrics == results[1].metrics
    with pytest.raises(OutputError) as error:
        recall(project / "out", [str(project / "two_step.yaml")])
    assert "as it stands now" in told(error)
    assert "nansha run" in told(error)


def test_as_many_replications_as_all_have(stored: tuple[Path, tuple[ScenarioResult, ...]], tmp_path: Path) -> None:
    project, results = stored
    out = shutil.copytree(project / "out", tmp_path / "out")
    shutil.rmtree(out / results[1].scenario.digest / "1")
    found = recall(out, ["baseline", "two_step"])
    assert [len(one.outcomes) for one in found] == [1, 1]
    assert [one.scenario.replications for one in found] == [1, 1]
    shutil.rmtree(out / results[1].scenario.digest / "0")
    with pytest.raises(OutputError, match="no finished replication"):
        recall(out, ["baseline", "two_step"])


def test_every_name_that_leads_to_nothing_is_told(stored: tuple[Path, tuple[ScenarioResult, ...]]) -> None:
    with pytest.raises(OutputError) as error:
        recall(stored[0] / "out", ["baseline", "nowhere", "deadbeef"])
    assert len(error.value.problems) == 2
    assert "nansha results ls" in told(error)


@pytest.mark.parametrize("change", ["older", "other version"])
def test_results_of_another_version_are_refused(
    stored: tuple[Path, tuple[ScenarioResult, ...]], tmp_path: Path, change: str
) -> None:
    project, results = stored
    out = shutil.copytree(project / "out", tmp_path / "out")
    home = out / results[0].scenario.digest
    manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
    if change == "older":
        del manifest["sources"]
    else:
        home = home.rename(out / ("0" * 64))
    (home / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(OutputError) as error:
        recall(out, ["baseline"])
    assert "was made by" in told(error)
    assert "run nansha compare again" in told(error)
