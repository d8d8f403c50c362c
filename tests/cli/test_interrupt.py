"""Ctrl-C ends a run with one line, and a long run shows how far it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LONG = ("run", "baseline.yaml", "--days", "250", "--replications", "500", "--out", "out")

ENDED_BY_CTRL_C = (130, -signal.SIGINT)
"""Python ends itself by the signal if it came during an import; a shell says 130 of both."""


def start(project: Path, *more: str) -> subprocess.Popen[str]:
    flags = subprocess.CREATE_NEW_PROCESS_GROUP if sys.platform == "win32" else 0
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *LONG, *more],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        creationflags=flags,
        start_new_session=sys.platform != "win32",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a console event cannot be sent to one process alone")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c(project: Path, workers: str) -> None:
    with start(project, "--workers", workers) as process:
        try:
            assert process.stderr is not None
            progress = process.stderr.readline()
            time.sleep(0.3)
            os.killpg(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert progress.startswith("Simulating ")
    assert "of 500 replications" in progress
    told = [line for line in err.splitlines() if not line.startswith("Simulating")]
    assert out == ""
    assert process.returncode in ENDED_BY_CTRL_C
    assert told == ["Interrupted. Nothing half-written was left behind."]
    assert [path.name for path in (project / "out").iterdir() if path.name.startswith(".")] == []
