"""Floor 5: YAML in, a frozen scenario out, with a timeline of ports and a digest."""

from __future__ import annotations

from sim.scenario.compose import Change
from sim.scenario.editor import json_schema
from sim.scenario.load import Scenario, load
from sim.scenario.schema import Source

__all__ = ["Change", "Scenario", "Source", "json_schema", "load"]
