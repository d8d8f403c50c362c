"""The two trees that a scenario is read into."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario.node import Node, Where, nearest


@dataclass(frozen=True)
class Trees:
    """The scenario file with its policies, and the port with the scenario's values (None if it could not be read)."""

    scenario: Node
    port: Node | None

    def where(self, path: str) -> Where:
        """Return the place of a dotted path: in the scenario file if it begins there, else in the port."""
        keys = tuple(path.split("."))
        in_scenario = keys[0] in self.scenario.mapping or self.port is None
        return nearest(self.scenario if in_scenario or self.port is None else self.port, keys).named
