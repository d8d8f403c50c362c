"""Policies: one file each, the file name is the YAML key. No policy imports another."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from sim.policies.base import Policy


@cache
def catalogue() -> Mapping[str, type[Policy]]:
    """Return key -> policy class for every file of this folder, sorted by key."""
    keys = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name != "base")
    return MappingProxyType({key: _policy_in(key) for key in keys})


def _policy_in(key: str) -> type[Policy]:
    module = import_module(f"{__name__}.{key}")
    found = [
        item
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Policy) and item.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} must define exactly one policy, it defines {len(found)}")
    return found[0]
