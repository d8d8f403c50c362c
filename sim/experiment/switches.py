"""The policies in which a reform differs from its base, each of which can be on or off: 2^k scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.errors import PolicyError, Problem, RunError
from sim.port.port import PortTimeline
from sim.scenario.compose import Change, compose
from sim.scenario.digest import digest
from sim.scenario.node import made, placed
from sim.scenario.text import resolved_text
from sim.scenario.workings import Workings

if TYPE_CHECKING:
    from sim.policies.base import Policy
    from sim.scenario import Scenario

Policies = Mapping[str, "Policy"]
NONE, NONE_ZH = "none", "无政策"


@dataclass(frozen=True)
class Switches:
    """A reform, its base, and the keys of the policies that tell them apart, in the order in which they act.

    Without a `base` the reform is held against itself with all its policies off. A coalition is a bit mask over `keys`:
    the policies in it are as the reform has them, the others as the base has them.
    """

    reform: Scenario
    base: Scenario | None
    keys: tuple[str, ...]
    workings: Workings = field(default_factory=Workings, repr=False, compare=False)
    """Shared by the coalitions."""

    @property
    def everything(self) -> int:
        """The coalition of all."""
        return (1 << len(self.keys)) - 1

    def keys_of(self, coalition: int) -> tuple[str, ...]:
        """Return the keys of a coalition."""
        return tuple(key for k, key in enumerate(self.keys) if coalition >> k & 1)

    def scenario(self, coalition: int) -> Scenario:
        """Return the scenario of a coalition. Raises PolicyError if its policies cannot hold together.

        A policy that cannot be in force without another one that it names under `after` waits for it: without that
        one it does nothing.
        """
        if coalition == self.everything:
            return self.reform
        if coalition == 0 and self.base is not None:
            return self.base
        return self.made(coalition)

    def made(self, coalition: int) -> Scenario:
        """Return the scenario of a coalition as it follows from the reform, also where a file has it."""
        policies = {
            key: policy
            for key in _order(self.reform, self.base)
            if (policy := self._side(key, coalition).get(key)) is not None
        }
        while True:
            try:
                reform = self.reform
                timeline, changes = compose(reform.port, policies, reform.horizon, reform.where, self.workings)
            except PolicyError:
                idle = [key for key, policy in policies.items() if self._waits(policy, policies)]
                if not idle:
                    raise
                policies = {key: policy for key, policy in policies.items() if key not in idle}
                continue
            return _variant(self.reform, self.keys_of(coalition), policies, (timeline, changes))

    def _side(self, key: str, coalition: int) -> Policies:
        """Return the policies of the side that says how `key` is."""
        if key in self.keys and not coalition >> self.keys.index(key) & 1:
            return {} if self.base is None else self.base.policies
        return self.reform.policies

    def _waits(self, policy: Policy, present: Policies) -> bool:
        return any(earlier in self.keys and earlier not in present for earlier in policy.after)


def switches(reform: Scenario, base: Scenario | None = None) -> Switches:
    """Return the policies that make `reform` of `base`; all of its own if no base is given.

    Raises RunError if there are none, or if the two differ in more than policies.
    """
    before = {} if base is None else base.policies
    keys = tuple(key for key in _order(reform, base) if reform.policies.get(key) != before.get(key))
    if not keys:
        what = f"{reform.name} has no policies to choose from"
        if base is not None:
            what = f"{reform.name} and {base.name} have the same policies"
        raise RunError(Problem(what, remedy="name a scenario with policies that are not off"))
    found = Switches(reform, base, keys)
    if base is not None and found.made(0).digest != base.digest:
        what = f"{reform.name} and {base.name} differ in more than their policies"
        remedy = "give both the same port, values, horizon, traces and seed, or leave --base out"
        raise RunError(Problem(what, remedy=remedy))
    return found


def _order(reform: Scenario, base: Scenario | None) -> tuple[str, ...]:
    """Return all keys in the order in which they act: those of the base that the reform lacks were there before."""
    before = [] if base is None else [key for key in base.policies if key not in reform.policies]
    return (*before, *reform.policies)


def _variant(
    reform: Scenario, keys: tuple[str, ...], policies: Policies, composed: tuple[PortTimeline, tuple[Change, ...]]
) -> Scenario:
    """Return the reform with other policies: `keys` are those of the coalition, for its name."""
    timeline = replace(composed[0], traces=reform.timeline.traces)
    words = " + ".join(keys) or NONE
    titles = {"zh": f"{reform.zh} [{words if keys else NONE_ZH}]", "en": f"{reform.en} [{words}]"}
    return replace(
        reform,
        name=f"{reform.name} [{words}]",
        zh=titles["zh"],
        en=titles["en"],
        timeline=timeline,
        policies=MappingProxyType(dict(policies)),
        changes=composed[1],
        text=_text(reform, policies, titles),
        digest=digest(timeline, reform.horizon, reform.seed),
    )


def _text(reform: Scenario, policies: Policies, titles: dict[str, str]) -> str:
    if reform.trees is None:
        return reform.text
    said = {
        key: policy.model_dump(mode="json", by_alias=True, exclude_defaults=True) for key, policy in policies.items()
    }
    scenario = reform.trees.scenario
    for name, data in (("policies", said), ("title", titles)):
        scenario = placed(scenario, (name,), made(data, name))
    return resolved_text(replace(reform.trees, scenario=scenario))
