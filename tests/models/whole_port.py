"""The small port with all flows, with some values moved."""

from __future__ import annotations

from typing import Any

from sim.port.evidence import lookup, replaced
from sim.port.port import Port
from sim.port.units import Evidence
from tests.small_port import whole_small_port


def whole_port(**moves: Any) -> Port:
    """Return the port with nodes replaced: rail__capacity=10 moves the value at the path rail.capacity.

    A number or a name replaces the value of the leaf there; None takes the node away.
    """
    port = whole_small_port()
    for name, new in moves.items():
        path = name.replace("__", ".")
        old = lookup(port, path)
        if isinstance(old, Evidence) and isinstance(new, float | int | str):
            new = old.model_copy(update={"value": new})
        port = replaced(port, path, new)
    return port
