"""`nansha show`, `policies` and `schema`: what is there to read before anything is run."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml

from sim.policies import catalogue
from tests.cli.project import nansha

SCANNERS = "customs.inspection.scanners=3"


def test_every_value_has_unit_grade_and_source(project: Path) -> None:
    answer = nansha("show", "baseline.yaml", cwd=project)
    assert answer.code == 0
    line = next(line for line in answer.out.splitlines() if "two_step_documents_factor" in line)
    assert line.split(maxsplit=2)[1] == "0.6"
    assert "known" in line
    assert "Background knowledge" in line
    assert "mon_fri 08:30-17:30" in answer.out


def test_what_a_policy_changed_is_shown_before_and_after(project: Path) -> None:
    out = nansha("show", "two_step.yaml", cwd=project).out
    lines = out.splitlines()
    place = next(k for k, line in enumerate(lines) if line.strip().startswith("two_step_share"))
    assert "assumed" in lines[place]
    assert any(line.split() == ["two_step_declaration", "0.1", "->", "0.25"] for line in lines[place : place + 4])
    assert "Moved by policies: 1." in out
    assert "Rests on 0 seen" in out


def test_json_has_everything(project: Path) -> None:
    shown = nansha("show", "two_step.yaml", "--json", "--set", SCANNERS, cwd=project).json()
    scanners = shown["values"]["customs.inspection.scanners"]
    assert (scanners["value"], scanners["unit"], scanners["grade"]) == (3, "servers", "assumed")
    assert scanners["titles"] == ["Set by the planner"]
    (change,) = shown["values"]["customs.declaration.two_step_share"]["changes"]
    assert (change["policy"], change["before"], change["after"]) == ("two_step_declaration", 0.1, 0.25)
    assert sum(shown["grades"].values()) == len(shown["values"])


def test_chinese(project: Path) -> None:
    out = nansha("show", "two_step.yaml", "--lang", "zh", cwd=project).out
    assert out.splitlines()[0] == "两步申报"
    assert "政策：两步申报" in out
    assert "行业常识" in out


def test_a_set_that_cannot_be_read(project: Path) -> None:
    answer = nansha("show", "baseline.yaml", "--set", "scanners", "--set", "=3", cwd=project)
    assert answer.code == 2
    assert answer.err.count("is not KEY=VALUE") == 2
    answer = nansha("show", "baseline.yaml", "--set", "customs.inspection.scaners=3", cwd=project)
    assert answer.code == 2
    assert "customs.inspection.scanners" in answer.err


def test_the_catalogue_of_policies(tmp_path: Path) -> None:
    out = nansha("policies", cwd=tmp_path).out
    for key, policy in catalogue().items():
        assert f"{key} " in out
        assert policy.zh in out
        for lever in policy.levers:
            assert f"  {lever} " in out
    assert "0.25 (0.12–0.4)" in out


@pytest.mark.parametrize("key", ["two_step_declaration", "clearance_24h"])
def test_one_policy_with_its_mechanism_and_evidence(key: str, tmp_path: Path) -> None:
    answer = nansha("policies", key, "--lang", "zh", cwd=tmp_path)
    assert answer.code == 0
    assert answer.out.startswith(f"{key}  {catalogue()[key].zh}")
    assert "Mechanism" in answer.out
    assert "行动方案第" in answer.out


def test_a_policy_that_is_not_there(tmp_path: Path) -> None:
    answer = nansha("policies", "two_step_declaratio", cwd=tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert "did you mean 'two_step_declaration'?" in answer.err


def test_policies_as_json(tmp_path: Path) -> None:
    told = nansha("policies", "--json", cwd=tmp_path).json()
    assert [policy["key"] for policy in told] == list(catalogue())
    share = next(policy for policy in told if policy["key"] == "two_step_declaration")["levers"]["share"]
    assert (share["unit"], share["bounds"]["le"], share["plan"]["value"]) == ("share", 1, 0.25)


def test_the_schema_takes_a_good_file_and_refuses_a_bad_one(project: Path) -> None:
    schema = nansha("schema", cwd=project).json()
    validator = jsonschema.Draft202012Validator(schema)
    good = yaml.load((project / "two_step.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    validator.validate(good)
    assert list(validator.iter_errors(good | {"polices": {}}))
