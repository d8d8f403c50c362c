"""Values set on the command line: --set customs.inspection.scanners=3, checked like those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.errors import Problem
from sim.policies import catalogue
from sim.port.port import Port
from sim.scenario.expected import expected_at
from sim.scenario.nearest import nearest_of, with_nearest
from sim.scenario.node import Keys, Node, Scalar, find, made, placed
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
            now = with_value(now, path, Node(value.value, option, option), problems)
    return now


def with_option(scenario: Node, path: str, value: int, option: str) -> Node:
    """Return the scenario file with a number given by an option of its own, such as --days."""
    return placed(scenario, path.split("."), Node(value, option, option))


def with_value(now: Trees, path: str, new: Node, problems: list[Problem]) -> Trees:
    """Return both trees with one value set; a wrong path is added to `problems`, at the place of its key."""
    keys = tuple(path.split("."))
    if path in HEADER:
        return Trees(placed(now.scenario, keys, new), now.port)
    if path in _policy_paths():
        policy = find(now.scenario, ("policies", keys[1]))
        if len(keys) == 3:
            new = placed(with_plan(policy, keys[1], new), keys[2:], new)
        return Trees(placed(now.scenario, keys[:2], new), now.port)
    if now.port is None:
        return now  # the port file could not be read, which has been said
    old = find(now.port, keys) if path in _paths(now.port) else _left_out(now.port, keys)
    if old is None:
        right = [*_paths(now.port), *_policy_paths(), *HEADER]
        near = nearest_of(path, right)
        remedy = f"write {near}" if near else "write the whole dotted path, as nansha show lists it"
        problems.append(Problem(with_nearest(f"there is no value {path!r} to set", path, right), new.named, remedy))
        return now
    return Trees(now.scenario, placed(now.port, keys, _leaf(old, new) if old.mapping else new))


def _leaf(old: Node, new: Node) -> Node:
    """Return a value with evidence, its number set by the planner and its range wide enough to hold it."""
    data: dict[str, Scalar] = {"grade": "assumed", "source": "scenario", "note": NOTE}
    if _is_number(new) and old.get("unit") is not None:
        ends = [bound.value for end in ("low", "high") if (bound := old.get(end)) is not None and _is_number(bound)]
        span = sorted([new.value, *ends])  # type: ignore[type-var]
        data |= {"low": span[0], "high": span[-1]}  # type: ignore[dict-item]
    return Node({**old.mapping, "value": new, **made(data, new.place).mapping}, new.place, new.key)


def _left_out(port: Node, keys: Keys) -> Node | None:
    """Return an empty leaf for a value that the port file leaves out although it may stand there."""
    above, here = find(port, keys[:-1]), expected_at(Port, keys, port)
    if above is None or here is None or "value" not in here.keys or not here.is_evidence:
        return None
    return made({"value": None, **({"unit": here.unit} if here.unit else {})}, "")


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def _paths(node: Node, path: str = "") -> Iterator[str]:
    """Yield the paths of values with evidence, and of the words and switches that have none."""
    if "grade" in node.mapping:
        if "value" in node.mapping:
            yield path
    elif not isinstance(node.value, Mapping | list):
        yield path
    for key, child in node.mapping.items() if "grade" not in node.mapping else ():
        yield from _paths(child, f"{path}.{key}" if path else key)


def _policy_paths() -> Iterator[str]:
    for key, policy in catalogue().items():
        yield f"policies.{key}"
        for lever in (*policy.levers, *OF_EVERY_POLICY):
            yield f"policies.{key}.{lever}"
