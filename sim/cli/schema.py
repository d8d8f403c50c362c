"""`nansha schema`: the JSON Schema of scenario files, so that an editor completes and checks them."""

from __future__ import annotations

from sim.cli.screen import Screen


def schema() -> None:
    """Print the schema; it needs no options."""
    screen = Screen("en", as_json=True)
    with screen.reporting():
        from sim.scenario import json_schema

        screen.dump(json_schema())
