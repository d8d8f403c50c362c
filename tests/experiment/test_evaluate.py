"""Evaluation of trials: the journal is read, the rest is run; the same numbers whatever the workers and the batches."""

from __future__ import annotations

import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import OutputError, RunError
from sim.experiment import RunOptions, run
from sim.experiment import replicate as worker
from sim.experiment.batches import Batches, Measured, Trial
from sim.experiment.evaluate import evaluate
from sim.experiment.figures import packed
from sim.experiment.journal import opened
from sim.experiment.journal_file import NAME
from sim.port.port import PortTimeline
from sim.records import MetricRow
from tests.experiment.scenarios import scenario, slow_preparation

IN_PROCESS = RunOptions(workers=1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The replications that were simulated in this process."""
    numbers: list[int] = []
    real = worker._replicate
    monkeypatch.setattr(worker, "_replicate", lambda work, task: numbers.append(task.replication) or real(work, task))
    return numbers


@pytest.mark.long
def test_the_numbers_are_those_of_a_run_whatever_the_workers(tmp_path: Path) -> None:
    base, slow = scenario("base"), scenario("slow", slow_preparation())
    trials = [Trial(base, (0, 1)), Trial(slow, (1,))]
    alone = evaluate(trials, IN_PROCESS)
    together = evaluate(trials, RunOptions(workers=2, out=tmp_path))
    again = evaluate(trials, RunOptions(workers=2, out=tmp_path))
    assert alone == together == again
    assert set(alone) == {(base.digest, 0), (base.digest, 1), (slow.digest, 1)}
    (result,) = run([base], IN_PROCESS)
    assert [alone[base.digest, number] for number in (0, 1)] == list(result.metrics)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(NAME)) == []
    assert multiprocessing.active_children() == []


def test_what_is_stored_is_not_run_again_and_only_what_changed_is(tmp_path: Path, asked: list[int]) -> None:
    options = RunOptions(workers=1, out=tmp_path)
    evaluate([Trial(scenario(), (0, 1))], options)
    evaluate([Trial(scenario(), (1, 2)), Trial(scenario("slow", slow_preparation()), (0,))], options)
    assert asked == [0, 1, 2, 0]
    evaluate([Trial(scenario(), (0, 1, 2))], options)
    assert asked == [0, 1, 2, 0]
    evaluate([Trial(scenario(), (0,))], replace(options, fresh=True))
    assert asked == [0, 1, 2, 0, 0]


def test_a_replication_asked_for_twice_is_run_once(asked: list[int]) -> None:
    evaluate([Trial(scenario(), (0, 0)), Trial(scenario("base"), (0,))], IN_PROCESS)
    assert asked == [0]


def test_keep_leaves_out_the_rows_that_nobody_wants(tmp_path: Path) -> None:
    trial, options = Trial(scenario(), (0,)), RunOptions(workers=1, out=tmp_path)
    (all_rows,) = evaluate([trial], options).values()
    (some,) = evaluate([trial], options, keep=lambda key: key[0] == "arrival_to_release").values()
    assert some == tuple(row for row in all_rows if row.metric == "arrival_to_release")
    assert 0 < len(some) < len(all_rows)


def test_progress_ends_with_all(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    options = RunOptions(workers=1, out=tmp_path)
    for _ in range(2):
        evaluate([Trial(scenario(), (0, 1))], options, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)
    assert seen == [*sorted(seen[:-1]), (2, 2)]


def test_a_failure_is_named_journalled_and_tried_again(tmp_path: Path) -> None:
    broken = scenario("broken", timeline=PortTimeline((0.0,), ()))
    options = RunOptions(workers=1, out=tmp_path)
    with pytest.raises(RunError, match="broken, replication 0: the simulation failed: IndexError"):
        evaluate([Trial(scenario(), (0,)), Trial(broken, (0,))], options)
    with opened(tmp_path) as journal:
        (failed,) = journal.read(broken.digest, [0]).values()
        assert failed.figures is None
        assert "IndexError" in failed.problems[0].what
        assert journal.stored(broken.digest) == set()
        assert journal.stored(scenario().digest) == {0}
    mended = replace(scenario("broken"), digest=broken.digest)
    assert evaluate([Trial(mended, (0,))], options)


def test_numbers_that_the_run_itself_found_broken_are_not_handed_out(tmp_path: Path) -> None:
    row = MetricRow("arrival_to_release", "import", "all", "mean", 1.0, "h")
    with opened(tmp_path) as journal:
        journal.write(scenario(), [Measured(0, packed([row]), violations=("a box is lost",))])
    with pytest.raises(RunError, match=r"base, replication 0: a box is lost\n.*do not use these numbers"):
        evaluate([Trial(scenario(), (0,))], RunOptions(workers=1, out=tmp_path))


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="written by a newer nansha-sim"):
        evaluate([Trial(scenario(), (0,))], RunOptions(workers=1, out=tmp_path))


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all, but long enough to be one" * 40)
    with pytest.raises(OutputError, match="not a journal of nansha-sim"):
        evaluate([Trial(scenario(), (0,))], RunOptions(workers=1, out=tmp_path))
    assert (tmp_path / NAME).read_bytes().startswith(b"no database")


def test_a_write_is_in_full_or_not_at_all(tmp_path: Path) -> None:
    row = MetricRow("arrival_to_release", "import", "all", "mean", 1.0, "h")
    good = Measured(0, packed([row]))
    bad = Measured(None, packed([row]))  # type: ignore[arg-type]
    with opened(tmp_path) as journal:
        with pytest.raises((OutputError, sqlite3.Error)):
            journal.write(scenario(), [good, bad])
        assert journal.stored(scenario().digest) == set()
        journal.write(scenario(), [good])
        assert journal.read(scenario().digest, [0, 1])[0].figures is not None


def test_batches_grow_to_a_second_of_work_and_never_mix_scenarios() -> None:
    trials = [Trial(scenario("base"), tuple(range(9))), Trial(scenario("slow"), (0, 1))]
    batches = Batches(trials, lambda trial: trial.replications)
    sizes = []
    for batch in batches:
        sizes.append((batch.digest == trials[0].scenario.digest, len(batch.replications)))
        figures = packed([MetricRow("m", "all", "all", "value", 1.0, "")])
        batches.landed(batch, [Measured(number, figures, seconds=0.3) for number in batch.replications])
    assert sizes == [(True, 1), (True, 4), (True, 4), (False, 2)]
