"""The words for what a model finds wrong with data: one sentence and one remedy for each kind of fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.scenario.expected import Expected
from sim.scenario.nearest import choice_of, nearest_of, with_nearest
from sim.scenario.node import Keys

NO_EVIDENCE = "a value without grade and source does not load"
GRADES = "grade: seen, derived, known or assumed; source: a key of sources.yaml"


@dataclass(frozen=True)
class Fault:
    """One fault: its kind (as pydantic names it), where it is in the data, and the model's own message."""

    kind: str
    keys: Keys
    message: str
    given: Any = None
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """What is needed to word a fault: the dotted path, what is expected there and above, and the right keys beside."""

    path: str
    here: Expected
    above: Expected
    beside: tuple[str, ...]


Words = tuple[str, str]


def worded(fault: Fault, wording: Wording) -> Words:
    """Return what is wrong and the remedy."""
    sentence = _SENTENCES.get(fault.kind)
    if sentence is not None:
        return sentence(fault, wording)
    for part, needed in _NEEDED.items():
        if fault.kind.startswith(f"{part}_"):
            return _wrong_type(fault, wording, needed)
    remedy = REMEDIES.get(fault.kind, "")
    return f"{wording.path}: {fault.message.removeprefix('Value error, ')}", remedy or "write what is asked for"


def shown(value: Any) -> str:
    """Return a given value as a message shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"the text {value!r}"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f"the number {value}"


def _unknown(fault: Fault, wording: Wording) -> Words:
    key = str(fault.keys[-1])
    what = with_nearest(f"unknown key {key!r}", key, wording.beside)
    above = wording.path.rpartition(".")[0]
    near = nearest_of(key, wording.beside)
    remedy = f"write {near}" if near else f"keys here: {choice_of(wording.beside)}"
    return (f"{above}: {what}" if above else what), remedy


def _missing(fault: Fault, wording: Wording) -> Words:
    key = str(fault.keys[-1])
    above = wording.path.rpartition(".")[0]
    if wording.above.is_evidence and key in ("grade", "source"):
        return f"{above}: {NO_EVIDENCE}", GRADES
    unit = wording.above.unit if key == "unit" else None
    remedy = f"write unit: {unit}" if unit else f"add {key}: {_form(wording.here)}"
    return (f"{above}: {key!r} is missing" if above else f"{key!r} is missing"), remedy.rstrip(": ")


def _not_a_mapping(fault: Fault, wording: Wording) -> Words:
    if wording.here.is_evidence and not isinstance(fault.given, dict | list) and fault.given is not None:
        value = str(fault.given).lower() if isinstance(fault.given, bool) else fault.given
        unit = f"unit: {wording.here.unit}, " if wording.here.unit else ""
        remedy = f"write {{value: {value}, {unit}grade: ..., source: ...}}; {GRADES}"
        return f"{wording.path}: {shown(fault.given)} stands alone; {NO_EVIDENCE}", remedy
    keys = choice_of(wording.here.keys)
    remedy = f"give it {keys}" if keys else "write a mapping of names"
    return f"{wording.path}: a mapping is needed here, not {shown(fault.given)}", remedy


def _choice(fault: Fault, wording: Wording) -> Words:
    right = re.findall(r"'([^']*)'", str(fault.context.get("expected", fault.context.get("expected_tags", ""))))
    given = fault.context.get("tag", fault.given)
    what = f"{wording.path}: {given!r} is not one of the choices" if fault.kind != "key" else _bad_key(wording)
    return with_nearest(what, str(given), right), f"write one of: {choice_of(right)}"


def _bad_key(wording: Wording) -> str:
    above, _, key = wording.path.rpartition(".")
    return f"{above}: unknown key {key!r}"


def _tag(fault: Fault, wording: Wording) -> Words:
    words = _choice(fault, wording)
    kind = str(fault.context.get("discriminator", "")).strip("'")
    if fault.kind == "union_tag_not_found":
        return f"{wording.path}: {kind!r} is missing", f"add {kind}: to say which it is"
    return words[0].replace(wording.path, f"{wording.path}.{kind}", 1), words[1]


def _limit(fault: Fault, wording: Wording) -> Words:
    sides = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    side, bound = next((sides[key], value) for key, value in fault.context.items() if key in sides)
    return f"{wording.path}: {fault.given} must be {side} {bound}", f"write a number of {side} {bound}"


def _too_short(fault: Fault, wording: Wording) -> Words:
    return f"{wording.path}: this may not be empty", "give at least one"


def _wrong_type(fault: Fault, wording: Wording, needed: str) -> Words:
    what = f"{wording.path}: {needed} is needed here, not {shown(fault.given)}"
    if needed == "yes or no" or fault.given in ("yes", "no", "on", "off", "NO", "YES"):
        return what, "write true or false"
    remedy = "remove the quotes" if isinstance(fault.given, str) and _is_number(fault.given) else ""
    return what, remedy or f"write {needed}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _form(here: Expected) -> str:
    if here.is_evidence:
        unit = f"unit: {here.unit}, " if here.unit else ""
        return f"{{value: ..., {unit}grade: ..., source: ...}}" if "value" in here.keys else "..."
    return ""


_SENTENCES: dict[str, Callable[[Fault, Wording], Words]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "model_type": _not_a_mapping,
    "dict_type": _not_a_mapping,
    "mapping_type": _not_a_mapping,
    "literal_error": _choice,
    "key": _choice,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _tag,
    "greater_than_equal": _limit,
    "greater_than": _limit,
    "less_than_equal": _limit,
    "less_than": _limit,
    "too_short": _too_short,
    "string_too_short": _too_short,
}

_NEEDED = {
    "date": 'a date such as "2021-03-01"',
    "float": "a number",
    "int": "a whole number",
    "string": "text",
    "bool": "yes or no",
    "tuple": "a list",
}

REMEDIES = {
    "bound": "stay within the bounds",
    "range": "give a low and a high with low <= value <= high",
    "hours": "write it in this form, in quotes",
    "dates": "write it in this form, in quotes",
    "spread": "leave distribution out",
    "unit": "convert the number and write the unit named",
    "distribution": "let value and distribution go together",
    "reference": "name what is described in the port file, or describe it there",
}
