"""A small stored study to make briefs of: a base and two reforms of the small port with all flows, with boxes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.brief.build import Options, build
from sim.brief.model import Brief
from sim.experiment import RunOptions, ScenarioResult, run
from sim.scenario import load
from sim.words import Lang
from tests.cli.project import lay_project
from tests.small_port import whole_small_port_tree

DATED = "2026-11-26"
COMMAND = "nansha brief base package"
BASE = """\
title: {zh: 小港基准：现行做法, en: "Small port: practice as it is"}
port: ports/assumed.yaml
horizon: {start: 2021-03-01, warm_up_days: 2, days: 5, cool_down_days: 5}
replications: 5
seed: 1
"""
REFORMS = {
    "package": (
        "措施包：提前申报、两步申报",
        "Package: advance and two-step declaration",
        """
  advance_declaration: {share: 0.75}
  two_step_declaration: plan
""",
    ),
    "two_step": (
        "两步申报",
        "Two-step declaration",
        """
  two_step_declaration: {share: 0.9, documents_factor: 0.5}
""",
    ),
}


@dataclass(frozen=True)
class Small:
    """A folder of results, and what is stored there by name; the base is `base`."""

    root: Path
    results: dict[str, ScenarioResult]
    made: dict[tuple[object, ...], Brief] = field(default_factory=dict)

    def named(self, *names: str) -> tuple[ScenarioResult, ...]:
        """Return the base and the reforms named."""
        return tuple(self.results[name] for name in ("base", *names))

    def brief(self, lang: Lang, *names: str, title: str | None = None) -> Brief:
        """Return the brief of the base and the reforms named; made once."""
        key = lang, names, title
        if key not in self.made:
            self.made[key] = build(self.named(*names), self.root, lang, Options(DATED, COMMAND, title))
        return self.made[key]


def make_small(folder: Path) -> Small:
    """Lay a project into a folder, run its scenarios and return what is stored. It takes a few seconds."""
    lay_project(folder)
    _write_port(folder / "ports" / "assumed.yaml", assumed_port())
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    for name, (zh, en, policies) in REFORMS.items():
        head = f'extends: base.yaml\ntitle: {{zh: "{zh}", en: "{en}"}}\npolicies:{policies}'
        (folder / f"{name}.yaml").write_text(head, encoding="utf-8")
    names = ("base", *REFORMS)
    found = stored(folder, names)
    return Small(folder / "results", dict(zip(names, found, strict=True)))


def stored(folder: Path, names: Sequence[str]) -> tuple[ScenarioResult, ...]:
    """Run scenarios of a project into its folder of results."""
    scenarios = [load(folder / f"{name}.yaml") for name in names]
    return run(scenarios, RunOptions(workers=1, out=folder / "results"))


def assumed_port() -> dict[str, Any]:
    """Return the small port with all flows as data, its documents time and a price assumed."""
    tree = whole_small_port_tree()
    documents = tree["customs"]["preparation"]["documents"]
    documents |= {"low": 10, "high": 30, "grade": "assumed", "source": "assumption"}
    value = tree["costs"]["value_of_goods"]
    value |= {"low": value["value"] / 2, "high": 2 * value["value"], "grade": "assumed", "source": "assumption"}
    willingness = tree["costs"]["willingness"]
    willingness |= {"low": 0.006, "high": 0.021}
    return tree


def _write_port(path: Path, tree: dict[str, Any]) -> None:
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
