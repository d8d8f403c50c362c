"""The JSON Schema of scenario files, for editors that complete and check them."""

from __future__ import annotations

from typing import Any

from sim.policies import catalogue
from sim.policies.base import LeverInfo, Policy
from sim.port.port import Port
from sim.port.units import Frozen
from sim.scenario.attributes import attribute_docs, subclasses
from sim.scenario.automatic import AUTO
from sim.scenario.schema import ScenarioFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EVIDENCE = ("grade", "source")
NEEDED = frozenset({"required", "minProperties", "discriminator"})
EXTENDS = {
    "description": "Files that this one builds on, relative to it; of several the later wins, this file over all.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}
OF_AUTO = "auto: a pilot finds the days before the run, from how the port settles (MSER-5)."
_REF = "#/$defs/{model}"


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of scenario files as they are written.

    What a file that it extends may supply is optional; so is every part of `values`, where only a value that is
    changed must bring its grade and source.
    """
    schema = ScenarioFile.model_json_schema(ref_template=_REF)
    port = Port.model_json_schema(ref_template=_REF)
    whole = schema.pop("$defs")
    _describe({**port["$defs"], **whole, "Port": port, "ScenarioFile": schema})
    days = whole["Horizon"]["properties"]["warm_up_days"]
    whole["Horizon"]["properties"]["warm_up_days"] = {"anyOf": [days, {"const": AUTO, "description": OF_AUTO}]}
    parts = {f"{name}_in_part": _partial(content) for name, content in whole.items()}
    values = {name: _partial(content) for name, content in {**port.pop("$defs"), "Values": port}.items()}
    policies = {f"policy_{key}": _policy(kind) for key, kind in catalogue().items()}
    properties = schema["properties"]
    in_full = {key: {"$ref": _of(whole, properties[key])} for key in ("title", "horizon")}
    for key, full in in_full.items():
        properties[key] |= {"$ref": full["$ref"] + "_in_part"}
    properties["port"] |= {"type": ["string", "object"]}
    properties["values"] |= {"$ref": _REF.format(model="Values")}
    keys = {key: {"$ref": _REF.format(model=f"policy_{key}")} for key in catalogue()}
    properties["policies"] |= {"properties": keys, "additionalProperties": False}
    return {
        "$schema": DIALECT,
        **schema,
        "title": "nansha-sim scenario",
        "required": [],
        "properties": {"extends": EXTENDS, **properties},
        "if": {"required": ["extends"]},
        "else": {"required": schema["required"], "properties": in_full},
        "$defs": {**whole, **parts, **values, **policies},
    }


def _describe(definitions: dict[str, Any]) -> None:
    """Put the texts under the fields of the classes into their definitions."""
    for kind in subclasses(Frozen):
        properties = definitions.get(kind.__name__, {}).get("properties", {})
        for name, text in attribute_docs(kind).items() if properties else ():
            if name in properties:
                properties[name]["description"] = text


def _of(definitions: dict[str, Any], field: dict[str, Any]) -> str:
    """Return the reference by which a field names its definition."""
    return next(_REF.format(model=name) for name in definitions if _REF.format(model=name) in str(field))


def _partial(schema: Any) -> Any:
    """Return the schema of a part of what `schema` describes; what a base file supplies may be left out."""
    if isinstance(schema, list):
        return [_partial(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    part = {key: _partial(entry) for key, entry in schema.items() if key not in NEEDED}
    if "oneOf" in part:
        part["anyOf"] = part.pop("oneOf")  # without its kind, a part may be of several
    if set(EVIDENCE) <= set(schema.get("required", ())):
        own = [name for name in schema["properties"] if name not in (*EVIDENCE, "note")]
        part["dependentRequired"] = {name: list(EVIDENCE) for name in own}
    return part


def _policy(kind: type[Policy]) -> dict[str, Any]:
    """Return the schema of one policy: off, plan, or its levers with their bounds."""
    schema = kind.model_json_schema(by_alias=True, ref_template=_REF)
    about = f"{kind.zh} / {kind.en} (measure {kind.measure})"
    for name, info in kind.levers.items():
        schema["properties"][name] = _lever(info)
    words = {"enum": ["off", "plan"], "description": f"{about}: off, or as in the action plan"}
    return {"description": about, "anyOf": [words, schema]}


def _lever(info: LeverInfo) -> dict[str, Any]:
    plan = str(info.plan.value).lower() if isinstance(info.plan.value, bool) else f"{info.plan.value:g}"
    if info.measure is None:
        return {"type": "boolean", "description": f"{info.zh} / {info.en}; plan: {plan}"}
    measure = info.measure
    bounds = {"minimum": measure.ge, "exclusiveMinimum": measure.gt, "maximum": measure.le}
    return {
        "type": "integer" if measure.whole else "number",
        "description": f"{info.zh} / {info.en} [{measure.unit}]; plan: {plan}",
        **{key: bound for key, bound in bounds.items() if bound is not None},
    }
