"""A scenario as one YAML document that loads by itself: kept beside the results that came of it."""

from __future__ import annotations

from typing import Any

import yaml

from sim.scenario.node import plain
from sim.scenario.scalars import Unclear, read_scalar
from sim.scenario.trees import Trees


def resolved_text(trees: Trees) -> str:
    """Return the resolved scenario: no `extends:`, no `values:`, the port written out."""
    data: dict[str, Any] = {key: plain(child) for key, child in trees.scenario.mapping.items() if key != "values"}
    if trees.port is not None:
        data["port"] = plain(trees.port)
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Quotes every text that YAML 1.1 or 1.2 would read as something else; never writes an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, data: str) -> yaml.ScalarNode:
    try:
        clear = read_scalar(data) == data and isinstance(read_scalar(data), str)
    except Unclear:
        clear = False
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=None if clear else '"')


_Dumper.add_representer(str, _text)
