"""Every value must rest on a source that sources.yaml describes, and every key must fit into a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sim.errors import Problem
from sim.port.evidence import lookup
from sim.port.port import Port, PortTimeline
from sim.port.units import Evidence
from sim.scenario.compose import Change
from sim.scenario.nearest import with_nearest
from sim.scenario.node import Node, Where, walk
from sim.scenario.schema import Source

REMEDY = "describe it in sources.yaml, or name one that is there"


def unknown_sources(port: Node, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield a problem for each source of a value that is not described."""
    for keys, node in walk(port):
        source = node.get("source")
        if source is None or not sources:
            continue
        for entry in source.value if isinstance(source.value, list) else [source]:
            if isinstance(entry.value, str) and entry.value and entry.value not in sources:
                what = f"{'.'.join(str(key) for key in keys)}: source {entry.value!r} is not in sources.yaml"
                yield Problem(with_nearest(what, entry.value, sources), entry.place, REMEDY)


def unknown_policy_sources(
    timeline: PortTimeline, changes: Iterable[Change], sources: Mapping[str, Source], where: Callable[[str], Where]
) -> list[Problem]:
    """Return a problem for each source that a policy brings and sources.yaml does not describe."""
    found = {
        Problem(
            with_nearest(f"{change.policy} names source {key!r}, which is not in sources.yaml", key, sources),
            where(f"policies.{change.policy}"),
            REMEDY,
        )
        for change in changes
        for port in timeline.ports
        for key in _sources_at(port, change.path)
        if key not in sources
    }
    return sorted(found, key=str)


def _sources_at(port: Port, path: str) -> tuple[str, ...]:
    """Return the sources of a value; none if a port has nothing there, or a name that rests on nothing."""
    try:
        leaf = lookup(port, path)
    except KeyError:
        return ()
    return leaf.sources if isinstance(leaf, Evidence) else ()


def dotted_keys(port: Node) -> Iterator[Problem]:
    """Yield a problem for each key that would break a dotted path in two."""
    for keys, node in walk(port):
        if keys and "." in str(keys[-1]):
            what = f"the key {keys[-1]!r} holds a dot, which separates the parts of a path"
            yield Problem(what, node.named, "write _ in place of the dot")
