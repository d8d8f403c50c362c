"""Intervals that are not to be trusted bear a mark, and the page says what it stands for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.project import nansha

pytestmark = pytest.mark.long


SHORT = ("--days", "2", "--replications", "5", "--workers", "1", "--out", "short")
MARKED = re.compile(r"±[\d.,]+\*")


def test_a_run_of_two_days_marks_what_it_cannot_tell(shared: Path) -> None:
    answer = nansha("run", "baseline.yaml", "--lang", "zh", *SHORT, cwd=shared)
    assert answer.code == 0
    assert MARKED.search(answer.out)
    assert "* 单次运行过短" in answer.out


def test_json_says_it_of_runs_and_of_differences(shared: Path) -> None:
    answer = nansha("compare", "baseline.yaml", "two_step.yaml", "--json", *SHORT, cwd=shared)
    found = json.loads(answer.out)
    for numbers in (found["base"]["metrics"], found["reforms"][0]["effects"]):
        assert {number["short"] for number in numbers} == {True, False}


def test_a_comparison_marks_its_intervals(shared: Path) -> None:
    answer = nansha("compare", "baseline.yaml", "two_step.yaml", "--full", *SHORT, cwd=shared)
    assert re.search(r"\)\*", answer.out)
    assert "* The runs are too short" in answer.out
