"""What a result rests on, as JSON: enough to make it again, and nothing that differs when it is."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sim.port.evidence import leaves

if TYPE_CHECKING:
    from sim.scenario import Scenario, Source


PACKAGES = ("numpy", "simpy", "scipy", "polars", "pydantic")


def manifest(scenario: Scenario) -> str:
    """Return the manifest of all replications of `scenario`: no wall time, no date, no path of the machine."""
    made_by = version("nansha-sim")
    return as_json(
        {
            "scenario": scenario.name,
            "zh": scenario.zh,
            "en": scenario.en,
            "digest": scenario.digest,
            "seed": scenario.seed,
            "horizon": scenario.horizon.model_dump(mode="json"),
            "policies": list(scenario.policies),
            "changes": [asdict(change) for change in scenario.changes],
            "created_by": f"nansha-sim {made_by}",
            "versions": {"python": platform.python_version(), "nansha-sim": made_by}
            | {package: version(package) for package in PACKAGES},
            "text": scenario.text,
            "sources": {key: source.model_dump() for key, source in sources_of(scenario).items()},
        }
    )


def sources_of(scenario: Scenario) -> dict[str, Source]:
    """Return the sources that the scenario's values rest on, before and after its policies, in the order of the file.

    A scenario read from these and its text is the same one.
    """
    named = {
        key
        for port in (scenario.port, *scenario.timeline.ports)
        for leaf in leaves(port).values()
        for key in leaf.sources
    }
    return {key: source for key, source in scenario.sources.items() if key in named}


def as_json(value: Any) -> str:
    """Return `value` as JSON for people to read, with a last line end."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
