"""Deep merge of one file over another. Mappings merge, lists and scalars are replaced whole, the later file wins.

A value of the port is more than its number: whoever changes the number says anew what it rests on, so that no figure
keeps the source of the one that it replaced.
"""

from __future__ import annotations

from dataclasses import replace

from sim.errors import Problem
from sim.scenario.node import Keys, Node

EVIDENCE = ("grade", "source")
KINDS = ("kind", "process")
"""Keys that say which other keys are allowed beside them."""
_OF_THE_OLD_VALUE = ("low", "high", "note")


def merged(base: Node, over: Node, problems: list[Problem], keys: Keys = ()) -> Node:
    """Return `over` merged over `base`; a value changed without grade and source is added to `problems`."""
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    if any(_differ(base.get(kind), over.get(kind)) for kind in KINDS):
        return over
    kept = base.value
    if "grade" in base.value:
        if not _has_evidence(over, problems, keys):
            return base
        gone = _OF_THE_OLD_VALUE if "value" in over.value else ("note",)
        kept = {key: child for key, child in base.value.items() if key not in gone}
    both = dict(kept)
    for key, child in over.value.items():
        old = both.get(key)
        both[key] = child if old is None else merged(old, child, problems, (*keys, key))
    # A value is where it was last written; a mapping of values stays where it was first written, so that
    # what is missing in it is shown there.
    home = over if "grade" in both else base
    return replace(home, value=both)


def _differ(base: Node | None, over: Node | None) -> bool:
    return base is not None and over is not None and base.value != over.value


def _has_evidence(over: Node, problems: list[Problem], keys: Keys) -> bool:
    """Return whether a changed value says what it rests on; a new note alone changes nothing."""
    changed = [child for key, child in over.mapping.items() if key not in (*EVIDENCE, "note")]
    if not changed or all(over.get(key) is not None for key in EVIDENCE):
        return True
    name = ".".join(str(key) for key in keys)
    what = f"{name}: a value without grade and source does not load, nor does a change of one"
    remedy = "write grade: and source: beside it (source: scenario if the figure is your own)"
    problems.append(Problem(what, changed[0].named, remedy))
    return False
