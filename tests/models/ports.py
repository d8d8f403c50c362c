"""The small ports with some values moved, and short horizons."""

from __future__ import annotations

import datetime
from typing import Any

from sim.port.port import Horizon, Port, PortTimeline
from tests.small_port import small_port_tree, whole_small_port_tree

MONDAY = datetime.date(2021, 3, 1)
Tree = dict[str, Any]


def port_with(**moves: Any) -> Port:
    """Return the small port with nodes replaced: customs__tally={...} is the path customs.tally.

    A number replaces the value of the leaf at that path; None takes the node away.
    """
    return _moved(small_port_tree(), moves)


def whole_port_with(**moves: Any) -> Port:
    """Return the small port with all flows, with nodes replaced in the same way."""
    return _moved(whole_small_port_tree(), moves)


def _moved(tree: Tree, moves: Tree) -> Port:
    for path, new in moves.items():
        node, parts = tree, path.split("__")
        for part in parts[:-1]:
            node = node[part]
        if new is None:
            node.pop(parts[-1], None)
        elif isinstance(new, dict) or not isinstance(node.get(parts[-1]), dict):
            node[parts[-1]] = new
        else:
            node[parts[-1]] = {**node[parts[-1]], "value": new}
    return Port.model_validate(tree)


def always(port: Port) -> PortTimeline:
    """Return the timeline in which one port holds throughout."""
    return PortTimeline((0.0,), (port,))


def horizon(days: int, warm_up: int = 0) -> Horizon:
    """Return a horizon from a Monday without cool-down."""
    return Horizon(start=MONDAY, warm_up_days=warm_up, days=days, cool_down_days=0)
