"""The command line called within this process: quicker, where a process of its own has been tried already."""

from __future__ import annotations

import os
from pathlib import Path

from typer.testing import CliRunner

from sim.cli.app import app
from tests.cli.project import Answer


def inside(*arguments: str, cwd: Path) -> Answer:
    """Call the command line in a folder and return its answer; what it does not catch itself is raised."""
    before = Path.cwd()
    os.chdir(cwd)
    try:
        done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    finally:
        os.chdir(before)
    return Answer(done.exit_code, done.stdout, done.stderr)
