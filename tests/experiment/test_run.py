"""Runs with real worker processes: the same bytes whatever their number, and clean ends."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import OutputError, RunError
from sim.experiment import RunOptions, compare, run
from sim.experiment import replicate as worker
from sim.port.port import PortTimeline
from sim.scenario import Scenario
from tests.experiment.scenarios import scenario, slow_preparation
from tests.experiment.test_store import everything
from tests.small_port import whole_small_port

IN_PROCESS = RunOptions(workers=1)


def stored(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in everything(folder).items() if not name.endswith("timing.json")}


def both() -> tuple[Scenario, Scenario]:
    return scenario("base"), scenario("slow", slow_preparation())


def broken() -> Scenario:
    """Return a scenario whose simulation must fail: its timeline has no port."""
    return scenario("broken", timeline=PortTimeline((0.0,), ()))


@pytest.fixture(scope="module")
def by_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("one")
    run(both(), RunOptions(workers=1, out=out, keep_boxes=True))
    return out


def test_one_and_two_workers_give_the_same_bytes(by_one: Path, tmp_path: Path) -> None:
    run(both(), RunOptions(workers=2, out=tmp_path, keep_boxes=True))
    assert stored(tmp_path) == stored(by_one)
    assert len([name for name in stored(tmp_path) if name.endswith("boxes.parquet")]) == 4


def test_tables_of_the_rail_are_kept_where_there_is_one(by_one: Path, tmp_path: Path) -> None:
    run([scenario("whole", whole_small_port(), replications=1)], RunOptions(workers=1, out=tmp_path))
    names = {path.stem for path in tmp_path.rglob("*.parquet")}
    assert names - {path.stem for path in by_one.rglob("*.parquet")} == {"rail", "trains"}


def test_results_come_in_the_order_asked_for_with_or_without_a_store(by_one: Path) -> None:
    without = run(both(), RunOptions(workers=2))
    with_it = run(both(), RunOptions(workers=1, out=by_one, keep_boxes=True))
    assert [result.scenario.name for result in without] == ["base", "slow"]
    assert [result.metrics for result in without] == [result.metrics for result in with_it]
    assert all(outcome.tables == {} for result in with_it for outcome in result.outcomes)
    assert [result.violations for result in without] == [(), ()]


def test_replications_differ_and_the_reform_shows(by_one: Path) -> None:
    base, slow = run(both(), RunOptions(workers=1, out=by_one))
    assert base.metrics[0] != base.metrics[1]
    release = next(e for e in compare(base, slow) if (e.metric, e.statistic) == ("preparation", "mean"))
    assert release.difference > 0
    assert release.low is not None


def test_boxes_of_the_first_replication_only_unless_asked(tmp_path: Path) -> None:
    plan = scenario()
    run([plan], RunOptions(workers=1, out=tmp_path))
    kept = sorted(path.parent.name for path in tmp_path.rglob("boxes.parquet"))
    assert kept == ["0"]
    run([plan], RunOptions(workers=1, out=tmp_path, keep_boxes=True))
    assert sorted(path.parent.name for path in tmp_path.rglob("boxes.parquet")) == ["0", "1"]


def test_what_is_there_is_read_and_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = scenario(replications=1)
    options = RunOptions(workers=1, out=tmp_path)
    first = run([plan], options)
    asked: list[int] = []
    real = worker._replicate
    monkeypatch.setattr(worker, "_replicate", lambda work, task: asked.append(task.replication) or real(work, task))
    again = run([plan], options)
    assert (asked, again[0].metrics) == ([], first[0].metrics)
    more = run([replace(plan, replications=3)], options)
    assert (asked, more[0].metrics[:1]) == ([1, 2], first[0].metrics)
    run([plan], replace(options, fresh=True))
    assert asked == [1, 2, 0]


def test_boxes_stay_in_memory_when_kept_without_a_store() -> None:
    plan = scenario(replications=1)
    (kept,) = run([plan], replace(IN_PROCESS, keep_boxes=True))
    (bare,) = run([plan], IN_PROCESS)
    assert kept.outcomes[0].tables["boxes"]["box"].size > 0
    assert bare.outcomes[0].tables == {}


def test_progress_counts_from_what_is_there_to_all(by_one: Path) -> None:
    seen: list[tuple[int, int]] = []
    run(both(), IN_PROCESS, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    seen.clear()
    run(both(), RunOptions(workers=1, out=by_one), lambda done, total: seen.append((done, total)))
    assert seen == [(4, 4)]


def test_two_scenarios_of_one_digest_are_run_once() -> None:
    plan = scenario()
    seen: list[int] = []
    first, second = run([plan, replace(plan, name="same")], IN_PROCESS, lambda _, total: seen.append(total))
    assert seen[-1] == 2
    assert (second.scenario.name, second.metrics) == ("same", first.metrics)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_names_its_scenario_and_replication(workers: int, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"broken, replication [01]: the simulation failed: IndexError"):
        run([broken()], RunOptions(workers=workers, out=tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert multiprocessing.active_children() == []


def test_what_was_finished_before_a_failure_stays(tmp_path: Path) -> None:
    plan = scenario(replications=1)
    with pytest.raises(RunError):
        run([plan, broken()], RunOptions(workers=1, out=tmp_path))
    manifest = json.loads((tmp_path / plan.digest / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == "base"
    assert [path.name for path in tmp_path.iterdir()] == [plan.digest]


def test_an_interrupt_ends_the_workers(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    plans = [scenario(f"plan{number}", replications=8) for number in range(3)]
    with pytest.raises(KeyboardInterrupt):
        run(plans, RunOptions(workers=2, out=tmp_path), interrupt)
    assert multiprocessing.active_children() == []
    assert not list(tmp_path.glob(".aside-*"))


def test_an_out_that_cannot_be_written_is_told_before_anything_runs(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    seen: list[int] = []
    with pytest.raises(OutputError):
        run([scenario()], RunOptions(workers=1, out=file / "x"), lambda done, _: seen.append(done))
    assert seen == []


CONTROL_C = """
from pathlib import Path
from sim.experiment import RunOptions, run
from tests.experiment.scenarios import scenario

if __name__ == "__main__":
    try:
        run([scenario(replications=60)], RunOptions(workers=2, out=Path("out")), lambda *seen: print(*seen, flush=True))
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to a process group is sent otherwise on Windows")
@pytest.mark.parametrize("after", [0, 3])
def test_control_c_ends_parent_and_workers_without_a_traceback(after: int, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(CONTROL_C, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(f"{after} "):
                time.sleep(0.3)  # the workers have started, and at 0 still import
                os.killpg(process.pid, signal.SIGINT)
                break
        said, complaints = process.communicate(timeout=60)
    assert said.splitlines()[-1] == "interrupted"
    assert complaints == ""
    assert not list((tmp_path / "out").glob(".aside-*"))


def test_a_worker_never_loads_what_is_slow_to_load() -> None:
    """A worker imports what runs a job, and the model."""
    slow = "{'polars', 'scipy.stats', 'matplotlib', 'yaml', 'typer', 'sim.scenario'}"
    needed = "sim.experiment.run, sim.experiment.batches, sim.experiment.crew, sim.models"
    code = f"import sys, {needed}; print(sorted({slow} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
