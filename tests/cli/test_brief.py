"""`nansha brief` as a real process: a brief of what is stored, or one message with the remedy and nothing written."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.project import Answer, nansha

FILES = {"brief_en.html", "brief_en.pdf", "brief_en.docx", "numbers_en.csv"}


@pytest.fixture(scope="module")
def stored(shared: Path, compared: Answer) -> Path:
    """A project with two scenarios compared."""
    assert compared.code == 0, compared.err
    return shared


def brief(project: Path, *arguments: str, results: str = "compared") -> Answer:
    return nansha("brief", *arguments, "--results", results, cwd=project)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_stored_becomes_a_brief_in_three_formats(stored: Path) -> None:
    answer = brief(stored, "baseline", "two_step", "--date", "2026-01-31", "--out", "brief")
    assert (answer.code, answer.err) == (0, "")
    assert {name for name in names(stored / "brief") if name.startswith(("brief", "numbers"))} == FILES
    assert "brief_en.html" in answer.out
    assert "numbers_*.csv" in answer.out
    page = (stored / "brief" / "brief_en.html").read_text(encoding="utf-8")
    assert "31 January 2026" in page
    assert "nansha brief baseline two_step --lang en --format html,pdf,docx --date 2026-01-31" in page
    with (stored / "brief" / "numbers_en.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    digests = {path.name for path in (stored / "compared").iterdir() if (path / "manifest.json").is_file()}
    assert {digest for row in rows for digest in row["digests"].split()} == digests


def test_the_same_command_gives_the_same_bytes_in_both_languages(stored: Path) -> None:
    made = []
    for _ in range(2):
        answer = brief(stored, "baseline", "two_step", "--lang", "both", "--date", "2026-01-31", "--out", "both")
        assert (answer.code, answer.err) == (0, "")
        made.append({name: (stored / "both" / name).read_bytes() for name in names(stored / "both")})
        shutil.rmtree(stored / "both")
    assert set(made[0]) >= {"brief_zh.pdf", "brief_en.pdf", "brief_zh.docx", "brief_en.html", "numbers_zh.csv"}
    assert made[0] == made[1]


def test_json_names_the_files(stored: Path) -> None:
    answer = brief(stored, "baseline", "two_step", "--format", "html", "--json")
    assert answer.code == 0
    record = answer.json()
    assert Path(record["brief"]).parts[:2] == ("compared", "briefs")
    assert all((stored / file).is_file() for file in record["files"])
    assert [file for file in record["files"] if file.endswith((".pdf", ".docx"))] == []
    assert len(record["digests"]) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("baseline",), "reform"),
        (("baseline", "two_steps"), "two_steps"),
        (("baseline", "two_step", "--format", "pfd"), "nearest: 'pdf'"),
        (("baseline", "two_step", "--format", ","), "no format"),
        (("baseline", "two_step", "--date", "31.1.2026"), "write it as 2026-01-31"),
        (("baseline", "two_step", "--office", "none.docx"), "there is no file none.docx"),
        (("baseline", "two_step", "--office", "baseline.yaml"), "not a Word document"),
        (("baseline", "two_step", "--office", "x.docx", "--format", "pdf"), "add docx to --format"),
        (("baseline", "two_step", "--title", "a\x07b"), "title"),
    ],
)
def test_one_message_and_nothing_written(stored: Path, arguments: tuple[str, ...], told: str) -> None:
    answer = brief(stored, *arguments, "--out", "nothing")
    assert answer.code == 2
    assert told.lower() in answer.err.lower()
    assert "->" in answer.err
    assert "Traceback" not in answer.err
    assert not (stored / "nothing").exists()


@pytest.mark.long
def test_results_without_common_draws_are_refused(stored: Path) -> None:
    run = nansha("run", "two_step.yaml", "--seed", "2", "--workers", "1", "--out", "seeds", cwd=stored)
    assert run.code == 0, run.err
    assert nansha("run", "baseline.yaml", "--workers", "1", "--out", "seeds", cwd=stored).code == 0
    answer = brief(stored, "baseline", "two_step", "--out", "nothing", results="seeds")
    assert answer.code == 2
    assert "their draws are not common" in answer.err
    assert not (stored / "nothing").exists()


def test_results_of_another_version_are_refused(stored: Path) -> None:
    old = shutil.copytree(stored / "compared", stored / "old")
    for home in [path for path in old.iterdir() if (path / "manifest.json").is_file()]:
        manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
        manifest["created_by"] = "nansha-sim 0.0.9"
        (home / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        home.rename(home.with_name(home.name[::-1]))
    answer = brief(stored, "baseline", "two_step", "--out", "nothing", results="old")
    assert answer.code == 2
    assert answer.err.count("was made by another version") == 2
    assert "0.0.9" in answer.err
    assert not (stored / "nothing").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may write everywhere")
def test_a_folder_that_cannot_be_written(stored: Path) -> None:
    locked = stored / "locked"
    locked.mkdir(mode=0o500)
    answer = brief(stored, "baseline", "two_step", "--out", "locked")
    assert answer.code == 2
    assert "cannot write" in answer.err
    assert names(locked) == set()


@pytest.mark.long
def test_a_file_in_the_place_of_the_folder(stored: Path) -> None:
    (stored / "taken").write_text("mine", encoding="utf-8")
    answer = brief(stored, "baseline", "two_step", "--out", "taken")
    assert answer.code == 2
    assert "cannot write" in answer.err
    assert (stored / "taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.long
def test_markup_in_the_title_is_only_text(stored: Path) -> None:
    title = "<b>Bold</b> & #strong[x] $y$"
    answer = brief(stored, "baseline", "two_step", "--title", title, "--out", "titled", "--format", "html")
    assert (answer.code, answer.err) == (0, "")
    page = (stored / "titled" / "brief_en.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; #strong[x] $y$" in page
    assert "<b>Bold" not in page
