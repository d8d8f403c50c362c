"""Sweeps that are killed, starved and interrupted: going on gives the same bytes, and nothing finished is run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.project import lay_project
from tests.cli.sweeps import RUNS, begin, files, lay_sweep, stored, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a sweep that nothing disturbed, in one process."""
    project = lay_project(tmp_path_factory.mktemp("unbroken") / "project")
    lay_sweep(project)
    finished(begin(project, workers=1))
    return files(project / "out")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = lay_project(tmp_path / "project")
    lay_sweep(folder)
    return folder


def finished(process: subprocess.Popen[str], code: int = 0) -> tuple[str, str]:
    with process:
        try:
            said, complaints = process.communicate(timeout=200)
        finally:
            process.kill()
    assert process.returncode == code, complaints
    assert "Traceback" not in complaints
    return said, complaints


def goes_on(project: Path, unbroken: dict[str, bytes]) -> None:
    """Assert that the sweep goes on to the same bytes and runs nothing again."""
    before = stored(project / "out")
    said, _ = finished(begin(project, "--resume"))
    after = stored(project / "out")
    assert said.splitlines()[-1] == "All 15 points are done."
    assert len(before) < len(after) == RUNS
    assert {place: after[place] for place in before} == before
    assert files(project / "out") == unbroken


def test_the_driver_is_killed(project: Path, unbroken: dict[str, bytes]) -> None:
    with begin(project) as process:
        wait_for(project / "out", 4, process)
        process.kill()
    goes_on(project, unbroken)


@pytest.mark.long
def test_a_worker_is_killed(project: Path, unbroken: dict[str, bytes]) -> None:
    process = begin(project)
    wait_for(project / "out", 2, process)
    workers = [pid for pid in _children(process.pid) if "spawn_main" in _command(pid)]
    os.kill(workers[0], signal.SIGKILL)
    said, _ = finished(process)
    assert said.splitlines()[-1] == "All 15 points are done."
    assert files(project / "out") == unbroken


@pytest.mark.long
def test_ctrl_c(project: Path, unbroken: dict[str, bytes]) -> None:
    process = begin(project)
    wait_for(project / "out", 3, process)
    os.killpg(process.pid, signal.SIGINT)
    said, complaints = finished(process, 130)
    assert said == ""
    assert complaints.splitlines()[-1] == "Interrupted. Nothing half-written was left behind."
    goes_on(project, unbroken)


@pytest.mark.long
def test_the_disk_is_full(project: Path, unbroken: dict[str, bytes]) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"
    _, complaints = finished(begin(project, before=limit), 2)
    told = [line for line in complaints.splitlines() if not line.startswith("Sweep: ")]
    assert len(told) == 2
    assert told[0].startswith("error: out/journal.sqlite: cannot write the journal: ")
    assert told[1].startswith("    -> make room")
    assert stored(project / "out")
    goes_on(project, unbroken)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ")
