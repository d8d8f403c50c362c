"""Stored results by name: what was run comes back as if it had just been run, without its box tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sim.errors import OutputError, Problem, SimError
from sim.experiment.manifest import as_json
from sim.experiment.result import Outcome, ScenarioResult
from sim.experiment.store import Store
from sim.experiment.stored import Stored, found, with_tables

if TYPE_CHECKING:
    from sim.scenario import Scenario

RUN_AGAIN = "run nansha compare again with the scenario files: what is stored under another version is left alone"


@dataclass(frozen=True)
class _Home:
    """A folder of results and the manifest in it."""

    digest: str
    manifest: dict[str, Any]


def recall(root: Path, names: Sequence[str]) -> tuple[ScenarioResult, ...]:
    """Return stored results: as many replications as all of those named have, the first of them the base.

    A name is a scenario file, the beginning of a digest, or the name of a stored scenario, of which the latest is
    meant. Raises OutputError, or what loading a file raises: with every name that leads to nothing.
    """
    stored = sorted(with_tables(root), key=lambda item: (item.made, item.digest)) if root.is_dir() else []
    scenarios, problems = [], list[Problem]()
    for name in names:
        try:
            scenarios.append(_scenario(root, name, stored))
        except SimError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)
    return _results(Store(root), scenarios)


def _scenario(root: Path, name: str, stored: Sequence[Stored]) -> Scenario:
    if Path(name).suffix in (".yaml", ".yml"):
        from sim.scenario import load

        scenario = load(Path(name))
        if not any(item.digest == scenario.digest for item in stored):
            what = f"nothing is stored of {name} as it stands now"
            raise OutputError(Problem(what, str(root), f"run it first: nansha run {name} --out {root}"))
        return scenario
    named = [item for item in stored if item.name == name]
    item = named[-1] if named else found(stored, name)
    return _read(root, item.digest)


def _read(root: Path, digest: str) -> Scenario:
    """Return the scenario that a manifest holds. Raises OutputError if this program would not make it what it was."""
    manifest = json.loads((root / digest / "manifest.json").read_text(encoding="utf-8"))
    made_by = manifest.get("created_by", "another program")
    where = str(root / digest)
    if "sources" not in manifest:
        raise OutputError(Problem(f"{manifest['scenario']} was made by {made_by}, before briefs", where, RUN_AGAIN))
    try:
        scenario = as_it_was(manifest["scenario"], manifest["text"], manifest["sources"])
    except SimError as error:
        what = f"{manifest['scenario']} is stored, but cannot be read here: {error.problems[0].what}"
        remedy = "give its scenario file instead, or run it again"
        raise OutputError(Problem(what, where, remedy)) from error
    if scenario.digest != digest:
        what = f"{manifest['scenario']} was made by another version of the program ({made_by})"
        raise OutputError(Problem(what, where, RUN_AGAIN))
    return scenario


def as_it_was(name: str, text: str, sources: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a manifest: its `text`, and the sources that its values name. Raises as loading does."""
    from sim.scenario import load

    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        (file.parent / "sources.yaml").write_text(as_json(sources), encoding="utf-8")
        return replace(load(file), name=name)


def _results(store: Store, scenarios: Sequence[Scenario]) -> tuple[ScenarioResult, ...]:
    outcomes = [_outcomes(store, scenario.digest) for scenario in scenarios]
    shared = min(len(found) for found in outcomes)
    empty = [
        Problem(f"{scenario.name} has no finished replication", str(store.root), f"run it: nansha run {scenario.name}")
        for scenario, found in zip(scenarios, outcomes, strict=True)
        if not found
    ]
    if empty:
        raise OutputError(empty)
    return tuple(
        ScenarioResult(replace(scenario, replications=shared), tuple(found[:shared]))
        for scenario, found in zip(scenarios, outcomes, strict=True)
    )


def _outcomes(store: Store, digest: str) -> list[Outcome]:
    """Return the replications 0, 1, … that are there whole."""
    found: list[Outcome] = []
    while (outcome := store.read(digest, len(found), boxes=False)) is not None:
        found.append(outcome)
    return found
