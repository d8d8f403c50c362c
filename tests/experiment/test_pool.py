"""Jobs over processes: a worker that dies takes no other job with it, and no worker outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from multiprocessing import connection
from pathlib import Path

import pytest

from sim.experiment.crew import Processes
from sim.experiment.pool import Lost, carry_out


def double(number: int) -> int:
    """Return twice `number`; a negative one kills its worker."""
    if number < 0:
        os._exit(9)
    time.sleep(0.02)
    return 2 * number


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_has_its_result(workers: int) -> None:
    results = dict(carry_out(Processes(workers), double, range(7)))
    assert results == {number: 2 * number for number in range(7)}
    assert multiprocessing.active_children() == []


def test_jobs_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def jobs() -> object:
        for number in range(50):
            taken.append(number)
            yield number

    with closing(carry_out(Processes(2), double, jobs())) as results:
        next(results)
    assert len(taken) <= 5
    assert multiprocessing.active_children() == []


def test_a_job_that_kills_its_workers_is_given_up_and_the_others_are_done() -> None:
    jobs = [0, -1, 1, 2]
    results = dict(carry_out(Processes(2), double, jobs))
    assert {job for job, result in results.items() if isinstance(result, Lost)} == {-1}
    assert {job: result for job, result in results.items() if job >= 0} == {n: 2 * n for n in range(3)}
    assert multiprocessing.active_children() == []


def half_told(number: int) -> int:
    """Return `number`; a worker that is to say 3 ends after the first bytes of it."""
    if number == 3:
        connection.Connection._send = _say_a_little  # type: ignore[method-assign]
    return number


def _say_a_little(pipe: connection.Connection, message: bytes) -> None:
    os.write(pipe.fileno(), message[:4])
    os._exit(9)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are other ones on Windows")
def test_a_worker_that_dies_while_it_hands_over_its_result_does_not_stop_the_rest() -> None:
    crew = Processes(2)
    crew.patience = 0.2
    results = dict(carry_out(crew, half_told, [1, 3]))
    assert results == {1: 1, 3: Lost()}
    assert multiprocessing.active_children() == []


DRIVER = """
import time
from sim.experiment.crew import Processes
from sim.experiment.pool import carry_out
from script import nap

if __name__ == "__main__":
    for job, pid in carry_out(Processes(2), nap, range(100)):
        print(pid, flush=True)
"""
NAP = """
import os, time

def nap(job):
    time.sleep(0.1)
    return os.getpid()
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_workers_do_not_outlive_a_driver_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "driver.py").write_text(DRIVER, encoding="utf-8")
    (tmp_path / "script.py").write_text(NAP, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": f"{Path(__file__).parents[2]}{os.pathsep}{tmp_path}"}
    command = [sys.executable, "driver.py"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = {int(process.stdout.readline()) for _ in range(8)}
        process.send_signal(signal.SIGKILL)
        process.wait()
    deadline = time.monotonic() + 20
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in workers if alive(pid)] == []
