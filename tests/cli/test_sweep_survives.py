"""Sweeps that are killed, starved and interrupted: going on gives the same bytes, and nothing finished is run again."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.sweeps import begin, files, finished, goes_on, stored, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")


def test_the_driver_is_killed(gridded: Path, unbroken: dict[str, bytes]) -> None:
    with begin(gridded) as process:
        wait_for(gridded / "out", 4, process)
        process.kill()
    goes_on(gridded, unbroken)


@pytest.mark.long
def test_a_worker_is_killed(gridded: Path, unbroken: dict[str, bytes]) -> None:
    process = begin(gridded)
    wait_for(gridded / "out", 2, process)
    workers = [pid for pid in _children(process.pid) if "spawn_main" in _command(pid)]
    os.kill(workers[0], signal.SIGKILL)
    said, _ = finished(process)
    assert said.splitlines()[-1] == "All 15 points are done."
    assert files(gridded / "out") == unbroken


@pytest.mark.long
def test_ctrl_c(gridded: Path, unbroken: dict[str, bytes]) -> None:
    process = begin(gridded)
    wait_for(gridded / "out", 3, process)
    os.killpg(process.pid, signal.SIGINT)
    said, complaints = finished(process, 130)
    assert said == ""
    assert complaints.splitlines()[-1] == "Interrupted. Nothing half-written was left behind."
    goes_on(gridded, unbroken)


@pytest.mark.long
def test_the_disk_is_full(gridded: Path, unbroken: dict[str, bytes]) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"
    _, complaints = finished(begin(gridded, before=limit), 2)
    told = [line for line in complaints.splitlines() if not line.startswith("Sweep: ")]
    assert len(told) == 2
    assert told[0].startswith("error: out/journal.sqlite: cannot write the journal: ")
    assert told[1].startswith("    -> make room")
    assert stored(gridded / "out")
    goes_on(gridded, unbroken)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
