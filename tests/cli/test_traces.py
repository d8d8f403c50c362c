"""Traces from the command line: what `nansha check` says of them, and runs over several processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.project import nansha

CALLS = "call,service,t_arrived,discharge_boxes\nv1,north,5,20\nv2,north,100,30\nv3,south,2021-03-20 06:00,10\n"
BOXES = "call,flow,teu\n" + "v1,import,2\n" * 20 + "v2,empty,1\n" * 30 + "v3,import,1\n" * 10
TRACED = """\
extends: baseline.yaml
title: {zh: 实录, en: Recorded}
traces: {calls: data/calls.csv, boxes: data/boxes.csv}
"""


@pytest.fixture
def traced(project: Path) -> Path:
    """A project with a trace."""
    (project / "data").mkdir()
    (project / "data" / "calls.csv").write_text(CALLS, encoding="utf-8")
    (project / "data" / "boxes.csv").write_text(BOXES, encoding="utf-8")
    (project / "traced.yaml").write_text(TRACED, encoding="utf-8")
    return project


def test_check_says_what_was_read_and_what_is_left_out(traced: Path) -> None:
    answer = nansha("check", "traced.yaml", cwd=traced)
    assert answer.code == 0
    first, second = answer.out.splitlines()
    assert first.startswith("traced.yaml: valid (policies: 0, ")
    assert second == "traced.yaml: traces: 3 calls, 60 boxes; rows read: calls.csv (3); boxes.csv (60)"
    # the baseline runs for 20 days
    assert "traced.yaml: calls of the traces after the end of the run, left out: 0" not in answer.err
    short = nansha("check", "traced.yaml", "--set", "horizon.cool_down_days=1", cwd=traced)
    assert short.err.strip() == "traced.yaml: calls of the traces after the end of the run, left out: 1"


def test_check_tells_a_wrong_row_at_its_place(traced: Path) -> None:
    (traced / "data" / "boxes.csv").write_text(BOXES.replace("v2,", "v9,"), encoding="utf-8")
    answer = nansha("check", "traced.yaml", "baseline.yaml", cwd=traced)
    assert answer.code == 2
    first, source, caret, remedy, count = answer.err.splitlines()
    what = "call 'v9' is not in data/calls.csv (and 29 more rows)"
    assert first == f"error: data/boxes.csv:22:1: {what}"
    assert (source, caret) == ("    v9,empty,1", "    ^")
    assert remedy == "    -> add it to data/calls.csv, or name one that is there"
    assert count == "Problems: 1; files: 1"
    refused = nansha("run", "traced.yaml", cwd=traced)
    assert (refused.code, (traced / "results").exists()) == (2, False)


@pytest.mark.long
def test_json_and_chinese(traced: Path) -> None:
    (file,) = nansha("check", "traced.yaml", "--json", cwd=traced).json()["files"]
    assert file["traces"] == {"data/calls.csv": 3, "data/boxes.csv": 60}
    (plain,) = nansha("check", "baseline.yaml", "--json", cwd=traced).json()["files"]
    assert "traces" not in plain
    answer = nansha("check", "traced.yaml", "--lang", "zh", cwd=traced)
    assert "实录 3 次靠泊、60 个箱" in answer.out


@pytest.mark.long
def test_runs_are_the_same_over_any_number_of_processes(traced: Path) -> None:
    digests = set()
    for workers in ("1", "2"):
        answer = nansha(
            "run", "traced.yaml", "--workers", workers, "--out", f"out{workers}", "--keep-boxes", cwd=traced
        )
        assert answer.code == 0, answer.err
        digests |= {path.name for path in (traced / f"out{workers}").iterdir() if len(path.name) == 64}
    (digest,) = digests
    for number in ("0", "1"):
        for table in ("boxes", "calls", "metrics"):
            one, two = (traced / f"out{w}" / digest / number / f"{table}.parquet" for w in (1, 2))
            assert one.read_bytes() == two.read_bytes()


def test_recorded_calls_that_no_steady_state_can_carry(traced: Path) -> None:
    rows = "".join(f"v{k},north,{k},400\n" for k in range(400))
    (traced / "data" / "calls.csv").write_text("call,service,t_arrived,discharge_boxes\n" + rows, encoding="utf-8")
    (traced / "traced.yaml").write_text(TRACED.replace(", boxes: data/boxes.csv", ""), encoding="utf-8")
    answer = nansha("check", "traced.yaml", cwd=traced)
    assert answer.code == 2
    assert "which no steady state can carry" in answer.err
