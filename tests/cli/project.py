"""A small project on disk, and the command line run on it as a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.policies import catalogue
from tests.small_port import small_port_tree, whole_small_port_tree

ROOT = Path(__file__).parents[2]
SOURCES = {
    "knowledge": "Background knowledge",
    "assumption": "Assumption of the modellers",
    "scenario": "Set by the planner",
}
BASELINE = """\
title: {zh: 小港基准, en: Small port baseline}
port: ports/small.yaml
horizon: {start: 2021-03-01, warm_up_days: 3, days: 7, cool_down_days: 10}
replications: 2
seed: 1
"""
WHOLE = """\
extends: baseline.yaml
title: {zh: 小港全流向, en: Small port with all flows}
port: ports/whole.yaml
"""
DIRECT = """\
extends: whole.yaml
title: {zh: 抵港直装, en: Direct loading}
policies: {direct_loading: plan}
"""
TWO_STEP = """\
extends: baseline.yaml
title: {zh: 两步申报, en: Two-step declaration}
policies: {two_step_declaration: plan}
"""


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return stdout as JSON."""
        return json.loads(self.out)


def nansha(*arguments: str, cwd: Path, **variables: str) -> Answer:
    """Run the command line in a folder and return its answer; a traceback in it fails the test."""
    command = [sys.executable, "-m", "sim", *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NANSHA_")}
    done = subprocess.run(command, cwd=cwd, env=clean | variables, capture_output=True, timeout=240, check=False)
    answer = Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in answer.err, answer.err
    return answer


def lay_project(folder: Path) -> Path:
    """Write the small project into a folder and return the folder."""
    (folder / "ports").mkdir(parents=True)
    for name, tree in (("small", small_port_tree()), ("whole", whole_small_port_tree())):
        _write(folder / "ports" / f"{name}.yaml", json.dumps(tree, ensure_ascii=False, indent=1))
    sources = {key: f"Source {key}" for key in _plan_sources()} | SOURCES
    _write(folder / "sources.yaml", "".join(f"{key}: {{title: {title}}}\n" for key, title in sources.items()))
    _write(folder / "baseline.yaml", BASELINE)
    for name, text in (("two_step", TWO_STEP), ("whole", WHOLE), ("direct", DIRECT)):
        _write(folder / f"{name}.yaml", text)
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _plan_sources() -> Iterator[str]:
    for policy in catalogue().values():
        for info in policy.levers.values():
            yield from (info.plan.source,) if isinstance(info.plan.source, str) else info.plan.source
