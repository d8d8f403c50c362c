"""Every policy is a pure, neutral, sourced function Port -> Port, and does what its cases say."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import ValidationError

from sim.errors import PolicyError
from sim.policies import catalogue
from sim.policies.base import Policy, Sign
from sim.port.evidence import leaves, lookup, names, replaced
from sim.port.port import Port
from tests.contracts.cases import FOLDER, KEYS, Case, cases_of, every_case, every_policy
from tests.small_port import small_port, whole_small_port

ROOT = Path(__file__).parents[2]

MULTIPLIED = ("customs.inspection.scanners", "customs.inspection.bays", "customs.traders.*.export_inspection_rate")
"""Values that a policy multiplies: in force twice, it moves them twice."""


def planned(key: str) -> Policy:
    """Return the policy under the action plan."""
    return catalogue()[key](**catalogue()[key].plan())


def changes(before: Port, after: Port) -> dict[str, tuple[Any, Any]]:
    """Return path -> (value before, value after) of every value and name that moved; hours count for a calendar."""
    old, new = leaves(before), leaves(after)
    assert old.keys() == new.keys()
    values = {path: (old[path].value, new[path].value) for path in old if old[path] != new[path]}  # type: ignore[attr-defined]
    called, calls = names(before), names(after)
    return values | {path: (called[path], calls[path]) for path in called if called[path] != calls[path]}


def touched(policy: type[Policy], path: str) -> bool:
    """Return whether the class says that it may move this path; * stands for one mapping key."""
    return any(path.count(".") == pattern.count(".") and fnmatchcase(path, pattern) for pattern in policy.touches)


@every_policy
def test_neutral_by_default(key: str) -> None:
    port = small_port()
    assert catalogue()[key]().apply(port) is port


@every_case
def test_does_what_its_case_says(case: Case) -> None:
    before = case.before()
    moved = changes(before, case.policy().apply(before))
    assert moved == {path: pytest.approx(pair) if _numbers(pair) else pair for path, pair in case.expect.items()}


def _numbers(pair: tuple[Any, Any]) -> bool:
    return not any(isinstance(value, str | bool) for value in pair)


@every_case
def test_changes_only_what_it_names(case: Case) -> None:
    before = case.before()
    moved = changes(before, case.policy().apply(before))
    assert [path for path in moved if not touched(catalogue()[case.key], path)] == []


@every_case
def test_pure(case: Case) -> None:
    port, twin = case.before(), case.before()
    first, second = case.policy().apply(port), case.policy().apply(port)
    assert port == twin
    assert first == second


@every_case
def test_twice_in_a_row_moves_the_port_only_once_unless_it_multiplies(case: Case) -> None:
    once = case.policy().apply(case.before())
    again = changes(once, case.policy().apply(once))
    assert [path for path in again if not any(fnmatchcase(path, pattern) for pattern in MULTIPLIED)] == []


@every_case
def test_the_port_still_holds(case: Case) -> None:
    """Units, bounds, ranges and shares of the changed port are checked as strictly as a file is."""
    after = case.policy().apply(case.before())
    assert Port.model_validate_json(after.model_dump_json(), strict=True) == after


@every_policy
def test_survives_pickling(key: str) -> None:
    policy = planned(key)
    assert pickle.loads(pickle.dumps(policy)) == policy


@every_policy
def test_frozen_and_hashable(key: str) -> None:
    policy = planned(key)
    assert hash(policy) == hash(planned(key))
    with pytest.raises(ValidationError, match="frozen"):
        policy.ramp_days = 30  # type: ignore[misc]


@every_policy
def test_unknown_lever_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="no_such_lever"):
        catalogue()[key](no_such_lever=1)


@every_policy
def test_levers_are_the_fields(key: str) -> None:
    policy = catalogue()[key]
    assert set(policy.levers) == set(policy.model_fields) - set(Policy.model_fields)


@every_policy
def test_bounds_reject(key: str) -> None:
    for name, info in catalogue()[key].levers.items():
        if info.measure is None:
            wrong: tuple[Any, ...] = ("yes", 1)
        else:
            lowest = info.measure.ge if info.measure.ge is not None else info.measure.gt
            assert lowest is not None, f"{name} needs a lower bound"
            assert info.measure.le is not None, f"{name} needs an upper bound"
            wrong = (lowest - 1, info.measure.le + 1, "much", True)
        for value in wrong:
            with pytest.raises(ValidationError):
                catalogue()[key](**{name: value})


@every_policy
def test_plan_values_are_in_bounds_and_in_range(key: str) -> None:
    for name, info in catalogue()[key].levers.items():
        plan = info.plan
        assert (info.measure is None) == isinstance(plan.value, bool), name
        if info.measure is not None:
            ends = [plan.value if end is None else end for end in (plan.low, plan.high)]
            for number in (plan.value, *ends):
                info.measure.check_number(number, name)
            assert ends[0] <= plan.value <= ends[1], name
        if plan.grade == "assumed" and info.measure is not None:
            assert None not in (plan.low, plan.high), f"{name}: an assumed value needs both low and high"


@every_policy
def test_sources_resolve(key: str) -> None:
    known = yaml.safe_load((ROOT / "scenarios" / "sources.yaml").read_text(encoding="utf-8"))
    policy = catalogue()[key]
    assert {info.plan.source for info in policy.levers.values()} <= set(known)
    words = _module_docstring(policy).replace("(", " ").replace(")", " ").replace(",", " ").replace(":", " ").split()
    assert {word.rstrip(".;") for word in words if word.startswith(("customs-S", "port-S"))} <= set(known)


@every_policy
def test_speaks_for_itself(key: str) -> None:
    policy = catalogue()[key]
    words = [policy.zh, *(info.zh for info in policy.levers.values())]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in word) for word in words)
    assert all([policy.en, policy.measure, policy.touches, *(info.en for info in policy.levers.values())])
    for part in ("Mechanism: ", "Evidence: ", "Does not: "):
        assert part in _module_docstring(policy), f"the docstring must say its {part}"
    assert set(policy.signs.values()) <= set(get_args(Sign))
    assert policy.signs


def _module_docstring(policy: type[Policy]) -> str:
    return sys.modules[policy.__module__].__doc__ or ""


@every_policy
def test_evidence_follows_the_value(key: str) -> None:
    """A moved value has the plan's source, or says that the scenario set it; no value loses its source."""
    before = next(case for case in cases_of(key) if case.name == "plan").before()
    policy = planned(key)
    after = policy.apply(before)
    planned_sources = {info.plan.source for info in policy.levers.values()}
    for path in changes(before, after).keys() & leaves(after).keys():
        assert set(lookup(after, path).sources) & planned_sources, path


