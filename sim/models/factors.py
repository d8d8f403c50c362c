"""What turns hours and moves into emissions and money, as plain numbers by dotted path."""

from __future__ import annotations

from sim.port.evidence import leaves
from sim.port.port import Port
from sim.port.units import Quantity

PARTS = ("energy.", "costs.", "rail.")


def factors(port: Port) -> dict[str, float]:
    """Return the mean of every quantity of the port's energy, costs and rail, and `classes.KEY.capacity` [TEU].

    They are read from one port, the first of a timeline: a policy that moves them holds for a whole run.
    """
    found = {
        path: leaf.mean for path, leaf in leaves(port).items() if path.startswith(PARTS) and isinstance(leaf, Quantity)
    }
    capacities = {f"classes.{key}.capacity": c.capacity.value for key, c in port.traffic.vessel_classes.items()}
    return found | capacities
