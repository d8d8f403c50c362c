"""`nansha capacity`: how much the small port can carry, and how little it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.cli.project import Answer, lay_project, nansha

FEW = ("--days", "8", "--replications", "3", "--workers", "1")
BAYS = ("capacity", "baseline.yaml", "--metric", "examine_queued", "--servers", "customs.inspection.bays", "--to", "4")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_project(tmp_path_factory.mktemp("capacity") / "project")


@pytest.fixture(scope="module")
def bays(folder: Path) -> Answer:
    return nansha(*BAYS, "--target", "3", *FEW, cwd=folder)


def test_the_fewest_bays(folder: Path, bays: Answer) -> None:
    assert bays.code == 0, bays.err
    assert "Target: Imports: examination: queued, mean, at most 3.0 h" in bays.out
    answer = next(line for line in bays.out.splitlines() if line.startswith("The smallest number that meets it: "))
    assert answer.endswith("; it is 3 now")
    told = inside(*BAYS, "--target", "3", *FEW, "--json", cwd=folder).json()
    assert f"customs.inspection.bays = {told['x']:.0f} (" in answer
    means = {point["x"]: point["value"]["mean"] for point in told["points"]}
    assert means[told["x"]] <= 3 < means[told["x"] - 1]
    assert sorted(means.values(), reverse=True) == list(means.values())


def test_chinese(folder: Path, bays: Answer) -> None:
    chinese = inside(*BAYS, "--target", "3", *FEW, "--lang", "zh", cwd=folder)
    assert "满足目标的最小数：customs.inspection.bays = " in chinese.out


@pytest.mark.long
def test_the_largest_load(folder: Path) -> None:
    asked = ("capacity", "baseline.yaml", "--metric", "yard_peak_fill", "--target", "0.14", "--load", "traffic")
    told = inside(*asked, *FEW, "--step", "0.2", "--to", "2.1", "--json", cwd=folder).json()
    assert told["answer"] == "largest"
    assert told["kind"] == "load"
    assert told["target"] == {"value": 0.14, "at_most": True}
    around = [point for point in told["points"] if point["value"] is not None]
    assert any(point["x"] <= told["x"] and point["value"]["mean"] <= 0.14 for point in around)
    assert told["low"] is None or told["low"] <= told["x"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "needs one quantity that is moved: --load or --servers"),
        (("--load", "traffic", "--servers", "customs.inspection.bays"), "--load or --servers"),
        (("--servers", "customs.inspection.bayes"), "nearest: 'customs.inspection.bays'"),
        (("--servers", "customs.review.manual_time"), "1.5 h, no whole number"),
        (("--load", "customs.review.calendar"), "customs.review.calendar is no number of the port"),
        (("--load", "traffic", "--from", "2", "--to", "1"), "the range from 2 to 1 is empty"),
        (("--servers", "customs.inspection.bays", "--from", "1.5"), "are no whole numbers"),
    ],
)
def test_what_cannot_be_sought(arguments: tuple[str, ...], words: str, folder: Path) -> None:
    answer = inside("capacity", "baseline.yaml", "--target", "3", *arguments, cwd=folder)
    assert answer.code == 2
    assert words in answer.err
    assert answer.out == ""


def test_a_target_out_of_reach(folder: Path, bays: Answer) -> None:
    answer = inside(*BAYS, "--target", "-1", *FEW, cwd=folder)
    assert answer.code == 2
    assert "is met nowhere from 1 to 4 (at 1: " in answer.err
    assert answer.out == ""
