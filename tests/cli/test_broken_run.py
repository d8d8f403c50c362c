"""A run that its own checks found broken is no success, whatever it printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import typer

from sim.cli import pictures
from sim.cli.screen import Screen
from sim.cli.working import NOT_TO_BE_USED, Wanted, finish
from sim.experiment import ScenarioResult
from tests.experiment.scenarios import outcome, scenario


def test_broken_numbers_are_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures, "save_charts", lambda *_, **__: tmp_path)
    broken = replace(outcome(), violations=("3 boxes have t_released before t_lodged",))
    result = ScenarioResult(scenario(), (outcome(), broken))
    with pytest.raises(typer.Exit) as ended:
        finish((result,), Wanted(tmp_path), Screen("en", as_json=False), {})
    assert ended.value.exit_code == NOT_TO_BE_USED
    told = capsys.readouterr()
    assert "error: base: replication 1: 3 boxes have t_released before t_lodged" in told.err
    assert "do not use these numbers" in told.err
    assert "Results: " in told.out
