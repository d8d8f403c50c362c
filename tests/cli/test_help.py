"""Help comes at once: nothing heavy is imported for it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.project import nansha

COMMANDS = (
    *("check", "show", "policies", "schema", "run", "compare", "init", "verify", "waiting"),
    *("attribute", "select", "capacity", "sensitivity", "sweep", "results", "chart"),
)
RUN_OPTIONS = (
    *(
        "--replications",
        "--seed",
        "--days",
        "--workers",
        "--set",
        "--out",
        "--keep-boxes",
        "--full",
        "--lang",
        "--json",
    ),
)
HEAVY = ("numpy", "scipy", "scipy.stats", "matplotlib", "matplotlib.pyplot", "polars", "simpy", "pydantic", "yaml")


def test_help_lists_the_commands_in_both_languages(tmp_path: Path) -> None:
    answer = nansha("--help", cwd=tmp_path)
    assert answer.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in answer.out
    assert "广州南沙" in answer.out


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_run_and_a_comparison_take_the_same_options(command: str, tmp_path: Path) -> None:
    answer = nansha(command, "--help", cwd=tmp_path)
    assert answer.code == 0
    for option in RUN_OPTIONS:
        assert f"{option} " in answer.out


def test_help_imports_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "sim", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "typer" in imported
    assert sorted(imported & set(HEAVY)) == []


def test_without_a_command_the_help_is_shown(tmp_path: Path) -> None:
    answer = nansha(cwd=tmp_path)
    assert answer.code == 2
    assert "Usage: nansha" in answer.out


def test_version(tmp_path: Path) -> None:
    assert nansha("--version", cwd=tmp_path).out == f"nansha-sim {version('nansha-sim')}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "x.yaml", "--replicatons", "3"), "--replications"),
        (("runn", "x.yaml"), "'run'"),
        (("run",), "Missing argument"),
        (("run", "x.yaml", "--days", "0"), "--days"),
        (("run", "x.yaml", "--workers", "none"), "--workers"),
        (("run", "x.yaml", "--lang", "fr"), "'zh', 'en'"),
    ],
)
def test_a_command_line_that_cannot_be_read(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    answer = nansha(*arguments, cwd=tmp_path)
    assert answer.code == 2
    assert answer.err.startswith("error: ")
    assert words in answer.err
    assert "--help" in answer.err
    assert answer.out == ""
