"""Sweep files: what they hold, and what bad ones get."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiment.design import alone, number_of_points, points
from sim.scenario.node import plain
from sim.scenario.sweep import Sweep, load_sweep
from tests.cli.project import lay_project

HEAD = """\
title: {zh: 网格, en: Grid}
scenario: ../baseline.yaml
replications: 2
"""
GRID = HEAD + "design: grid\n"
FACTOR = "policies.inspection_rate.factor"
SCANNERS = "customs.inspection.scanners"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = lay_project(tmp_path_factory.mktemp("sweeps") / "project")
    (project / "sweeps").mkdir()
    return project / "sweeps"


def sweep(folder: Path, text: str) -> Sweep:
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return load_sweep(folder / "x.yaml")


def values(read: Sweep) -> list[tuple[object, ...]]:
    return [tuple(plain(node) for node in point.values()) for point in points(read)]


def test_a_grid_has_every_combination_the_last_lever_running_fastest(folder: Path) -> None:
    text = f"levers: {{{FACTOR}: [0.8, 1], {SCANNERS}: {{low: 1, high: 3, steps: 3, whole: true}}}}\n"
    read = sweep(folder, GRID + text)
    assert values(read) == [(0.8, 1), (0.8, 2), (0.8, 3), (1, 1), (1, 2), (1, 3)]
    assert number_of_points(read) == 6
    assert [{path: plain(node) for path, node in point.items()} for point in alone(read)] == [
        *({FACTOR: value} for value in (0.8, 1)),
        *({SCANNERS: value} for value in (1, 2, 3)),
    ]


def test_a_list_goes_through_its_levers_side_by_side(folder: Path) -> None:
    read = sweep(folder, HEAD + f"design: list\nlevers: {{{FACTOR}: [0.8, 1], {SCANNERS}: [3, 1]}}\n")
    assert values(read) == [(0.8, 3), (1, 1)]
    assert len(list(alone(read))) == 1


@pytest.mark.parametrize("design", ["latin_hypercube", "sobol"])
def test_drawn_points_are_even_over_each_lever_and_the_same_every_time(design: str, folder: Path) -> None:
    levers = f"{FACTOR}: {{low: 0.5, high: 0.9}}, {SCANNERS}: {{low: 1, high: 4, whole: true}}"
    text = HEAD + f"design: {design}\npoints: 16\nlevers: {{{levers}, policies.rail: [off, plan]}}\n"
    read = sweep(folder, text)
    drawn = values(read)
    assert drawn == values(sweep(folder, text))
    assert drawn != values(sweep(folder, text + "design_seed: 2\n"))
    factors, scanners, words = (list(column) for column in zip(*drawn, strict=True))
    assert sorted(int((factor - 0.5) / 0.4 * 16) for factor in factors) == list(range(16))  # type: ignore[operator]
    assert sorted(scanners) == [k for k in (1, 2, 3, 4) for _ in range(4)]  # type: ignore[type-var]
    assert words.count("off") == 8
    assert len(drawn) == number_of_points(read) == 16


def test_replications_of_the_command_line_come_before_those_of_the_file(folder: Path) -> None:
    sweep(folder, GRID + f"levers: {{{FACTOR}: [1]}}\n")
    assert load_sweep(folder / "x.yaml", replications=7).content.replications == 7
    with pytest.raises(ScenarioError, match="replications: 0 must be at least 1"):
        load_sweep(folder / "x.yaml", replications=0)


ONE = f"levers: {{{FACTOR}: [0.8, 1]}}\n"
BAD = [
    (HEAD.replace("replications: 2", "replications: 0") + "design: grid\n" + ONE, ":3:15: replications: 0 must be at"),
    (GRID.replace("grid", "gird") + ONE, "design: 'gird' is not one of the choices; nearest: 'grid'"),
    (GRID + "levers: {}\n", "levers: this may not be empty"),
    (GRID + f"levers: {{{FACTOR}: []}}\n", "a list of values or a range is needed here, not an empty one"),
    (GRID + f"levers: {{{FACTOR}: 3}}\n", "is needed here, not the number 3"),
    (GRID + f"levers: {{{FACTOR}: [[1], 2]}}\n", "a list is no value of a lever"),
    (GRID + f"levers: {{{FACTOR}: [1, 1]}}\n", "1 stands twice"),
    (GRID + f"levers: {{{FACTOR}: {{low: 2, high: 2, steps: 3}}}}\n", "high 2 is not above low 2: the range is empty"),
    (GRID + f"levers: {{{FACTOR}: {{low: 1, high: 2}}}}\n", "needs to know how many values to take of a range"),
    (GRID + f"levers: {{{FACTOR}: {{low: 1, hihg: 2}}}}\n", "unknown key 'hihg'; nearest: 'high'"),
    (GRID + ONE + "points: 5\n", "a grid has as many points as its levers have values"),
    (HEAD + "design: sobol\npoints: 5\n" + ONE, "5 is no power of 2"),
    (HEAD + "design: latin_hypercube\n" + ONE, "'points' is missing"),
    (HEAD + f"design: list\nlevers: {{{FACTOR}: [1, 2], {SCANNERS}: [1]}}\n", "need the same number of values each"),
    (GRID.replace("baseline", "basline") + ONE, "there is no file '../basline.yaml'; nearest: '../baseline.yaml'"),
    (GRID + ONE + "metrics: []\n", "metrics: this may not be empty"),
    (GRID + ONE + "lever: {}\n", "unknown key 'lever'; nearest: 'levers'"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_file_that_does_not_hold_is_told_with_its_line(text: str, words: str, folder: Path) -> None:
    with pytest.raises(ScenarioError) as told:
        sweep(folder, text)
    assert words in str(told.value)
    assert all(f"{folder / 'x.yaml'}:" in str(problem.where) for problem in told.value.problems)
    assert all(problem.remedy for problem in told.value.problems)


def test_a_file_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        load_sweep(folder / "y.yaml")
