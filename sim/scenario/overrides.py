"""Values set on the command line: --set customs.inspection.scanners=3, checked like those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.errors import Problem
from sim.policies import catalogue
from sim.scenario.nearest import nearest_of, with_nearest
from sim.scenario.node import Node, Scalar, find, made, placed, walk
from sim.scenario.reader import read_value
from sim.scenario.switches import with_plan
from sim.scenario.trees import Trees

NOTE = "set on the command line"
HEADER = (
    "horizon.start",
    "horizon.warm_up_days",
    "horizon.days",
    "horizon.cool_down_days",
    "replications",
    "seed",
)
OF_EVERY_POLICY = ("from", "until", "ramp_days", "after")


def overridden(now: Trees, sets: Mapping[str, str], problems: list[Problem]) -> Trees:
    """Return both trees with every value set; a wrong path is added to `problems` with the nearest right one."""
    for path, text in sets.items():
        option = f"--set {path}"
        value = read_value(text, option, problems)
        if value is not None:
            now = _with(now, path, value, problems)
    return now


def with_option(scenario: Node, path: str, value: int, option: str) -> Node:
    """Return the scenario file with a number given by an option of its own, such as --days."""
    return placed(scenario, path.split("."), Node(value, option, option))


def _with(now: Trees, path: str, value: Node, problems: list[Problem]) -> Trees:
    option = f"--set {path}"
    keys = path.split(".")
    new = Node(value.value, option, option)
    if path in HEADER:
        return Trees(placed(now.scenario, keys, new), now.port)
    if path in _policy_paths():
        old = now.scenario.get("policies")
        policy = old.get(keys[1]) if old is not None else None
        if len(keys) == 3:
            new = placed(with_plan(policy, keys[1], new), keys[2:], new)
        return Trees(placed(now.scenario, keys[:2], new), now.port)
    if now.port is None:
        return now  # the port file could not be read, which has been said
    if path not in _port_paths(now.port):
        right = [*_port_paths(now.port), *_policy_paths(), *HEADER]
        near = nearest_of(path, right)
        remedy = f"write {near}" if near else "write the whole dotted path, as nansha show lists it"
        problems.append(Problem(with_nearest(f"there is no value {path!r} to set", path, right), option, remedy))
        return now
    leaf = find(now.port, tuple(keys))
    if leaf is not None and "grade" in leaf.mapping:
        new = _leaf(leaf, new, option)
    return Trees(now.scenario, placed(now.port, keys, new))


def _leaf(old: Node, new: Node, option: str) -> Node:
    """Return a value with evidence, its number set by the planner and its range wide enough to hold it."""
    value = new.value if isinstance(new.value, Scalar) else None
    parts = {**old.mapping, "value": new}
    data = {"grade": "assumed", "source": "scenario", "note": NOTE}
    parts |= {key: made(text, option) for key, text in data.items()}
    if _is_number(value) and old.get("unit") is not None:
        for end, widest in (("low", min), ("high", max)):
            bound = old.get(end)
            bounds = [value] if bound is None or not _is_number(bound.value) else [value, bound.value]
            parts[end] = made(widest(bounds), option)  # type: ignore[type-var]
    return Node(parts, option, option)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _port_paths(port: Node) -> list[str]:
    """Return the paths of values with evidence, and of the words and switches that have none."""
    paths = []
    inside: tuple[str | int, ...] | None = None
    for keys, node in walk(port):
        if inside is not None and keys[: len(inside)] == inside:
            continue
        inside = None
        if "grade" in node.mapping:
            inside = keys
            if "value" in node.mapping:
                paths.append(".".join(str(key) for key in keys))
        elif not isinstance(node.value, Mapping | list) and all(isinstance(key, str) for key in keys):
            paths.append(".".join(str(key) for key in keys))
    return paths


def _policy_paths() -> Iterable[str]:
    for key, policy in catalogue().items():
        yield f"policies.{key}"
        for lever in (*policy.levers, *OF_EVERY_POLICY):
            yield f"policies.{key}.{lever}"
