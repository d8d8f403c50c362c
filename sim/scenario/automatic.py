"""`horizon: {warm_up_days: auto}`: a pilot finds the days before the run; until then a number stands in their place."""

from __future__ import annotations

from sim.errors import Problem
from sim.scenario.node import Node, find, placed
from sim.scenario.wording import shown

AUTO = "auto"
PATH = "horizon.warm_up_days"
KEYS = ("horizon", "warm_up_days")
UNTIL_CHOSEN = 14
"""Days that stand for those not yet found: with them a scenario is checked, never run."""


def asks_for_auto(scenario: Node) -> bool:
    """Return whether a scenario leaves its warm-up to a pilot."""
    given = find(scenario, KEYS)
    return given is not None and given.value == AUTO


def checked_word(scenario: Node, problems: list[Problem]) -> Node:
    """Return a scenario file with days in the place of `auto`; another word is added to `problems`."""
    given = find(scenario, KEYS)
    if given is None or not isinstance(given.value, str):
        return scenario
    if given.value != AUTO:
        what = f"{PATH}: {shown(given.value)} is neither a whole number of days nor auto"
        problems.append(Problem(what, given.place, "write the days, as in 14, or auto, for a pilot to find them"))
    return placed(scenario, KEYS, Node(UNTIL_CHOSEN, given.place, given.key))
