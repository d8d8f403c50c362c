"""`nansha run --precision`: how many replications it took and why, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.project import nansha

SHORT = ("--set", "horizon.cool_down_days=2", "--set", "horizon.warm_up_days=0", "--workers", "1", "--out", "out")


@pytest.mark.long
def test_the_report_ends_with_the_number_of_replications_and_why(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", "--precision", "20%", *SHORT, cwd=project)
    assert answer.code == 0
    assert "30 replications of 7 days" in answer.out
    words = " ".join(answer.out.split())
    assert "Precise enough after 30 replications: Imports: arrival to gate-out, mean, is" in words
    assert "where ± 20 % was asked for" in words
    record = nansha("run", "baseline.yaml", "--precision", "40h", *SHORT, "--json", cwd=project).json()
    precision = record["runs"][0]["precision"]
    assert (precision["metric"], precision["unit"]) == ("arrival_to_gate_out.import.all.mean", "h")
    assert (precision["replications"], precision["looks"], precision["wanted"]) == (30, [30], 40.0)
    assert precision["low"] < precision["mean"] < precision["high"]


@pytest.mark.long
def test_a_precision_out_of_reach_says_what_would_do_and_keeps_what_was_run(project: Path) -> None:
    asked = ("run", "baseline.yaml", "--precision", "0.1%", "--max-replications", "30", *SHORT)
    answer = nansha(*asked, cwd=project)
    assert answer.code == 2
    assert answer.out == ""
    assert "after 30 replications, which is not ±" in answer.err
    assert "--max-replications" in answer.err
    (kept,) = (path for path in (project / "out").iterdir() if path.is_dir() and len(path.name) == 64)
    assert len([path for path in kept.iterdir() if path.is_dir()]) == 30


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--precision", "fine"), "'fine' is no precision"),
        (("--precision", "2%", "--replications", "5"), "--replications says nothing"),
        (("--precision", "2min"), "is in h, not in min"),
        (("--precision", "2%", "--metric", "arrival_to_gateout"), "arrival_to_gate_out"),
    ],
)
def test_what_cannot_be_asked_for(project: Path, options: tuple[str, ...], what: str) -> None:
    answer = nansha("run", "baseline.yaml", *options, *SHORT, cwd=project)
    assert answer.code == 2
    assert what in answer.err
