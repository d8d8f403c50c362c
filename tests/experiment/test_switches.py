"""Switches: every combination of a reform's policies is a scenario like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import RunError
from sim.experiment.switches import switches
from sim.scenario import Scenario, load
from tests.cli.project import lay_project

REFORM = """\
extends: baseline.yaml
title: {zh: 改革, en: Reform}
policies:
  single_window: {documents_factor: 0.9}
  advance_declaration: {share: 0.5}
  aeo_programme: {share: 0.27, inspection_ceiling: 0.2}
  inspection_rate: {factor: 0.8, after: [aeo_programme]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_project(tmp_path_factory.mktemp("switches") / "project")


@pytest.fixture(scope="module")
def reform(folder: Path) -> Scenario:
    return write(folder, "reform", REFORM)


def write(folder: Path, name: str, text: str) -> Scenario:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder / f"{name}.yaml")


def test_all_off_is_the_base_and_all_on_the_reform(folder: Path, reform: Scenario) -> None:
    found = switches(reform)
    assert found.keys == ("single_window", "advance_declaration", "aeo_programme", "inspection_rate")
    assert found.scenario(0).digest == load(folder / "baseline.yaml").digest
    assert found.scenario(0).name == "reform [none]"
    assert found.scenario(found.everything) is reform
    assert found.made(found.everything).digest == reform.digest


def test_a_combination_is_what_a_file_would_say(folder: Path, reform: Scenario) -> None:
    found = switches(reform)
    some = found.scenario(0b0101)
    assert some.name == "reform [single_window + aeo_programme]"
    off = {"policies.advance_declaration": "off", "policies.inspection_rate": "off"}
    assert some.digest == load(folder / "reform.yaml", sets=off).digest
    assert list(some.policies) == ["single_window", "aeo_programme"]
    assert {change.policy for change in some.changes} == {"single_window", "aeo_programme"}


def test_its_text_loads_by_itself(folder: Path, reform: Scenario) -> None:
    for coalition in (0, 0b1100, 0b1011):
        some = switches(reform).scenario(coalition)
        again = write(folder, "again", some.text)
        assert (again.digest, again.en) == (some.digest, some.en)


def test_a_policy_that_builds_on_another_stands_by_itself_where_it_can(reform: Scenario) -> None:
    alone = switches(reform).scenario(0b1000)
    assert list(alone.policies) == ["inspection_rate"]
    assert alone.changes


def test_a_policy_that_cannot_be_without_another_waits_for_it(reform: Scenario) -> None:
    class Needy(type(reform.policies["inspection_rate"])):  # type: ignore[misc]
        def apply(self, port):  # type: ignore[no-untyped-def]
            if port.customs.preparation.documents_factor.value == 1:
                self.refuse("no single window", "open one")
            return super().apply(port)

    needy = Needy.model_validate({"factor": 0.8, "after": ["single_window"]})
    policies = {"single_window": reform.policies["single_window"], "inspection_rate": needy}
    found = switches(replace(reform, policies=policies))
    assert found.scenario(0b10).policies == {}
    assert found.scenario(0b10).digest == found.scenario(0).digest
    assert list(found.made(0b11).policies) == ["single_window", "inspection_rate"]


def test_a_base_with_policies_leaves_only_the_others_to_choose(folder: Path, reform: Scenario) -> None:
    text = REFORM.split("  aeo_programme")[0].replace("share: 0.5", "share: 0.4")
    base = write(folder, "halfway", text)
    found = switches(reform, base)
    assert found.keys == ("advance_declaration", "aeo_programme", "inspection_rate")
    assert found.scenario(0) is base
    assert "single_window" in found.scenario(0b010).policies
    assert found.scenario(0b010).policies["advance_declaration"] == base.policies["advance_declaration"]
    swapped = write(
        folder,
        "swapped",
        "extends: baseline.yaml\npolicies: {scanner_first: {share: 0.8}}\ntitle: {zh: 另, en: Other}\n",
    )
    assert switches(reform, swapped).keys[0] == "scanner_first"
    assert "scanner_first" in switches(reform, swapped).scenario(0b00010).policies


def test_what_cannot_be_shared_is_refused(folder: Path, reform: Scenario) -> None:
    with pytest.raises(RunError, match="baseline has no policies to choose from"):
        switches(load(folder / "baseline.yaml"))
    with pytest.raises(RunError, match="reform and reform have the same policies"):
        switches(reform, reform)
    with pytest.raises(RunError, match="differ in more than their policies"):
        switches(reform, load(folder / "baseline.yaml", seed=9))
