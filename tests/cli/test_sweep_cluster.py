"""A sweep over a Dask cluster: the same bytes, whoever of it dies, and clear words for one that cannot be used."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.project import nansha
from tests.cli.sweeps import RUNS, begin, files, finished, goes_on, stored, wait_for

pytest.importorskip("distributed", reason="the extra cluster is not installed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows"),
]
ROOT = Path(__file__).parents[2]
QUIET = {"DASK_DISTRIBUTED__ADMIN__LOG_FORMAT": "%(message)s", "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}


@contextmanager
def process(folder: Path, package: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster, ended by its number."""
    environment = os.environ | QUIET | {"PYTHONPATH": str(package)}
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment, **silent) as part:  # type: ignore[call-overload]
        try:
            yield part
        finally:
            part.kill()


@contextmanager
def cluster(
    folder: Path, package: Path = ROOT, workers: int = 2
) -> Iterator[tuple[str, subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """Address, scheduler and workers of a cluster on this machine, without the nannies that start workers again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    options = (address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "30")
    with process(folder, package, "dask_scheduler", *where) as scheduler:
        parts = [process(folder, package, "dask_worker", *options, "--name", str(k)) for k in range(workers)]
        entered = [part.__enter__() for part in parts]
        try:
            time.sleep(1)
            yield address, scheduler, entered
        finally:
            for part in parts:
                part.__exit__(None, None, None)


def test_a_cluster_of_its_own_gives_the_same_bytes(gridded: Path, unbroken: dict[str, bytes]) -> None:
    said, _ = finished(begin(gridded, "--cluster", "local"))
    assert said.splitlines()[-1] == "All 15 points are done."
    assert files(gridded / "out") == unbroken


def test_a_worker_of_the_cluster_is_killed(gridded: Path, tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    with cluster(tmp_path) as (address, _, workers):
        sweep = begin(gridded, "--cluster", address)
        wait_for(gridded / "out", 3, sweep)
        workers[0].send_signal(signal.SIGKILL)
        said, _ = finished(sweep)
    assert said.splitlines()[-1] == "All 15 points are done."
    assert len(stored(gridded / "out")) == RUNS
    assert files(gridded / "out") == unbroken


def test_the_cluster_is_lost(gridded: Path, tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    with cluster(tmp_path) as (address, scheduler, _):
        sweep = begin(gridded, "--cluster", address)
        wait_for(gridded / "out", 3, sweep)
        scheduler.send_signal(signal.SIGKILL)
        _, complaints = finished(sweep, 2)
    assert f"the cluster at {address} is lost" in complaints
    assert "nothing that was finished is lost" in complaints
    goes_on(gridded, unbroken)


def test_workers_with_other_code_are_refused(gridded: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "sim", other / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "sim" / "records.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    with cluster(tmp_path, other, workers=1) as (address, _, _):
        answer = nansha("sweep", "sweeps/grid.yaml", "--cluster", address, "--out", "out", cwd=gridded)
    assert answer.code == 2
    assert "cannot be used: it has nansha-sim " in answer.err
    assert "install the same nansha-sim on every machine" in answer.err
    assert stored(gridded / "out") == {}


def test_a_cluster_that_cannot_be_reached(gridded: Path) -> None:
    answer = nansha("sweep", "sweeps/grid.yaml", "--cluster", "tcp://127.0.0.1:9", "--out", "out", cwd=gridded)
    assert answer.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in answer.err
    assert "-> write it as tcp://host:8786" in answer.err
