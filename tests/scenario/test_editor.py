"""The JSON Schema that editors read: valid itself, takes every shipped file, refuses what does not load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sim.policies import catalogue
from sim.scenario import json_schema
from sim.scenario.attributes import attribute_docs
from sim.scenario.node import plain
from sim.scenario.reader import read_file
from sim.scenario.schema import ScenarioFile

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path for path in SCENARIOS.glob("*.yaml") if path.name != "sources.yaml")

WHOLE = {
    "title": {"zh": "基线", "en": "Baseline"},
    "port": "ports/small.yaml",
    "horizon": {"start": "2021-03-01", "warm_up_days": 7, "days": 28, "cool_down_days": 7},
    "replications": 2,
    "seed": 7,
}
TALLY = {"value": 1, "grade": "known", "source": "knowledge"}


def test_it_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_files_are_valid(path: Path) -> None:
    problems: list[Any] = []
    node = read_file(path, path.name, problems)
    assert node is not None
    assert [error.message for error in VALIDATOR.iter_errors(plain(node))] == []


@pytest.mark.parametrize(
    "data",
    [
        WHOLE,
        {"extends": "base.yaml"},
        {"extends": ["a.yaml", "b.yaml"], "horizon": {"days": 3}, "title": {"en": "x"}},
        {"extends": "a.yaml", "values": {"customs": {"tally": TALLY}}},
        {"extends": "a.yaml", "values": {"customs": {"tally": {"note": "n"}}}},
        {"extends": "a.yaml", "values": {"traffic": {"services": {"x": {"arrivals": {"deviation": TALLY}}}}}},
        {"extends": "a.yaml", "policies": dict.fromkeys(catalogue(), "plan")},
        {"extends": "a.yaml", "policies": {"inspection_rate": {"factor": 0.5, "from": "2021-01-01", "ramp_days": 7}}},
        {**WHOLE, "policies": {"inspection_rate": "off", "clearance_24h": {"review": True}}},
    ],
)
def test_right_files_are_taken(data: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {key: WHOLE[key] for key in WHOLE if key != "seed"},
        {**WHOLE, "horizon": {"days": 3}},
        {"extends": "a.yaml", "horizn": {}},
        {"extends": "a.yaml", "horizon": {"days": 0}},
        {"extends": "a.yaml", "replications": 0},
        {"extends": "a.yaml", "values": {"customs": {"taly": TALLY}}},
        {"extends": "a.yaml", "values": {"customs": {"tally": {"value": 1}}}},
        {"extends": "a.yaml", "values": {"customs": {"tally": {**TALLY, "unit": "min"}}}},
        {"extends": "a.yaml", "values": {"customs": {"tally": {**TALLY, "value": -1}}}},
        {"extends": "a.yaml", "policies": {"two_step": "plan"}},
        {"extends": "a.yaml", "policies": {"inspection_rate": "on"}},
        {"extends": "a.yaml", "policies": {"inspection_rate": {"facter": 1}}},
        {"extends": "a.yaml", "policies": {"two_step_declaration": {"share": 1.4}}},
    ],
)
def test_wrong_files_are_refused(data: Any) -> None:
    assert not VALIDATOR.is_valid(data)


def test_keys_and_levers_are_described() -> None:
    for key in ScenarioFile.model_fields:
        assert SCHEMA["properties"][key]["description"] or attribute_docs(ScenarioFile)[key]
    share = SCHEMA["$defs"]["policy_two_step_declaration"]["anyOf"][1]["properties"]["share"]
    assert (share["minimum"], share["maximum"]) == (0, 1)
    assert "两步申报比例" in share["description"]
    documents = SCHEMA["$defs"]["Preparation"]["properties"]["documents_factor"]
    assert "1 in the baseline" in documents["description"]
