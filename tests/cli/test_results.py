"""What is stored: listed, shown and removed, of runs with tables and of the journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.project import lay_project, nansha
from tests.cli.sweeps import GRID, lay_sweep

SMALL = GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[0.6, 1.0]").replace("[1, 2, 3]", "[1]")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_project(tmp_path_factory.mktemp("results") / "project")
    lay_sweep(folder, SMALL)
    sweep = ("sweep", "sweeps/grid.yaml", "--workers", "1", "--out", "out")
    assert nansha(*sweep, cwd=folder).code == 0
    run = ("run", "baseline.yaml", "--workers", "1", "--out", "out", "--replications", "1")
    assert nansha(*run, cwd=folder).code == 0
    return folder


def results(project: Path, *arguments: str) -> tuple[int, str, str]:
    answer = nansha("results", *arguments, "--out", "out", cwd=project)
    return answer.code, answer.out, answer.err


def digests(project: Path) -> dict[str, str]:
    listed = nansha("results", "ls", "--json", "--out", "out", cwd=project).json()["results"]
    return {item["name"]: item["digest"] for item in listed}


def test_everything_that_is_stored_is_listed(project: Path) -> None:
    code, said, _ = results(project, "ls")
    assert code == 0
    assert "Small port baseline" in said
    assert "Sweep grid: 2 points with 2 replications" in said
    assert said.splitlines()[-1].startswith("3 scenarios, ")
    assert len(results(project, "ls", "--all")[1].splitlines()) == 1 + 3 + 2
    assert "扫描 grid" in results(project, "ls", "--lang", "zh")[1]
    assert set(digests(project)) == {"baseline", "grid-1", "grid-2"}


@pytest.mark.long
def test_a_result_is_shown_with_how_it_was_made(project: Path) -> None:
    found = digests(project)
    code, said, _ = results(project, "show", found["grid-1"][:8])
    assert code == 0
    assert found["grid-1"] in said.replace("\n", "")
    assert "Policies: inspection_rate" in said
    assert "arrival_to_release.import.all.mean" in said
    text = results(project, "show", found["grid-1"][:8], "--text")[1]
    assert "inspection_rate:" in text
    assert "seed: 1" in text
    assert "1 replications with tables" in results(project, "show", found["baseline"][:8])[1]


def test_what_is_not_there_and_what_is_not_clear_is_told(project: Path) -> None:
    code, _, told = results(project, "show", "0123456789")
    assert code == 2
    assert "nothing is stored under '0123456789'" in told
    code, _, told = results(project, "show", digests(project)["baseline"][:2])
    assert code == 2
    assert "too short to name a result" in told
    assert nansha("results", "ls", "--out", "nowhere", cwd=project).out == "Nothing is stored in nowhere.\n"
    assert not (project / "nowhere").exists()


@pytest.mark.long
def test_only_what_was_named_is_removed(project: Path) -> None:
    found = digests(project)
    code, _, told = results(project, "rm", found["baseline"][:8])
    assert code == 2
    assert "nothing was removed" in told
    assert results(project, "rm", found["baseline"][:8], "--yes")[0] == 0
    assert not (project / "out" / found["baseline"]).exists()
    code, said, _ = results(project, "rm", "grid", "--yes")
    assert (code, said) == (0, "Removed sweep grid with 2 points.\n")
    assert digests(project) == {}
    assert not (project / "out" / "sweeps" / "grid").exists()
    again = nansha("sweep", "sweeps/grid.yaml", "--workers", "1", "--out", "out", cwd=project)
    assert again.code == 0
    assert digests(project)["grid-1"] == found["grid-1"]


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    project = lay_project(tmp_path / "project")
    lay_sweep(project, SMALL)
    (project / "out").mkdir()
    with closing(sqlite3.connect(project / "out" / "journal.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (project / "out" / "journal.sqlite").read_bytes()
    for command in (("sweep", "sweeps/grid.yaml", "--workers", "1"), ("results", "ls")):
        answer = nansha(*command, "--out", "out", cwd=project)
        assert answer.code == 2
        assert "this store was written by a newer nansha-sim" in answer.err
    assert len((project / "out" / "journal.sqlite").read_bytes()) == len(before)
