"""A fresh small project for each test, and one of which the runs are shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.project import Answer, lay_project, nansha
from tests.cli.sweeps import begin, files, finished, lay_sweep


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own."""
    return lay_project(tmp_path / "project")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for tests that only look at what one run left."""
    return lay_project(tmp_path_factory.mktemp("shared") / "project")


@pytest.fixture(scope="module")
def run_en(shared: Path) -> Answer:
    """A run in English."""
    return nansha("run", "baseline.yaml", "--workers", "1", "--out", "out", cwd=shared)


@pytest.fixture(scope="module")
def whole_en(shared: Path) -> Answer:
    """A run of a port with all flows, in English, with every table."""
    return nansha("run", "whole.yaml", "--workers", "1", "--out", "whole", "--full", cwd=shared)


@pytest.fixture(scope="module")
def compared(shared: Path) -> Answer:
    """A comparison in English."""
    return nansha("compare", "baseline.yaml", "two_step.yaml", "--workers", "1", "--out", "compared", cwd=shared)


@pytest.fixture(scope="module")
def direct(shared: Path) -> Answer:
    """A comparison of a port with all flows, in English."""
    return nansha("compare", "whole.yaml", "direct.yaml", "--workers", "1", "--out", "whole", cwd=shared)


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a sweep that nothing disturbed, in one process."""
    folder = lay_project(tmp_path_factory.mktemp("unbroken") / "project")
    lay_sweep(folder)
    finished(begin(folder, workers=1))
    return files(folder / "out")


@pytest.fixture
def gridded(tmp_path: Path) -> Path:
    """A project of its own with that sweep."""
    folder = lay_project(tmp_path / "project")
    lay_sweep(folder)
    return folder