@every_policy
def test_each_lever_alone(key: str) -> None:
    """A lever off the plan's value is the planner's assumption."""
    before = next(case for case in cases_of(key) if case.name == "plan").before()
    for name, info in catalogue()[key].levers.items():
        if info.measure is None:
            continue
        value = info.plan.value * 0.97
        after = catalogue()[key](**{name: value}).apply(before)
        for path in changes(before, after):
            assert "scenario" in lookup(after, path).sources
            assert lookup(after, path).grade == "assumed"


@every_policy
def test_has_a_plan_case_with_its_signs(key: str) -> None:
    case = next(case for case in cases_of(key) if case.name == "plan")
    assert dict(case.given) == {name: value for name, value in catalogue()[key].plan().items() if value is not False}
    assert dict(case.signs) == dict(catalogue()[key].signs)


def test_no_cases_file_without_a_policy() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == list(KEYS)


@every_policy
def test_has_its_row_in_the_docs(key: str) -> None:
    policy = catalogue()[key]
    rows = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8").splitlines()
    found = [row for row in rows if row.startswith(f"| `{key}` |")]
    assert len(found) == 1, f"docs/policies.md needs one row that begins with | `{key}` |"
    for word in (policy.zh, policy.en, policy.measure, *(f"`{lever}`" for lever in policy.levers)):
        assert word in found[0], f"the row of {key} must name {word}"


def test_docs_have_no_row_without_a_policy() -> None:
    rows = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8").splitlines()
    assert [row.split("`")[1] for row in rows if row.startswith("| `")] == list(KEYS)


def without(path: str) -> Port:
    """Return the small port with all flows without the mapping entry, or the optional part, at `path`."""
    port = whole_small_port()
    parent, _, name = path.rpartition(".")
    above = lookup(port, parent) if parent else port
    if not isinstance(above, Mapping):
        return replaced(port, path, None)
    return replaced(port, parent, {key: value for key, value in above.items() if key != name})


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("two_way_channel", "channel"),
        ("aeo_programme", "customs.traders.aeo"),
        ("clearance_24h", "calendars.h24"),
        ("transhipment_release", "calendars.h24"),
        ("transhipment_release", "customs.transhipment"),
        ("direct_loading", "customs.export"),
        ("export_advance_declaration", "customs.export"),
        ("export_inspection_rate", "customs.traders.aeo.export_inspection_rate"),
        ("one_port_pass", "traffic.cargo.bookings"),
        ("one_port_pass", "traffic.cargo.bookings.one_port_share"),
        ("china_europe_rail", "rail"),
        ("shore_power", "energy"),
        ("phase_iv", "terminals.nansha_iv"),
        ("phase_v", "terminals.nansha_v"),
        ("phase_v", "terminals.nansha_v.basin"),
    ],
)
def test_a_port_that_lacks_the_value_is_told_so(key: str, missing: str) -> None:
    with pytest.raises(PolicyError) as caught:
        planned(key).apply(without(missing))
    (problem,) = caught.value.problems
    assert problem.what == f"this port has no {missing}"
    assert problem.where == f"policies.{key}"
    assert key in problem.remedy


def test_shares_above_one_are_refused() -> None:
    with pytest.raises(PolicyError, match=r"shares add up to 1\.01"):
        catalogue()["aeo_programme"](share=1.0).apply(small_port())


def test_a_value_outside_its_distribution_is_refused() -> None:
    port = small_port()
    path = "customs.pick_up.shipside_time"
    spread = {"distribution": {"kind": "triangular", "min": 5, "max": 8}}
    port = replaced(port, path, type(lookup(port, path)).model_validate({**lookup(port, path).model_dump(), **spread}))
    with pytest.raises(PolicyError, match="triangular needs"):
        catalogue()["shipside_pickup"](time=30).apply(port)


def test_until_must_be_later_than_from() -> None:
    with pytest.raises(ValidationError, match="until must be later than from"):
        catalogue()["advance_declaration"](**{"from": "2021-05-01", "until": "2021-05-01"})
