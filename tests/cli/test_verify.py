"""`nansha verify`: a table that a planner can read, JSON for machines, and an exit code that fails a build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from sim.cli import verify as command
from sim.verify import Finding
from tests.cli.project import nansha

FAST = ("fork_join", "train")


def test_a_table_of_what_was_expected_and_found(tmp_path: Path) -> None:
    answer = nansha("verify", *FAST, "--quick", "--workers", "2", cwd=tmp_path)
    assert answer.code == 0
    lines = answer.out.splitlines()
    heads = ("Case", "Through", "Measure", "Expected", "Found", "95 % interval", "Margin", "Verdict")
    assert all(head in lines[0] for head in heads)
    assert all(len(line) <= 120 for line in lines)
    (row,) = (line for line in lines if line.startswith("Fork and join"))
    assert "port: release" in row
    assert "both done [h]" in row
    assert row.split()[-3:] == ["±4", "%", "holds"]
    assert "16 replications with seed 2021" in answer.out
    assert "A quick look" in answer.out
    assert lines[-1] == "All 2 hold."


@pytest.mark.long
def test_json_and_a_seed(tmp_path: Path) -> None:
    record = nansha("verify", *FAST, "--quick", "--workers", "1", "--seed", "7", "--json", cwd=tmp_path).json()
    assert (record["holds"], record["seed"], record["quick"], record["replications"]) == (True, 7, True, 16)
    assert [finding["case"] for finding in record["findings"]] == list(FAST)
    for finding in record["findings"]:
        assert finding["low"] <= finding["found"] <= finding["high"]
        assert finding["verdict"] == "holds"
        assert finding["unit"] == "h"


@pytest.mark.long
def test_chinese(tmp_path: Path) -> None:
    out = nansha("verify", "fork_join", "--quick", "--workers", "1", "--lang", "zh", cwd=tmp_path).out
    assert "分叉与汇合" in out
    assert "1 项全部成立。" in out


def test_a_case_that_does_not_exist(tmp_path: Path) -> None:
    answer = nansha("verify", "fork_joins", "berth", cwd=tmp_path)
    assert answer.code == 2
    assert answer.out == ""
    assert "there is no case 'fork_joins'" in answer.err
    assert "did you mean 'fork_join'?" in answer.err
    assert "there is no case 'berth'" in answer.err


def findings(found: float) -> Callable[..., list[Finding]]:
    right = Finding("m_d_1", "bay", "wait", 1.0, 1.01, 0.99, 1.02, 0.05, 16)
    other = Finding("train", "train", "wait", 1.0, found, found - 0.01, found + 0.01, 0.05, 16)
    return lambda *_: [right, other]


@pytest.mark.parametrize("as_json", [False, True])
def test_one_that_fails_fails_the_command(
    as_json: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.verify.verify", findings(1.2))
    with pytest.raises(typer.Exit) as stop:
        command.verify(workers=1, as_json=as_json)
    assert stop.value.exit_code == 1
    out = capsys.readouterr().out
    if as_json:
        assert '"holds": false' in out
        assert '"verdict": "fails"' in out
    else:
        assert "FAILS" in out
        assert "1 of 2 fail: do not rely on this build." in out


def test_all_that_hold_do_not(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sim.verify.verify", findings(1.0))
    command.verify(workers=1)
    assert "All 2 hold." in capsys.readouterr().out
