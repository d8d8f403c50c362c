"""Stored sweeps by name: where the table is, and what its levers and its scenario are called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import OutputError, Problem, SimError
from sim.experiment.recall import as_it_was
from sim.experiment.sweep import FOLDER

if TYPE_CHECKING:
    from sim.experiment.sweep import SweepResult
    from sim.scenario import Scenario


@dataclass(frozen=True)
class SweepSource:
    """What charts of a sweep are made from: its table, its scenario, its replications.

    names: path of a lever -> its names (zh, en), where the sweep gives it any.
    """

    name: str
    table: Path
    base: Scenario
    replications: int
    names: Mapping[str, tuple[str, str]]


def source_of(result: SweepResult) -> SweepSource:
    """Return what charts are made from, of a sweep that has just run."""
    content = result.sweep.content
    names = {path: (name.zh, name.en) for path, name in content.names.items()}
    return SweepSource(result.sweep.name, result.table, result.base, content.replications, names)


def is_sweep(root: Path, name: str) -> bool:
    """Return whether a finished sweep of this name is stored."""
    return bool(name) and Path(name).name == name and (root / FOLDER / name / "manifest.json").is_file()


def recall_sweep(root: Path, name: str) -> SweepSource:
    """Return what charts are made from, of a stored sweep. Raises OutputError if it cannot be read here."""
    folder = root / FOLDER / name
    file, table = folder / "manifest.json", folder / f"{name}.parquet"
    again = f"remove {file} and give nansha sweep again: what is stored is not run again"
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        of_scenario = manifest["scenario"]["name"], manifest["text_of_scenario"], manifest["sources"]
        names = {path: (said["zh"], said["en"]) for path, said in manifest["names"].items()}
        replications = int(manifest["replications"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"the manifest of sweep {name} does not say what a chart needs ({error})"
        raise OutputError(Problem(what, str(file), again)) from error
    if not table.is_file():
        raise OutputError(Problem(f"the table of sweep {name} is not there", str(table), again))
    try:
        return SweepSource(name, table, as_it_was(*of_scenario), replications, names)
    except SimError as error:
        what = f"the scenario of sweep {name} cannot be read here: {error.problems[0].what}"
        raise OutputError(Problem(what, str(file), "run the sweep again with this version of the program")) from error
