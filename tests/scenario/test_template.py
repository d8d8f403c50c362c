"""Points made from a template are the scenarios that loading them would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import PolicyError, ScenarioError
from sim.scenario import load
from sim.scenario.node import Node
from sim.scenario.template import Template
from tests.cli.project import lay_project

AT = "sweep.yaml:5"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_project(tmp_path_factory.mktemp("template") / "project")


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"customs.inspection.scanners": 3},
        {"policies.inspection_rate.factor": 0.7},
        {"policies.two_step_declaration": "off"},
        {"policies.two_step_declaration": "plan", "customs.inspection.scanners": 2},
        {"policies.two_step_declaration.share": 0.4, "horizon.warm_up_days": 2},
        {"seed": 5},
    ],
)
def test_a_point_is_what_loading_with_these_values_gives(settings: dict[str, object], project: Path) -> None:
    path = project / "two_step.yaml"
    point = Template(path, {"horizon.days": 5}).point({key: Node(value, AT, AT) for key, value in settings.items()})  # type: ignore[arg-type]
    loaded = load(path, sets={key: str(value) for key, value in settings.items()}, days=5)
    assert point.digest == loaded.digest
    assert (point.port, point.timeline, point.policies) == (loaded.port, loaded.timeline, loaded.policies)
    assert (point.horizon, point.seed, point.changes) == (loaded.horizon, loaded.seed, loaded.changes)


@pytest.mark.parametrize(
    ("path", "value", "kind", "words"),
    [
        ("customs.inspection.scaners", 3, ScenarioError, "nearest: 'customs.inspection.scanners'"),
        ("customs.inspection.scanners", 0, ScenarioError, "must be at least 1"),
        ("policies.inspection_rate.factor", 9, PolicyError, "must be at most"),
        ("policies.inspection_rat", "plan", ScenarioError, "there is no value"),
    ],
)
def test_a_value_that_cannot_be_is_told_where_it_is_written(
    path: str, value: object, kind: type[Exception], words: str, project: Path
) -> None:
    with pytest.raises(kind) as told:
        Template(project / "baseline.yaml", {}).point({path: Node(value, AT, AT)})  # type: ignore[arg-type]
    assert words in str(told.value)
    assert AT in str(told.value)
