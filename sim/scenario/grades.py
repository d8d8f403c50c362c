"""What a scenario's numbers rest on: its values with evidence, and how many of each grade there are."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from sim.port.evidence import leaves
from sim.port.units import Evidence, Grade
from sim.scenario.load import Scenario


def values_of(scenario: Scenario) -> dict[str, Evidence]:
    """Return dotted path -> value of the port with all policies in force."""
    return leaves(scenario.timeline.ports[-1])


def grades(scenario: Scenario) -> dict[str, int]:
    """Return how many values of the scenario have each grade."""
    counts = Counter(str(value.grade) for value in values_of(scenario).values())
    return {grade: counts[grade] for grade in get_args(Grade)}


def moved(scenario: Scenario) -> int:
    """Return how many values the policies of the scenario move."""
    return len({change.path for change in scenario.changes})
