"""Files that cannot be read, and paths that may not be followed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import Place, ScenarioError
from sim.scenario import load
from tests.scenario.conftest import Project

Only = Callable[..., tuple[str, tuple[int, int], str]]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n", "---\n"])
def test_an_empty_file(text: str, one_problem: Only) -> None:
    assert one_problem(text)[:2] == ("the file is empty", (1, 1))


def test_a_file_that_is_no_mapping(one_problem: Only) -> None:
    assert one_problem("- a\n- b\n")[0] == "the file must hold a mapping"


def test_a_circle_of_extends_shows_the_chain(project: Project) -> None:
    project.write("a.yaml", "seed: 1\nextends: [b.yaml]\n")
    project.write("b.yaml", "extends: case.yaml\n")
    chain = project.problems("extends: a.yaml\n")
    assert len(chain) == 1
    assert "case.yaml -> " in chain[0].what
    assert chain[0].what.count(".yaml") == 4
    where = chain[0].where
    assert isinstance(where, Place)
    assert (Path(where.file).name, where.line, where.column) == ("b.yaml", 1, 10)


def test_a_link_that_leaves_the_project(project: Project) -> None:
    outside = project.root.parent / f"{project.root.name}-outside.yaml"
    outside.write_text("seed: 1\n")
    try:
        (project.root / "link.yaml").symlink_to(outside)
    except OSError:
        pytest.skip("no links on this file system")
    (problem,) = project.problems("extends: link.yaml\n")
    assert "leaves the project" in problem.what


def test_anchors_cannot_grow_a_small_file_without_bound(project: Project) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}]" for k in range(1, 60)]
    problems = project.problems("\n".join(lines))
    assert any("aliases (*name) are not read" in problem.what for problem in problems)


def test_nesting_without_end(one_problem: Only) -> None:
    assert "levels are nested" in one_problem("a: " + "[" * 5000 + "]" * 5000)[0]


def test_files_that_cannot_be_read(project: Project) -> None:
    (problem,) = project.problems(b"title: \xff\n")
    assert str(problem.where).endswith("case.yaml:1:8")
    assert (problem.what, problem.remedy) == ("this is not UTF-8 text", "save the file as UTF-8")
    (problem,) = project.problems(b"# " + b"x" * 5_000_001)
    assert "larger than 5 MB" in problem.what
    (problem,) = project.problems("title: \x07\n")
    assert "U+0007" in problem.what
    with pytest.raises(ScenarioError, match="this is a folder"):
        load(project.root)
    with pytest.raises(ScenarioError, match=r"no such file; nearest: '.*base\.yaml'"):
        load(project.root / "bse.yaml")
    with pytest.raises(ScenarioError, match="no such file"):
        load(project.root / ("x" * 5000))


def test_a_file_outside_of_any_project(tmp_path: Path) -> None:
    path = tmp_path / "lonely.yaml"
    path.write_text("seed: 1\n")
    with pytest.raises(ScenarioError, match=r"no sources\.yaml here or in a folder above"):
        load(path)


def test_a_byte_order_mark_and_foreign_line_ends_are_read(project: Project) -> None:
    scenario = load(project.write("case.yaml", "\ufeffextends: base.yaml\r\nseed: 5\r\n"))
    assert scenario.seed == 5


def test_what_an_unread_base_may_hold_is_not_said_to_be_missing(project: Project, one_problem: Only) -> None:
    assert one_problem("extends: bse.yaml\n")[0] == "there is no file 'bse.yaml'; nearest: 'base.yaml'"
    project.write("broken.yaml", "a: b: c\n")
    assert one_problem("extends: broken.yaml\n")[0] == "a key cannot stand here"
    problems = project.problems("extends: bse.yaml\nseed: -1\npolicies: {two_step: plan}\n")
    assert [problem.where.line for problem in problems if isinstance(problem.where, Place)] == [1, 2, 3]


@pytest.mark.parametrize("entry", ["5", "", "{a: b}", "[base.yaml, 7]", "''"])
def test_extends_that_names_no_file(entry: str, one_problem: Only) -> None:
    what, (line, _), _ = one_problem(f"extends: {entry}\n")
    assert what.startswith("the path of a file is needed here, not ")
    assert line == 1


def test_a_year_at_the_end_of_the_calendar(project: Project) -> None:
    problems = project.problems("extends: base.yaml\nhorizon: {start: 9999-12-31}\n")
    assert "those of 9999 are not in the port" in problems[0].what


def test_a_source_that_only_a_policy_names_must_be_described_too(project: Project) -> None:
    project.write("sources.yaml", "knowledge: {title: x}\nasumption: {title: x}\n")
    (problem,) = project.problems("extends: base.yaml\npolicies: {two_step_declaration: plan}\n")
    what = "two_step_declaration names source 'assumption', which is not in sources.yaml; nearest: 'asumption'"
    assert problem.what == what
    assert isinstance(problem.where, Place)
    assert (problem.where.line, problem.where.column) == (2, 12)
