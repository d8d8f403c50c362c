"""`nansha select`: the best package of policies, on the small port."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.cli.project import Answer, lay_project, nansha
from tests.cli.test_attribute import PACKAGE

ASKED = ("--days", "8", "--replications", "5", "--workers", "1", "--metric", "arrival_to_release", "--delta", "2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_project(tmp_path_factory.mktemp("select") / "project")
    (folder / "package.yaml").write_text(PACKAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def selected(folder: Path) -> Answer:
    return nansha("select", "package.yaml", *ASKED, cwd=folder)


def test_the_best_package_with_its_promise(selected: Answer) -> None:
    assert selected.code == 0, selected.err
    best = next(line for line in selected.out.splitlines() if line.startswith("Selected: "))
    assert "Advance declaration" in best
    words = " ".join(selected.out.split())
    assert "With a probability of 95 % at least, the package selected is the best one" in words
    assert "less is better; a difference of 2.0 h or more matters" in words
    assert "replications were needed; all 4 packages" in words
    assert max(map(len, selected.out.splitlines())) <= 120


def test_chinese_and_json_agree(folder: Path, selected: Answer) -> None:
    told = inside("select", "package.yaml", *ASKED, "--json", cwd=folder).json()
    assert told["number"] == {"name": "arrival_to_release.import.all.mean", "unit": "h"}
    assert (told["delta"], told["confidence"], told["better"]) == (2.0, 0.95, "less")
    assert {"advance_declaration"} <= set(told["selected"])
    assert told["change"]["mean"] < -2
    assert len(told["packages"]) == 4
    assert told["runs"] <= told["full_factorial_runs"] + 4 * 5
    chinese = inside("select", "package.yaml", *ASKED, "--lang", "zh", "--full", cwd=folder)
    assert "选定：提前申报" in chinese.out


def test_what_cannot_be_selected(folder: Path) -> None:
    answer = inside("select", "package.yaml", "--days", "2", "--workers", "1", "--metric", "berth_use", cwd=folder)
    assert answer.code == 2
    assert "--better less, or --better more" in answer.err
    answer = inside("select", "package.yaml", *ASKED[:-1], "0.001", "--max-replications", "7", cwd=folder)
    assert answer.code == 2
    assert "after 7 replications " in answer.err
    assert "--max-replications " in answer.err.split("->")[1]
