"""Imports only ever point down, and the contracts in pyproject.toml would notice if they did not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["name"]: contract for contract in CONFIG["contracts"]}
ROOMS = {path.stem for path in (ROOT / "sim").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
ALLOWED = {
    "simpy": {"kernel", "models"},
    "matplotlib": {"charts"},
    "yaml": {"scenario", "words"},
    "typer": {"cli"},
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the package `sim` in a folder to the contracts there."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_imports_only_ever_point_down() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and its contracts."""
    folder = tmp_path_factory.mktemp("floors")
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__", "*.otf", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


BREACHES = [
    ("port/terminal.py", "import sim.models.yard", "Imports only ever point down"),
    ("kernel/clock.py", "import sim.port.port", "Imports only ever point down"),
    ("scenario/load.py", "import sim.metrics", "Imports only ever point down"),
    ("models/yard.py", "import sim.policies.base", "Imports only ever point down"),
    ("words/numbers.py", "import sim.charts", "Imports only ever point down"),
    ("policies/two_way_channel.py", "import sim.policies.aeo_programme", "One policy never imports another"),
    ("metrics/gate.py", "import simpy", "Only kernel and models speak SimPy"),
    ("experiment/run.py", "import matplotlib.pyplot", "Only charts import matplotlib"),
    ("models/calls.py", "import yaml", "Below scenario nothing has heard of YAML; words have catalogues of their own"),
    ("experiment/run.py", "import typer", "Only the command line imports typer"),
]


def test_every_contract_notices_its_breach(copy: Path) -> None:
    for file, line, _ in BREACHES:
        path = copy / "sim" / file
        path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    (copy / "sim" / "attic").mkdir()
    (copy / "sim" / "attic" / "__init__.py").touch()
    told = lint(copy)
    assert told.returncode == 1
    words = " ".join(told.stdout.split())
    for file, line, contract in BREACHES:
        importer = "sim." + file.removesuffix(".py").replace("/", ".")
        assert f"{contract} BROKEN" in words, words
        assert f"{importer} -> {line.split()[1].split('.pyplot')[0]}" in words, (file, line)
    assert "attic" in words


@pytest.mark.parametrize("library", ALLOWED)
def test_a_contract_on_a_library_names_every_other_room(library: str) -> None:
    (contract,) = (c for c in CONTRACTS.values() if c.get("forbidden_modules") == [library])
    named = {module.removeprefix("sim.") for module in contract["source_modules"]}
    assert named == ROOMS - ALLOWED[library] - {"__init__", "__main__"}
