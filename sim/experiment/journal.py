"""The journal: the numbers of every replication that experiments made, found by digest and replication.

Metrics only, in one file, because an experiment of thousands of points would make as many folders of tables. What is
in it does not depend on the order in which it came, apart from the dates.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import Problem
from sim.experiment.batches import Measured
from sim.experiment.figures import Figures, Layout, shared
from sim.experiment.journal_file import NAME, connected, guarded, writing
from sim.experiment.store import Store
from sim.scenario.digest import code_version
from sim.scenario.text import resolved_text

if TYPE_CHECKING:
    from sim.scenario import Scenario

LITTLE_ENDIAN = "<f8"


@contextmanager
def opened(root: Path) -> Iterator[Journal]:
    """Give the journal of a folder of results, which is made if it is not there. Raises OutputError."""
    Store(root).prepare()
    with reading(root) as journal:
        yield journal


@contextmanager
def reading(root: Path) -> Iterator[Journal]:
    """Give the journal of a folder of results, where it is there, to be read. Raises OutputError."""
    journal = Journal(connected(root), root / NAME)
    try:
        yield journal
    finally:
        journal.connection.close()


class Journal:
    """An open journal; of the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path
        self._layouts: dict[int, Layout] = {}

    def stored(self, digest: str) -> set[int]:
        """Return the replications of a scenario that need not be run again; one that failed is tried again."""
        query = """SELECT replication FROM runs JOIN scenarios ON id = scenario
                   WHERE digest = ? AND layout IS NOT NULL"""
        with guarded(self.path):
            return {number for (number,) in self.connection.execute(query, (digest,))}

    def read(self, digest: str, replications: Iterable[int]) -> dict[int, Measured]:
        """Return what is stored of some replications, those that failed with their problems."""
        query = """SELECT replication, layout, numbers, seconds, violations, problems
                   FROM runs JOIN scenarios ON scenarios.id = runs.scenario
                   LEFT JOIN figures USING (scenario, replication) WHERE digest = ?"""
        wanted = set(replications)
        with guarded(self.path):
            rows = [row for row in self.connection.execute(query, (digest,)) if row[0] in wanted]
        return {row[0]: self._measured(*row) for row in sorted(rows)}

    def write(self, scenario: Scenario, measured: Sequence[Measured]) -> None:
        """Store replications of a scenario, all or none. Raises OutputError."""
        with writing(self.connection, self.path):
            owner = self._scenario(scenario)
            for item in measured:
                self._run(owner, item)

    def _run(self, owner: int, item: Measured) -> None:
        place = (owner, item.replication)
        layout, numbers = None, b""
        if item.figures is not None:
            layout = self._layout(item.figures.layout)
            numbers = zlib.compress(item.figures.values.astype(LITTLE_ENDIAN).tobytes())
            self.connection.execute(
                "INSERT OR REPLACE INTO figures (scenario, replication, numbers) VALUES (?, ?, ?)", (*place, numbers)
            )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        faults = as_text(item.violations), as_text([told(problem) for problem in item.problems])
        run = (*place, layout, item.seconds, now, *faults, len(numbers))
        self.connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", run)

    def _scenario(self, scenario: Scenario) -> int:
        """Return the number of a scenario; what it says of itself is brought up to date."""
        policies = {key: policy.model_dump(mode="json", by_alias=True) for key, policy in scenario.policies.items()}
        horizon = scenario.horizon.model_dump(mode="json")
        facts = (
            scenario.name,
            scenario.zh,
            scenario.en,
            code_version(),
            scenario.seed,
            as_text(horizon),
            as_text(policies),
        )
        query = """INSERT INTO scenarios (digest, name, zh, en, code, seed, horizon, policies)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET name = excluded.name,
                   zh = excluded.zh, en = excluded.en, policies = excluded.policies RETURNING id"""
        ((number,),) = self.connection.execute(query, (scenario.digest, *facts)).fetchall()
        text = zlib.compress(_text(scenario).encode())
        self.connection.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (number, text))
        return int(number)

    def _layout(self, layout: Layout) -> int:
        hashed, lines = _hashed(layout)
        self.connection.execute("INSERT OR IGNORE INTO layouts (hash, lines) VALUES (?, ?)", (hashed, lines))
        (number,) = self.connection.execute("SELECT id FROM layouts WHERE hash = ?", (hashed,)).fetchone()
        return int(number)

    def _lines(self, number: int) -> Layout:
        if number not in self._layouts:
            query = "SELECT lines FROM layouts WHERE id = ?"
            (lines,) = self.connection.execute(query, (number,)).fetchone()
            self._layouts[number] = shared(tuple(tuple(line) for line in json.loads(zlib.decompress(lines))))
        return self._layouts[number]

    def _measured(
        self, replication: int, layout: int | None, numbers: bytes | None, seconds: float, *faults: str
    ) -> Measured:
        violations, problems = json.loads(faults[0]), tuple(Problem(**problem) for problem in json.loads(faults[1]))
        if layout is None or numbers is None:
            return Measured(replication, None, seconds, tuple(violations), problems)
        with guarded(self.path):
            lines = self._lines(layout)
        values = np.frombuffer(zlib.decompress(numbers), LITTLE_ENDIAN)
        return Measured(replication, Figures(lines, values), seconds, tuple(violations), problems)


@lru_cache(maxsize=64)
def _hashed(layout: Layout) -> tuple[str, bytes]:
    text = as_text(layout).encode()
    return hashlib.sha256(text).hexdigest(), zlib.compress(text)


def _text(scenario: Scenario) -> str:
    """Return the resolved document; a point of a sweep is made without."""
    return scenario.text or (resolved_text(scenario.trees) if scenario.trees is not None else "")


def told(problem: Problem) -> dict[str, str]:
    """Return a problem for the journal; a place is kept in words."""
    return asdict(Problem(problem.what, str(problem.where) if problem.where else None, problem.remedy))


def as_text(value: object) -> str:
    """Return plain data as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
