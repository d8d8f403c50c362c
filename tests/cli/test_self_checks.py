"""What a run says of its own checks: a line on the page, in both languages, and the facts in JSON and in the store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.project import Answer, nansha

pytestmark = pytest.mark.long


def flat(text: str) -> str:
    """Return the text with its line breaks taken out."""
    return " ".join(text.split())


def test_the_page_says_what_was_checked_and_that_it_holds(shared: Path, run_en: Answer) -> None:
    said = flat(run_en.out)
    assert "The run checked itself: flow balance and Little's law at 10 stations" in said
    assert "All hold; two counts of the same hours agree to 1 part in " in said
    chinese = nansha("run", "baseline.yaml", "--out", "out", "--lang", "zh", cwd=shared)
    assert "模拟自检：10个环节的流量平衡与利特尔法则均成立" in "".join(chinese.out.split())


def test_json_and_the_store_tell_it_in_full(shared: Path, run_en: Answer) -> None:
    assert run_en.code == 0
    record = nansha("run", "baseline.yaml", "--out", "out", "--json", cwd=shared).json()["runs"][0]
    checked = record["checked"]
    assert record["violations"] == []
    desks = ["review", "scanner", "examination", "gate t1", "terminal t1"]
    water = ["anchorage t1", "berths t1", "cranes t1", "channel in t1", "channel out t1"]
    assert checked["stations"] == desks + water
    stored = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(shared.glob("out/*/*/checks.json"))]
    assert len(stored) == 2
    assert checked["boxes"] == sum(one["checked"]["boxes"] for one in stored) > 1000
    assert 0 <= checked["difference"] < 1e-5


def test_a_result_that_does_not_say_what_was_checked_is_read_and_says_nothing_of_it(
    shared: Path, run_en: Answer
) -> None:
    shutil.copytree(shared / "out", shared / "before")
    for file in shared.glob("before/*/*/checks.json"):
        said = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({name: said[name] for name in said if name != "checked"}), encoding="utf-8")
    again = nansha("run", "baseline.yaml", "--out", "before", cwd=shared)
    assert (again.code, run_en.code) == (0, 0)
    assert "Every box is accounted for" in flat(again.out)
    assert "The run checked itself" not in flat(again.out)
