"""`nansha sensitivity`: the plan, the report, the tornado, and what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.project import Answer, nansha
from tests.experiment.unsure import lay_unsure

pytestmark = pytest.mark.long

SMALL = ("--top", "2", "--trajectories", "1", "--replications", "2", "--rows", "8", "--workers", "1", "--out", "out")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_unsure(tmp_path_factory.mktemp("unsure") / "project").parent


@pytest.fixture(scope="module")
def report(place: Path) -> Answer:
    return nansha("sensitivity", "unsure.yaml", "--effect", *SMALL, cwd=place)


def test_the_report_says_what_leads_what_is_luck_and_whether_the_sign_turns(report: Answer) -> None:
    assert report.code == 0
    words = " ".join(report.out.split())
    assert "How much rests on assumptions: Small port, unsure" in words
    assert "Of the change that the policies make in Imports: arrival to gate-out, mean" in words
    assert "4 values screened, trajectories: 1" in words
    assert "customs.preparation.documents" in words
    assert "12 – 24 – 48 h" in words
    assert "Luck of the draws" in words
    assert "turn the sign" in words or "turns the sign" in words
    assert "of the draws of all of them together" in words


def test_the_tornado_is_saved_with_its_data(place: Path, report: Answer) -> None:
    (file,) = (place / "out" / "charts").glob("unsure-sensitivity-*/tornado.csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 2
    assert rows[0]["number"] == "arrival_to_gate_out.import.all.mean"
    assert {kind.suffix for kind in file.parent.iterdir()} == {".csv", ".png", ".svg"}


def test_as_json_in_the_other_language_nothing_is_run_again(place: Path, report: Answer) -> None:
    record = nansha("sensitivity", "unsure.yaml", "--effect", *SMALL, "--json", "--lang", "zh", cwd=place).json()
    assert len(record["screening"]) == 4
    assert [share["input"] for share in record["shares"]][-1] == "luck"
    assert record["effect"] is True
    assert record["as_it_is"]["n"] == 2


def test_a_dry_run_says_how_much_and_how_long(place: Path) -> None:
    answer = nansha("sensitivity", "unsure.yaml", "--dry-run", "--trajectories", "4", "--workers", "1", cwd=place)
    words = " ".join(answer.out.split())
    assert answer.code == 0
    assert "20 points that screen them, 90 at the ends of the leading ones, 448 for the shares of variance" in words
    assert "min over 1 workers" in words
    assert not (place / "results").exists()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("baseline.yaml", "--effect"), "has no policies"),
        (("baseline.yaml",), "no assumed or derived value with a range"),
        (("unsure.yaml", "--rows", "48"), "write --rows 32 or --rows 64"),
        (("unsure.yaml", "--metric", "dwelling"), "there is no metric 'dwelling'"),
    ],
)
def test_what_cannot_be_asked_for(place: Path, arguments: tuple[str, ...], what: str) -> None:
    answer = nansha("sensitivity", *arguments, "--out", "other", cwd=place)
    assert answer.code == 2
    assert what in answer.err
