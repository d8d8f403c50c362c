"""What the guides show is run: Python from top to bottom of a page, scenarios loaded beside the shipped ones."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.scenario import load

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(yaml|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\w+\.yaml)\n")


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


SCENARIOS = [
    pytest.param(text, id=f"{page.name}-{found[1]}")
    for page in PAGES
    for text in blocks(page, "yaml")
    if (found := NAMED.match(text))
]
PYTHON = [pytest.param(page, id=page.name) for page in PAGES if blocks(page, "python")]


def test_there_is_something_to_run() -> None:
    assert len(SCENARIOS) >= 4
    assert PYTHON


@pytest.mark.parametrize("text", SCENARIOS)
def test_a_scenario_in_a_guide_loads(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    shutil.copytree(ROOT / "scenarios", folder)
    name = NAMED.match(text)
    assert name is not None
    (folder / name[1]).write_text(text, encoding="utf-8")
    base = load(folder / "baseline.yaml")
    assert load(folder / name[1]).digest != base.digest


@pytest.mark.long
@pytest.mark.parametrize("page", PYTHON)
def test_python_in_a_guide_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__main__"}
    for text in blocks(page, "python"):
        exec(compile(text, str(page), "exec"), names)


@pytest.mark.long
def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## What the demo shows\n\n```\n")[1].split("\n```\n")[0].splitlines()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    reforms = makefile.split("REFORMS := ")[1].splitlines()[0].split()
    files = [f"scenarios/{name}.yaml" for name in ("baseline", *reforms)]
    command = [sys.executable, "-m", "sim", "compare", *files, "--out", str(tmp_path)]
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "NANSHA_LANG": "en"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=environment)
    printed = {line.rstrip() for line in done.stdout.splitlines()}
    assert [line for line in table if line not in printed] == []
