"""Whatever the port accepts, the model runs: no warning, no error, no box lost, no milestone backwards."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from sim.metrics.conservation import conservation
from sim.models import impossibilities, offered_loads, simulate
from sim.port.port import Port
from tests.models.ports import always, horizon
from tests.small_port import leaf, number, small_port_tree

Tree = dict[str, Any]
FACTORS = (0.0, 1e-3, 20.0)


def rough_port() -> Tree:
    """Return the small port with a tide, storms, and vessels that need the tide now and then."""
    tree = small_port_tree()
    tree["channel"]["tide"] = {
        "range": number(1.6, "m"),
        "period": number(12.42, "h"),
        "high_water": number(3, "h"),
    }
    tree["traffic"]["vessel_classes"]["feeder"]["draft"] = number(13, "m", "triangular", min=12, max=14.5)
    tree["weather"] = {
        "storm": {
            "rate": number(30, "events/year"),
            "duration": number(10, "h", "exponential"),
            "months": [3, 4],
            "closes_quay": True,
            "closes_land": True,
        }
    }
    tree["customs"]["review"]["at_close"] = leaf("finish")
    return tree


def quantities(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every number with a unit."""
    if isinstance(node, dict):
        if "unit" in node:
            yield path
        else:
            for key, child in node.items():
                yield from quantities(child, (*path, key))


PATHS = list(quantities(rough_port()))


def accepted(tree: Tree, path: tuple[str, ...], factors: Sequence[float]) -> Iterator[Port]:
    """Yield the ports with that number multiplied by each of the factors, those that are accepted."""
    for factor in factors:
        moved = copy.deepcopy(tree)
        node = moved
        for key in path:
            node = node[key]
        node["value"] *= factor
        try:
            yield Port.model_validate(moved)
        except ValidationError:
            continue


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_any_accepted_number_runs(path: tuple[str, ...]) -> None:
    for port in accepted(rough_port(), path, FACTORS):
        assert all(problem.remedy for problem in impossibilities(port))
        assert all(load.load >= 0 for load in offered_loads(port))
        log = simulate(always(port), horizon(10), 1, 0)
        assert conservation(log) == []


def test_the_numbers_are_those_of_the_whole_port() -> None:
    assert len(PATHS) > 80
    assert ("customs", "review", "officers") in PATHS
