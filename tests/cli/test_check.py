"""`nansha check`: all problems of all files at once."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.project import TWO_STEP, nansha


def test_good_files(project: Path) -> None:
    answer = nansha("check", "baseline.yaml", "two_step.yaml", cwd=project)
    assert answer.code == 0
    assert answer.out.splitlines()[0].startswith("baseline.yaml: valid (policies: 0, ")
    assert answer.out.splitlines()[1].startswith("two_step.yaml: valid (policies: 1, ")
    assert answer.err == ""


def test_a_misspelt_key_is_told_with_place_caret_and_the_right_key(project: Path) -> None:
    (project / "wrong.yaml").write_text(TWO_STEP.replace("policies", "polices"), encoding="utf-8")
    answer = nansha("check", "wrong.yaml", cwd=project)
    assert answer.code == 2
    assert answer.out == ""
    first, source, caret, remedy, count = answer.err.splitlines()
    assert first == "error: wrong.yaml:3:1: unknown key 'polices'; nearest: 'policies'"
    assert source == "    polices: {two_step_declaration: plan}"
    assert caret == "    ^"
    assert remedy == "    -> write policies"
    assert count == "Problems: 1; files: 1"


def test_every_problem_of_every_file(project: Path) -> None:
    (project / "one.yaml").write_text(TWO_STEP + "sed: 1\nreplicatons: 2\n", encoding="utf-8")
    (project / "two.yaml").write_text(TWO_STEP.replace("plan", "perhaps"), encoding="utf-8")
    answer = nansha("check", "one.yaml", "baseline.yaml", "two.yaml", cwd=project)
    assert answer.code == 2
    assert answer.out.startswith("baseline.yaml: valid")
    assert [line.split(":")[1:3] for line in answer.err.splitlines() if line.startswith("error")] == [
        [" one.yaml", "4"],
        [" one.yaml", "5"],
        [" two.yaml", "3"],
    ]
    assert answer.err.splitlines()[-1] == "Problems: 3; files: 2"


def test_a_fault_that_two_files_share_is_told_once(project: Path) -> None:
    (project / "baseline.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    answer = nansha("check", "baseline.yaml", "two_step.yaml", cwd=project)
    assert answer.err.count("unknown key 'nonsense'") == 1


def test_the_sources_are_passed_over(project: Path) -> None:
    answer = nansha("check", "baseline.yaml", "sources.yaml", cwd=project)
    assert (answer.code, len(answer.out.splitlines())) == (0, 1)


def test_a_load_that_no_steady_state_can_carry(project: Path) -> None:
    answer = nansha("check", "baseline.yaml", "--set", "traffic.vessel_classes.feeder.exchange=4000", cwd=project)
    assert answer.code == 2
    assert "review is asked for" in answer.err
    assert "customs.review.officers" in answer.err
    assert "a load of " in answer.err
    told = nansha("run", "baseline.yaml", "--set", "traffic.vessel_classes.feeder.exchange=4000", cwd=project)
    assert told.code == 2
    assert "which no steady state can carry" in told.err
    assert not (project / "results").exists()


def test_a_high_load_is_a_remark(project: Path) -> None:
    load = "traffic.vessel_classes.feeder.exchange=320"
    answer = nansha("check", "baseline.yaml", "--set", load, "--json", cwd=project)
    (file,) = answer.json()["files"]
    assert answer.code == 0
    assert any("review is loaded to 9" in remark for remark in file["remarks"]), file


def test_json(project: Path) -> None:
    (project / "wrong.yaml").write_text(TWO_STEP + "sed: 1\n", encoding="utf-8")
    answer = nansha("check", "baseline.yaml", "wrong.yaml", "--json", cwd=project)
    good, bad = answer.json()["files"]
    assert (answer.code, answer.json()["ok"], answer.err) == (2, False, "")
    assert (good["ok"], len(good["digest"])) == (True, 64)
    (error,) = bad["errors"]
    assert (error["file"], error["line"], error["column"], error["text"]) == ("wrong.yaml", 4, 1, "sed: 1")
    assert error["remedy"] == "write seed"


def test_chinese(project: Path) -> None:
    (project / "wrong.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    answer = nansha("check", "baseline.yaml", "wrong.yaml", "--lang", "zh", cwd=project)
    assert answer.out.startswith("baseline.yaml：有效（政策 0 项")
    assert answer.err.startswith("错误：wrong.yaml")
    by_variable = nansha("check", "baseline.yaml", cwd=project, NANSHA_LANG="zh")
    assert by_variable.out == answer.out


def test_errors_of_the_command_line_are_json_too(project: Path) -> None:
    for arguments in (("run", "none.yaml"), ("run", "baseline.yaml", "--dys", "2")):
        answer = nansha(*arguments, "--json", cwd=project)
        assert (answer.code, answer.out, json.loads(answer.err)["ok"]) == (2, "", False), arguments
