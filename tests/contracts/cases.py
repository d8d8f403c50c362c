"""The cases files: for each policy, what it does to the small port, in words a policy officer can check.

    policy: advance_declaration
    whole: false                     # true: at the small port with all flows; may be left out
    cases:
      plan:                          # every policy has this one: the levers of the action plan
        port: {}                     # values of the small port to change first; may be left out
        given: {share: 0.55}         # the levers
        expect:                      # what changes, and nothing else does
          customs.declaration.advance_share: [0.3, 0.55]
        signs: {arrival_to_release: "-"}    # "-" falls, "+" rises, "0" stays: mean over replications, common draws
        touched: []                  # boxes that it touches besides those it treats otherwise: groups, or all

Metrics are those of import boxes, or of vessels; "export/" before the name means another flow, ".group" after it a
group of boxes. A name is moved like a value: traffic.services.north.terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.policies import catalogue
from sim.policies.base import Policy, Sign
from sim.port.evidence import lookup, replaced
from sim.port.port import Port
from tests.small_port import small_port, whole_small_port

FOLDER = Path(__file__).parent / "cases"
KEYS = tuple(catalogue())


@dataclass(frozen=True)
class Case:
    """One case: a policy with its levers, at the small port, or that with all flows, with some values changed."""

    key: str
    name: str
    whole: bool
    port: Mapping[str, float | str]
    given: Mapping[str, float | bool]
    expect: Mapping[str, tuple[float | str, float | str]]
    signs: Mapping[str, Sign]
    touched: tuple[str, ...]

    def policy(self) -> Policy:
        """Return the policy with the levers of this case."""
        return catalogue()[self.key](**self.given)

    def before(self) -> Port:
        """Return the port of this case, without the policy."""
        port = whole_small_port() if self.whole else small_port()
        for path, value in self.port.items():
            old = lookup(port, path)
            port = replaced(port, path, value if isinstance(old, str) else old.model_copy(update={"value": value}))
        return port


def cases_of(key: str) -> Iterator[Case]:
    """Yield the cases of one policy. Raises FileNotFoundError if it has no cases file."""
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"))
    if set(content) - {"whole"} != {"policy", "cases"} or content["policy"] != key:
        raise ValueError(f"{key}.yaml must hold `policy: {key}` and `cases:`, perhaps `whole:`, nothing else")
    whole = bool(content.get("whole", False))
    for name, case in content["cases"].items():
        unknown = set(case) - {"port", "given", "expect", "signs", "touched"}
        if unknown:
            raise ValueError(f"{key}.yaml, case {name}: {sorted(unknown)} means nothing here")
        expect = {path: (before, after) for path, (before, after) in case["expect"].items()}
        signs, touched = case.get("signs", {}), tuple(case.get("touched", ()))
        yield Case(key, name, whole, case.get("port", {}), case["given"], expect, signs, touched)


ALL = tuple(case for key in KEYS if (FOLDER / f"{key}.yaml").exists() for case in cases_of(key))

OF_IMPORTS = tuple(key for key in KEYS if not any(case.whole for case in ALL if case.key == key))
"""Policies that can be in force at a port of imports alone."""


def _each(cases: Iterable[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", list(cases), ids=lambda case: f"{case.key}-{case.name}")


def _each_run(cases: Iterable[Case]) -> pytest.MarkDecorator:
    """Give the plan of every policy by default; runs of the other cases are long."""
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(case, id=f"{case.key}-{case.name}", marks=() if case.name == "plan" else pytest.mark.long)
            for case in cases
        ],
    )


every_policy = pytest.mark.parametrize("key", KEYS)
every_case = _each(ALL)
every_case_run = _each_run(ALL)
every_case_with_signs = _each_run(case for case in ALL if case.signs)
every_case_that_spares_some = _each_run(case for case in ALL if "all" not in case.touched)
