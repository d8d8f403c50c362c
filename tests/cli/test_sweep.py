"""A sweep as a planner runs it: its table, its words, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from sim.experiment.lock import locked
from tests.cli.inside import inside
from tests.cli.project import Answer, lay_project, nansha
from tests.cli.sweeps import GRID, lay_sweep, stored

COMMAND = ("sweep", "sweeps/grid.yaml", "--workers", "1", "--out", "out")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_project(tmp_path_factory.mktemp("sweep") / "project")
    lay_sweep(folder, GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[0.6, 1.0]").replace("[1, 2, 3]", "[1, 2]"))
    return folder


@pytest.fixture(scope="module")
def done(project: Path) -> Answer:
    return nansha(*COMMAND, cwd=project)


def test_the_table_has_every_lever_as_a_column(project: Path, done: Answer) -> None:
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "All 4 points are done."
    folder = project / "out" / "sweeps" / "grid"
    table = pl.read_parquet(folder / "grid.parquet")
    assert table.columns == [
        *("point", "policies.inspection_rate.factor", "customs.inspection.scanners"),
        *("metric", "flow", "group", "statistic", "unit", "value", "low", "high", "n", "digest", "error"),
    ]
    assert table.shape == (8, 14)
    assert table["customs.inspection.scanners"].to_list() == [1, 1, 2, 2] * 2
    assert set(table["n"]) == {2}
    assert (table["low"] < table["value"]).all()
    text = (folder / "grid.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfpoint,policies.inspection_rate.factor,")
    assert text.count(b"\n") == 9
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["points"] == 4
    assert len({path.stem for path in (folder / "charts" / "en").iterdir()}) == 2
    assert {path.suffix for path in (folder / "charts" / "en").iterdir()} == {".csv", ".png", ".svg"}


def test_a_finished_sweep_is_not_touched_again(project: Path, done: Answer) -> None:
    again = nansha(*COMMAND, "--resume", "--lang", "zh", cwd=project)
    assert again.code == 0
    assert "未运行" in again.out
    assert again.out.splitlines()[-1] == "4 点全部完成。"
    as_json = nansha(*COMMAND, "--json", cwd=project).json()
    assert (as_json["points"], as_json["failed"]) == (4, 0)


def test_a_dry_run_says_what_it_would_take_and_stores_nothing(project: Path) -> None:
    answer = nansha("sweep", "sweeps/grid.yaml", "--dry-run", "--out", "dry", "--workers", "2", cwd=project)
    assert answer.code == 0, answer.err
    assert "4 points with 2 replications each: 8 runs" in answer.out
    assert "Expected disk: " in answer.out
    assert not (project / "dry").exists()


def test_two_sweeps_into_one_folder_at_once_are_refused(project: Path, done: Answer) -> None:
    with locked(project / "out" / "sweeps" / "grid"):
        answer = nansha(*COMMAND, cwd=project)
    assert answer.code == 2
    assert "another sweep is running in this folder (process " in answer.err
    assert nansha(*COMMAND, cwd=project).code == 0


def test_resuming_what_was_never_begun_is_told(project: Path) -> None:
    answer = nansha("sweep", "sweeps/grid.yaml", "--resume", "--out", "elsewhere", cwd=project)
    assert answer.code == 2
    assert "no sweep grid was begun in elsewhere" in answer.err
    assert not (project / "elsewhere").exists()


def test_a_point_that_fails_is_a_row_with_its_error(project: Path) -> None:
    text = GRID.replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[1.0]").replace("[1, 2, 3]", "[1, 2]")
    text = text.replace("levers:\n", "levers:\n  customs.inspection.examination_time: [4, 400]\n")
    lay_sweep(project, text, "overload")
    answer = nansha("sweep", "sweeps/overload.yaml", "--workers", "1", "--out", "out", cwd=project)
    assert answer.code == 1, answer.err
    assert answer.out.splitlines()[-1].startswith("2 of 4 points failed")
    assert "point 3: " in answer.err
    table = pl.read_parquet(project / "out" / "sweeps" / "overload" / "overload.parquet")
    failed = table.filter(pl.col("error").is_not_null())
    assert failed["point"].to_list() == [3, 4]
    assert failed["value"].null_count() == 2
    assert table.filter(pl.col("error").is_null())["point"].to_list() == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("scanners", "scaners", "grid.yaml:6:3: there is no value 'customs.inspection.scaners' to set; nearest"),
        ("[1, 2, 3]", "[1, 0]", "must be at least 1"),
        ("arrival_to_release,", "arrival_to_relase,", "grid.yaml:9:11: there is no metric 'arrival_to_relase'"),
        ("replications: 2", "replications: 0", "replications: 0 must be at least 1"),
    ],
)
def test_bad_input_is_one_message_with_its_line(old: str, new: str, words: str, tmp_path: Path) -> None:
    project = lay_project(tmp_path / "project")
    lay_sweep(project, GRID.replace(old, new))
    answer = nansha(*COMMAND, cwd=project)
    assert answer.code == 2
    assert words in answer.err
    assert "-> " in answer.err
    assert not (project / "out" / "sweeps" / "grid" / "grid.parquet").exists()
    assert stored(project / "out") == {}


def test_a_dry_run_tells_wrong_names_too(project: Path) -> None:
    lay_sweep(project, GRID.replace("import.p90", "imports.p90").replace("[arrival_to_r", "[arival_to_r"), "names")
    answer = inside("sweep", "sweeps/names.yaml", "--dry-run", "--out", "dry", cwd=project)
    assert answer.code == 2
    assert "names.yaml:9:11: there is no metric 'arival_to_release'; nearest: 'arrival_to_release'" in answer.err
    assert "-> write arrival_to_release\n" in answer.err
    assert "names.yaml:9:30: arrival_to_release has no 'imports.p90'; nearest: 'import.p90'" in answer.err
    assert not (project / "dry").exists()
