"""A project in a temporary folder: one port file, the sources, and scenario files as a test writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.errors import Place, Problem, SimError
from sim.policies import catalogue
from sim.scenario import Scenario, load
from tests.small_port import small_port_tree

SOURCES = """
knowledge: {title: Background knowledge}
assumption: {title: Assumption of the modellers}
scenario: {title: Set by the planner}
"""

BASE = """
title: {zh: 基线, en: Baseline}
port: ports/small.yaml
horizon: {start: 2021-03-01, warm_up_days: 7, days: 28, cool_down_days: 7}
replications: 2
seed: 7
"""


class Project:
    """Writes files and loads scenarios of one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("ports/small.yaml", yaml.safe_dump(small_port_tree(), allow_unicode=True, sort_keys=False))
        self.write("sources.yaml", SOURCES + "".join(f"{key}: {{title: {key}}}\n" for key in _plan_sources()))
        self.write("base.yaml", BASE)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file and return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def load(self, text: str, **options: Any) -> Scenario:
        """Load a scenario file that extends base.yaml and goes on with `text`."""
        return load(self.write("case.yaml", "extends: base.yaml\n" + text), **options)

    def problems(self, text: str | bytes, name: str = "case.yaml", **options: Any) -> tuple[Problem, ...]:
        """Return what is wrong with a file of exactly this text."""
        path = self.write(name, text)
        with pytest.raises(SimError) as caught:
            load(path, **options)
        return caught.value.problems


def _plan_sources() -> Iterable[str]:
    return sorted(
        {info.plan.source for kind in catalogue().values() for info in kind.levers.values()}
        - {"assumption", "knowledge", "scenario"}
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a fresh project."""
    return Project(tmp_path)


@pytest.fixture
def one_problem(project: Project) -> Callable[..., tuple[str, tuple[int, int], str]]:
    """Return a function: text of a file -> message, (line, column) and remedy of its only problem."""

    def only(text: str | bytes, **options: Any) -> tuple[str, tuple[int, int], str]:
        problems = project.problems(text, **options)
        assert len(problems) == 1, "\n".join(map(str, problems))
        where = problems[0].where
        assert isinstance(where, Place)
        return problems[0].what, (where.line, where.column), problems[0].remedy

    return only
