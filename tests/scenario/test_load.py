"""What a scenario is made of: files that extend files, values, options of the command line."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import Problem, SimError
from sim.port.evidence import leaves
from sim.scenario import Source, load
from sim.scenario.node import made, placed, plain, walk
from tests.scenario.conftest import BASE, Project
from tests.small_port import small_port, small_port_tree


def test_a_scenario_has_all_that_is_run(project: Project) -> None:
    scenario = load(project.root / "base.yaml")
    assert (scenario.name, scenario.zh, scenario.en) == ("base", "基线", "Baseline")
    assert scenario.port == small_port()
    assert scenario.timeline.ports == (scenario.port,)
    assert (scenario.policies, scenario.changes) == ({}, ())
    assert scenario.horizon.start == date(2021, 3, 1)
    assert (scenario.replications, scenario.seed) == (2, 7)
    assert scenario.sources["knowledge"] == Source(title="Background knowledge")
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_later_files_win_and_paths_are_relative_to_the_file_they_stand_in(project: Project) -> None:
    project.write("deep/a.yaml", "extends: ../base.yaml\nseed: 10\nreplications: 10\n")
    project.write("deep/b.yaml", "seed: 11\nport: other.yaml\n")
    project.write("deep/other.yaml", "extends: ../ports/small.yaml\nen: Other port\n")
    scenario = load(project.write("case.yaml", "extends: [deep/a.yaml, deep/b.yaml]\ntitle: {en: Mine}\n"))
    assert (scenario.seed, scenario.replications, scenario.zh, scenario.en) == (11, 10, "基线", "Mine")
    assert scenario.port.en == "Other port"


def test_a_file_extended_by_many_is_read_once(project: Project) -> None:
    project.write("f0.yaml", "extends: base.yaml\n")
    for k in range(1, 40):
        project.write(f"f{k}.yaml", f"extends: [f{k - 1}.yaml, f{k - 1}.yaml]\n")
    assert load(project.root / "f39.yaml").seed == 7


def test_values_differ_from_the_port_with_their_own_evidence(project: Project) -> None:
    scenario = project.load("values: {customs: {tally: {value: 2, grade: seen, source: assumption, note: n}}}")
    tally = scenario.port.customs.tally
    assert (tally.value, tally.unit, tally.grade, tally.source, tally.note) == (2, "h", "seen", "assumption", "n")
    assert scenario.port.customs.review == small_port().customs.review


def test_a_channel_can_be_left_out(project: Project) -> None:
    assert project.load("values: {channel: null}").port.channel is None


@pytest.mark.parametrize("policy", ["inspection_rate: off", "inspection_rate: {}", "inspection_rate: {factor: 1}"])
def test_a_policy_that_changes_nothing_leaves_the_digest(project: Project, policy: str) -> None:
    baseline, scenario = load(project.root / "base.yaml"), project.load(f"policies: {{{policy}}}")
    assert (scenario.timeline, scenario.digest, scenario.changes) == (baseline.timeline, baseline.digest, ())


def test_plan_sets_every_lever(project: Project) -> None:
    scenario = project.load("policies: {two_step_declaration: plan}")
    policy = scenario.policies["two_step_declaration"]
    assert {name: getattr(policy, name) for name in policy.levers} == policy.plan()
    assert [change.path for change in scenario.changes] == ["customs.declaration.two_step_share"]
    assert (scenario.changes[0].before, scenario.changes[0].after, scenario.changes[0].unit) == (0.1, 0.25, "share")
    assert scenario.changes[0].measure == policy.measure


def test_a_policy_of_a_base_file_can_be_switched_off(project: Project) -> None:
    project.write("reform.yaml", "extends: base.yaml\npolicies: {scanner_first: plan, single_window: plan}\n")
    scenario = load(project.write("case.yaml", "extends: reform.yaml\npolicies: {scanner_first: off}\n"))
    assert list(scenario.policies) == ["single_window"]


def test_set_widens_the_range_and_says_who_set_it(project: Project) -> None:
    project.write("wide.yaml", "extends: base.yaml\n" + VALUE)
    scenario = load(project.root / "wide.yaml", sets={"customs.tally": "9"})
    tally = scenario.port.customs.tally
    assert (tally.value, tally.low, tally.high) == (9, 0.5, 9)
    assert (tally.grade, tally.source, tally.note) == ("assumed", "scenario", "set on the command line")


VALUE = "values: {customs: {tally: {value: 1, low: 0.5, high: 2, grade: known, source: knowledge}}}\n"


def test_set_reaches_ports_policies_and_the_head_of_the_file(project: Project) -> None:
    sets = {
        "customs.inspection.scanners": "3",
        "customs.laboratory.conditional_removal": "true",
        "customs.review.calendar": "h24",
        "traffic.services.north.arrivals.at": "wed 18:00",
        "traffic.services.south.terminal": "t1",
        "policies.two_step_declaration.share": "0.3",
        "policies.single_window": "plan",
        "policies.inspection_rate.from": "2021-03-10",
        "policies.inspection_rate.factor": "0.5",
        "policies.inspection_rate.after": "[single_window]",
        "horizon.start": "2021-04-01",
        "seed": "99",
    }
    scenario = project.load("policies: {two_step_declaration: plan}", sets=sets, days=5, replications=3)
    found = leaves(scenario.port)
    assert found["customs.inspection.scanners"].value == 3  # type: ignore[attr-defined]
    assert found["customs.laboratory.conditional_removal"].value is True  # type: ignore[attr-defined]
    assert found["customs.review.calendar"].value == "h24"  # type: ignore[attr-defined]
    assert found["traffic.services.north.arrivals.at"].value == "wed 18:00"  # type: ignore[attr-defined]
    assert list(scenario.policies) == ["two_step_declaration", "single_window", "inspection_rate"]
    two_step = scenario.policies["two_step_declaration"]
    assert (two_step.share, two_step.documents_factor) == (0.3, 0.6)  # type: ignore[attr-defined]
    assert scenario.policies["inspection_rate"].from_ == date(2021, 3, 10)
    assert (scenario.horizon.days, scenario.horizon.start) == (5, date(2021, 4, 1))
    assert (scenario.replications, scenario.seed) == (3, 99)


def test_set_reaches_values_that_the_file_leaves_out(project: Project) -> None:
    sets = {"customs.traders.ordinary.priority": "7", "terminals.t1.quay.service": "20"}
    port = project.load("", sets=sets).port
    assert (port.customs.traders["ordinary"].priority.value, port.customs.traders["ordinary"].priority.unit) == (
        7,
        "rank",
    )
    assert port.terminals["t1"].quay.service is not None


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("customs.inspection.scaners", "3", "there is no value 'customs.inspection.scaners' to set; nearest: "),
        ("scanners", "3", "nearest: 'customs.inspection.scanners'"),
        ("customs", "3", "there is no value 'customs' to set"),
        ("customs.inspection", "3", "there is no value 'customs.inspection' to set"),
        ("customs.inspection.scanners.low", "3", "nearest: 'customs.inspection.scanners'"),
        ("customs.inspection.scanners", "2.5", "value 2.5 must be a whole number of servers"),
        ("customs.inspection.scanners", "two", "a number is needed here, not the text 'two'"),
        ("customs.inspection.scanners", "[1]", "a number is needed here, not a list"),
        ("customs.inspection.scanners", "", "a number is needed here, not nothing"),
        ("customs.inspection.scanners", "0101", "0101 begins with a zero"),
        ("customs.inspection.scanners", "{", "this is not YAML"),
        ("customs.inspection.scan_at_close", "stop", "'stop' is not one of the choices"),
        ("policies.two_step", "plan", "nearest: 'policies.two_step_declaration'"),
        ("policies.two_step_declaration.shr", "1", "nearest: 'policies.two_step_declaration.share'"),
        ("policies.two_step_declaration.share", "2", "share 2 must be at most 1 share"),
        ("horizon.dayz", "2", "nearest: 'horizon.days'"),
        ("horizon.days", "soon", "a whole number is needed here, not the text 'soon'"),
        ("seed", "-1", "-1 must be at least 0"),
    ],
)
def test_a_wrong_set_is_told_like_a_wrong_file(project: Project, path: str, text: str, message: str) -> None:
    (problem,) = project.problems(BASE, sets={path: text})
    assert problem.where == f"--set {path}"
    assert message in problem.what
    assert problem.remedy


def test_a_wrong_option_is_told_by_its_name(project: Project) -> None:
    (problem,) = project.problems(BASE, days=0)
    assert (problem.where, problem.what) == ("--days", "horizon.days: 0 must be at least 1")


def test_the_resolved_text_loads_by_itself_to_the_same_digest(project: Project) -> None:
    scenario = project.load(VALUE + "policies: {two_step_declaration: plan}", sets={"customs.inspection.bays": "9"})
    again = load(project.write("text.yaml", scenario.text))
    assert again.digest == scenario.digest
    assert (again.port, again.timeline, again.changes) == (scenario.port, scenario.timeline, scenario.changes)
    assert again.text == scenario.text
    assert yaml.safe_load(scenario.text)["port"]["customs"]["tally"]["value"] == 1


WORDS = st.sampled_from(["\n", "\n  ", "\t", ": ", "- ", *"{}[]:,#|?~'\"港"]) | st.sampled_from(
    [
        "policies",
        "values",
        "customs",
        "tally",
        "value",
        "&x ",
        "*x",
        "!!str ",
        "0101",
        "1e-3",
        "extends",
        "base.yaml",
        "off",
    ]
)


def faults(project: Project, text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a scenario, nothing if it loads; any other exception is a fault of the program."""
    try:
        project.load(text)
    except SimError as error:
        return error.problems
    return ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25).map("".join))
def test_no_text_ends_in_anything_but_a_scenario_or_problems(project: Project, text: str) -> None:
    assert all(problem.where and problem.what for problem in faults(project, text))


TREE = made(small_port_tree(), "here")
PLACES = [keys for keys, _ in walk(TREE) if keys and all(isinstance(key, str) for key in keys)]
JUNK = st.sampled_from([None, True, 0, -1, 1.5, 10**12, "x", "", [], [1], {}, {"value": 1}, {"kind": "gamma"}])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), JUNK)
def test_no_fault_in_a_port_goes_without_a_place(project: Project, keys: tuple[str, ...], junk: object) -> None:
    tree = plain(placed(TREE, keys, made(junk, "junk")))
    project.write("ports/small.yaml", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    for problem in faults(project, ""):
        assert problem.where
        assert "Input should" not in problem.what
        assert "validation error" not in problem.what


def test_every_shipped_scenario_loads() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "sources.yaml":
            assert load(path).digest
