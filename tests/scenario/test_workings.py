"""What points share is worked out once, and comes to the same as if each were made by itself."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.policies import catalogue
from sim.policies.base import Policy
from sim.port.evidence import leaves, names
from sim.port.port import Port
from sim.scenario import workings
from sim.scenario.compose import compose
from sim.scenario.facts import moved, same_shape, shape
from sim.scenario.ramp import blended
from sim.scenario.workings import Workings
from tests.scenario.test_compose import HORIZON, policy
from tests.small_port import whole_small_port

PORT = whole_small_port()
PLANS = {key: policy(key, **kind.plan()) for key, kind in catalogue().items()}


def under(key: str, port: Port) -> Port:
    """Return a port under the plan of a policy; the port itself if it cannot be in force there."""
    try:
        return PLANS[key].apply(port)
    except Exception:
        return port


def by_definition(before: Port, after: Port) -> dict[str, tuple[Any, Any]]:
    """Return what differs, every value looked at."""
    old, new = ({**leaves(port), **names(port)} for port in (before, after))
    pairs = {path: (old.get(path), new.get(path)) for path in {**old, **new}}
    return {path: (a, b) for path, (a, b) in pairs.items() if shape(a) != shape(b)}


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(sorted(PLANS)), st.sampled_from(sorted(PLANS)), st.floats(0.1, 0.9))
def test_what_is_moved_is_as_by_looking_at_every_value(one: str, two: str, part: float) -> None:
    first = under(one, PORT)
    second = under(two, first)
    copy = Port.model_validate_json(second.model_dump_json())
    pairs = ((PORT, second), (second, first), (first, blended(PORT, first, part)), (second, copy))
    for before, after in pairs:
        assert list(moved(before, after).items()) == list(by_definition(before, after).items())
        assert same_shape(before, after) == (shape(before) == shape(after))


def test_shared_workings_change_nothing() -> None:
    shared = Workings()
    chosen = ("advance_declaration", "two_step_declaration", "inspection_rate", "clearance_24h", "shore_power")
    for size in range(len(chosen) + 1):
        for keys in combinations(chosen, size):
            policies: dict[str, Policy] = {key: PLANS[key] for key in keys}
            timeline, changes = compose(PORT, policies, HORIZON, workings=shared)
            alone, alone_changes = compose(PORT, policies, HORIZON)
            assert shape(timeline.ports[0]) == shape(alone.ports[0])
            assert (timeline.hours, changes) == (alone.hours, alone_changes)


def test_they_do_not_grow_with_the_number_of_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workings, "MOST", 3)
    kept = Workings()
    counted = []

    def work() -> Port:
        counted.append(1)
        return PORT.model_copy()

    ports = [PORT.model_copy() for _ in range(5)]
    found = [kept.under(PLANS["shore_power"], port, work) for port in ports]
    assert [
        kept.under(PLANS["shore_power"], port, work) is full for port, full in zip(ports[-3:], found[-3:], strict=True)
    ]
    assert len(counted) == 5
    assert kept.under(PLANS["shore_power"], ports[0], work) is not found[0]
    assert kept.under(PLANS["shore_power"], ports[1], lambda: None) is ports[1]
