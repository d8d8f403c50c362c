"""A sweep small enough for tests, run as a real process that can be ended at any moment."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

GRID = """\
title: {zh: 小网格, en: Small grid}
scenario: ../baseline.yaml
design: grid
levers:
  policies.inspection_rate.factor: [0.6, 0.7, 0.8, 0.9, 1.0]
  customs.inspection.scanners: [1, 2, 3]
replications: 2
days: 4
metrics: [arrival_to_release, arrival_to_release.import.p90]
"""
RUNS = 30


def lay_sweep(project: Path, text: str = GRID, name: str = "grid") -> Path:
    """Write a sweep file into a project and return it."""
    file = project / "sweeps" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def begin(project: Path, *more: str, workers: int = 2, before: str = "") -> subprocess.Popen[str]:
    """Start the sweep in a session of its own; `before` is Python that its process runs first."""
    arguments = ["nansha", "sweep", "sweeps/grid.yaml", "--workers", str(workers), "--out", "out", *more]
    code = f"import sys\nsys.argv = {arguments!r}\n{before}\nfrom sim.__main__ import main\nsys.exit(main())\n"
    script = project / "begin.py"
    script.write_text(f"if __name__ == '__main__':\n{_indented(code)}", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NANSHA_")}
    return subprocess.Popen(
        [sys.executable, str(script)],
        cwd=project,
        env=clean | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def _indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())


def stored(out: Path) -> dict[tuple[str, int], tuple[str, float]]:
    """Return digest and replication -> when it was made and how long it took, of all that the journal has."""
    if not (out / "journal.sqlite").is_file():
        return {}
    query = "SELECT digest, replication, made, seconds FROM runs JOIN scenarios ON id = scenario"
    with closing(sqlite3.connect(out / "journal.sqlite", timeout=30)) as connection:
        try:
            return {(digest, number): (made, took) for digest, number, made, took in connection.execute(query)}
        except sqlite3.OperationalError:  # it is being made
            return {}


def wait_for(out: Path, runs: int, process: subprocess.Popen[str]) -> None:
    """Wait until so many replications are stored by a sweep that runs; one that ends before is shown and ended."""
    deadline = time.monotonic() + 150
    while len(stored(out)) < runs:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(process.communicate())
        time.sleep(0.01)


def files(out: Path) -> dict[str, bytes]:
    """Return the files of the sweep and of its charts."""
    folder = out / "sweeps" / "grid"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def finished(process: subprocess.Popen[str], code: int = 0) -> tuple[str, str]:
    """Wait for a sweep to end with this code, and return what it said and what it complained of."""
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
