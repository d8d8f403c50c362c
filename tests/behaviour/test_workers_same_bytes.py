"""1, 2 and 4 worker processes leave the same bytes on disk, of the port with all flows too."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sim.experiment import RunOptions, run
from tests.experiment.scenarios import scenario
from tests.small_port import whole_small_port


def stored(folder: Path) -> dict[str, str]:
    """Return path -> hash of every file but wall times."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "timing.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.long
def test_one_two_and_four_workers_leave_the_same_bytes(tmp_path: Path) -> None:
    scenarios = (scenario("base", replications=4), scenario("whole", whole_small_port(), replications=4))
    found = {}
    for workers in (1, 2, 4):
        results = run(scenarios, RunOptions(workers=workers, out=tmp_path / str(workers), keep_boxes=True))
        assert [result.violations for result in results] == [(), ()]
        found[workers] = (
            stored(tmp_path / str(workers)),
            [(result.metrics, result.checked) for result in results],
        )
    files, numbers = found[1]
    assert len([name for name in files if name.endswith("/boxes.parquet")]) == 8
    assert any(name.endswith("/trains.parquet") for name in files)
    assert all(checked is not None and checked.boxes > 1000 for _, checked in numbers)
    for workers in (2, 4):
        assert found[workers] == found[1], workers
