"""The `policies:` of a scenario: off, plan, or levers; every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic_core import PydanticCustomError

from sim.errors import Problem
from sim.policies import catalogue
from sim.policies.base import Policy
from sim.scenario.checked import Subject, checked
from sim.scenario.nearest import choice_of, nearest_of, with_nearest
from sim.scenario.node import Node, made, placed
from sim.scenario.wording import REMEDIES, shown

OFF, PLAN = "off", "plan"


def read_policies(node: Node | None, problems: list[Problem]) -> dict[str, Policy]:
    """Return key -> policy in written order, those that are off left out; what is wrong is added to `problems`."""
    policies: dict[str, Policy] = {}
    for key, child in (node.mapping if node is not None else {}).items():
        kind = catalogue().get(key)
        if kind is None:
            near = nearest_of(key, catalogue())
            remedy = f"write {near}" if near else f"policies: {choice_of(catalogue())} (see nansha policies)"
            problems.append(Problem(with_nearest(f"unknown policy {key!r}", key, catalogue()), child.named, remedy))
        elif child.value != OFF:
            policy = _read(key, kind, child, problems)
            if policy is not None:
                policies[key] = policy
    if node is not None:
        _check_after(node, policies, problems)
    return policies


def with_plan(node: Node | None, key: str, place: Node) -> Node:
    """Return the node of a policy as levers: those of the plan if it says plan, none if it is off or not there."""
    if node is not None and isinstance(node.value, Mapping):
        return node
    plan = node is not None and node.value == PLAN and key in catalogue()
    return made(catalogue()[key].plan() if plan else {}, place.place)


def _read(key: str, kind: type[Policy], child: Node, problems: list[Problem]) -> Policy | None:
    if child.value == PLAN:
        child = placed(child, (), made(kind.plan(), child.place))
    elif not isinstance(child.value, Mapping):
        what = f"policies.{key}: {shown(child.value)} does not say what is in force"
        word = {False: OFF, True: PLAN}.get(child.value) if isinstance(child.value, bool) else None
        near = word or nearest_of(str(child.value), (OFF, PLAN))
        levers = choice_of(kind.levers)
        problems.append(Problem(what, child.place, f"write {near or 'off, plan'}, or a mapping of levers: {levers}"))
        return None
    policy: Policy | None = checked(Subject(kind, f"policies.{key}"), child, problems)
    if policy is None:
        problems.extend(problem for problem in _out_of_bounds(key, kind, child) if problem not in problems)
    return policy


def _out_of_bounds(key: str, kind: type[Policy], child: Node) -> Iterator[Problem]:
    """Yield every lever out of bounds; the policy itself stops at the first, and looks at none if a key is unknown."""
    for name, info in kind.levers.items():
        lever = child.get(name)
        if lever is None or info.measure is None or not isinstance(lever.value, int | float):
            continue
        try:
            info.measure.check_number(lever.value, name)
        except PydanticCustomError as error:
            yield Problem(f"policies.{key}: {error.message()}", lever.place, REMEDIES["bound"])


def _check_after(node: Node, policies: Mapping[str, Policy], problems: list[Problem]) -> None:
    written = list(node.mapping)
    for key, policy in policies.items():
        for index, earlier in enumerate(policy.after):
            child = node.mapping[key].get("after")
            place = (child.child(index) or child).place if child is not None else node.mapping[key].named
            name = f"policies.{key}.after"
            if earlier not in catalogue():
                what = with_nearest(f"{name}: unknown policy {earlier!r}", earlier, catalogue())
                problems.append(Problem(what, place, "name policies by their keys"))
            elif earlier in written and written.index(earlier) >= written.index(key):
                what = f"{name}: {earlier} is not written before {key}, and policies are applied in written order"
                problems.append(Problem(what, place, f"write {earlier} above {key}"))
