"""`nansha attribute`: shares of policies in a change, on the small port."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.cli.project import Answer, lay_project, nansha

PACKAGE = """\
extends: baseline.yaml
title: {zh: 一揽子措施, en: A package}
replications: 3
policies:
  advance_declaration: {share: 0.9}
  single_window: {documents_factor: 0.5}
"""
ASKED = ("--days", "4", "--workers", "1", "--metric", "arrival_to_release", "--metric", "inspected_share")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_project(tmp_path_factory.mktemp("attribute") / "project")
    (folder / "package.yaml").write_text(PACKAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shared_out(folder: Path) -> Answer:
    return nansha("attribute", "package.yaml", *ASKED, cwd=folder)


def test_shares_add_up_to_the_change(folder: Path, shared_out: Answer) -> None:
    told = inside("attribute", "package.yaml", *ASKED, "--json", cwd=folder).json()
    assert (told["method"], told["combinations"], told["policies"]) == (
        "exact",
        4,
        ["advance_declaration", "single_window"],
    )
    release, inspected = told["numbers"]
    assert release["name"] == "arrival_to_release.import.all.mean"
    assert sum(share["share"]["mean"] for share in release["shares"]) == pytest.approx(release["total"]["mean"])
    assert release["total"]["mean"] == pytest.approx(release["reform"]["mean"] - release["base"]["mean"])
    assert all(share["share"]["mean"] < 0 for share in release["shares"])
    assert release["pairs"][0]["interaction"]["mean"] > 0  # boxes declared in advance do not wait for papers
    assert inspected["total"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "n": 3}


def test_the_tables_are_for_people(shared_out: Answer) -> None:
    assert shared_out.code == 0, shared_out.err
    assert "Exact: all 4 combinations of 2 policies were run (12 replications in all)." in shared_out.out
    row = next(line for line in shared_out.out.splitlines() if line.startswith("Advance declaration  "))
    assert row.count("−") >= 3
    assert "All together" in shared_out.out
    assert "overlap" in shared_out.out
    assert max(map(len, shared_out.out.splitlines())) <= 120


def test_chinese(folder: Path, shared_out: Answer) -> None:
    chinese = inside("attribute", "package.yaml", *ASKED, "--lang", "zh", cwd=folder)
    assert "变化出自哪项政策：“一揽子措施”" in chinese.out
    assert "单独实施" in chinese.out
    assert "相互重叠" in chinese.out


def test_a_waterfall_with_its_data(folder: Path, shared_out: Answer) -> None:
    charts = folder / shared_out.out.splitlines()[-1].removeprefix("Charts: ")
    data = (charts / "waterfall_arrival_to_release_import_all_mean.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in data.splitlines()[1:]] == [
        "base",
        *("advance_declaration", "single_window"),
        "reform",
    ]
    assert (charts / "waterfall_arrival_to_release_import_all_mean.png").is_file()


def test_a_base_of_ones_own(folder: Path, shared_out: Answer) -> None:
    half = PACKAGE.split("  single_window")[0].replace("A package", "Half")
    (folder / "half.yaml").write_text(half, encoding="utf-8")
    told = inside("attribute", "package.yaml", *ASKED, "--base", "half.yaml", "--json", cwd=folder).json()
    assert told["policies"] == ["single_window"]
    assert told["numbers"][0]["shares"][0]["part"] == 1.0


def test_all_names_are_listed(folder: Path, shared_out: Answer) -> None:
    listed = inside("attribute", "package.yaml", "--days", "4", "--workers", "1", "--metric", "list", cwd=folder)
    assert listed.code == 0
    assert "\narrival_to_release.import.all.mean " in listed.out
    assert "\nanchorage_wait.vessel.all.p90 " in listed.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("package.yaml", "--metric", "arival_to_release"), "nearest: 'arrival_to_release'"),
        (("baseline.yaml",), "baseline has no policies to choose from"),
        (("package.yaml", "--base", "whole.yaml"), "differ in more than their policies"),
    ],
)
def test_what_cannot_be_attributed(arguments: tuple[str, ...], words: str, folder: Path, shared_out: Answer) -> None:
    answer = inside("attribute", *arguments, "--days", "4", "--workers", "1", cwd=folder)
    assert answer.code == 2
    assert answer.err.startswith("error: ")
    assert words in answer.err
    assert answer.out == ""
