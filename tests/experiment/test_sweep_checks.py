"""Names of metrics are looked up before a sweep begins: in a short run, and only if need be in a whole one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.errors import RunError
from sim.experiment.figures import Figures
from sim.experiment.sweep_checks import check_names, first_point, looks
from sim.scenario.sweep import Sweep, load_sweep
from sim.scenario.template import Template
from tests.cli.project import lay_project
from tests.cli.sweeps import GRID, lay_sweep


def sweep(tmp_path: Path, text: str) -> Sweep:
    return load_sweep(lay_sweep(lay_project(tmp_path / "project"), text))


def figures(*names: str) -> Figures:
    lines = tuple((*name.split("."), "h") for name in names)
    return Figures(lines, np.ones(len(lines)))  # type: ignore[arg-type]


def test_the_whole_run_is_looked_at_only_for_what_the_short_one_lacks(tmp_path: Path) -> None:
    taken: list[str] = []

    def both() -> Iterator[Figures]:
        taken.append("short")
        yield figures("arrival_to_release.import.all.mean")
        taken.append("whole")
        yield figures("arrival_to_release.import.all.mean", "arrival_to_release.import.all.p90")

    check_names(sweep(tmp_path / "a", GRID.replace(", arrival_to_release.import.p90", "")), both())
    assert taken == ["short"]
    check_names(sweep(tmp_path / "b", GRID), both())
    assert taken == ["short", "short", "whole"]
    with pytest.raises(RunError) as told:
        check_names(sweep(tmp_path / "c", GRID.replace("import.p90", "import.p91")), both())
    (problem,) = told.value.problems
    assert problem.what.startswith("arrival_to_release has no 'import.p91'")
    assert str(problem.where).endswith("grid.yaml:9:31")


def test_a_number_that_only_a_long_run_has_is_found(tmp_path: Path) -> None:
    """The small port has cargo that a run over few days has not released."""
    made = sweep(tmp_path, GRID.replace("days: 4", "days: 14"))
    template = Template(made.scenario, made.options)
    short, whole = looks(first_point(made, template))
    only_long = {line[:4] for line in whole.layout} - {line[:4] for line in short.layout}
    assert only_long
    name = ".".join(min(only_long))
    text = GRID.replace("days: 4", "days: 14").replace("[arrival_to_release,", f"[{name},")
    check_names(sweep(tmp_path / "again", text), [short, whole])


def test_the_first_point_that_can_be_run_is_looked_at(tmp_path: Path) -> None:
    levers = "levers:\n  customs.inspection.examination_time: [400, 4]\n"
    made = sweep(tmp_path, GRID.replace("levers:\n", levers).replace("[0.6, 0.7, 0.8, 0.9, 1.0]", "[1.0]"))
    found = first_point(made, Template(made.scenario, made.options))
    assert found.port.customs.inspection.examination_time.value == 4
