"""What the journal knows of sweeps: their points, and which scenario each recipe came to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sim.errors import Problem
from sim.experiment.journal import Journal, as_text, told
from sim.experiment.journal_file import guarded, writing

MOST_NOTES = 50
"""Recipes noted in memory before they are written: one that a kill loses is only worked out again."""


@dataclass(frozen=True)
class Made:
    """What a recipe came to: the digest of its scenario, or why there is none."""

    digest: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A sweep in the journal; failed: points without numbers, None as long as it is not finished."""

    name: str
    zh: str
    en: str
    scenario: str
    points: int
    replications: int
    plan: str
    files: tuple[str, ...]
    failed: int | None
    begun: str


def _entry(*row: Any) -> Entry:
    *head, plan, files, failed, begun = row
    name, zh, en, scenario, points, replications = head
    return Entry(name, zh, en, scenario, points, replications, plan, tuple(json.loads(files)), failed, begun)


class SweepBook:
    """The sweeps of a journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._notes: dict[str, Made] = {}

    def entry(self, name: str) -> Entry | None:
        """Return a sweep by name, None if there is none."""
        return next((entry for entry in self.entries() if entry.name == name), None)

    def entries(self) -> list[Entry]:
        """Return every sweep by name."""
        with self._guarded():
            rows = self._execute("SELECT * FROM sweeps ORDER BY name").fetchall()
        return [_entry(*row) for row in rows]

    def begin(self, entry: Entry, points: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Enter a sweep with the recipe and the levers of each point, in the place of one of that name."""
        with self._writing():
            self._execute("DELETE FROM points WHERE sweep = ?", (entry.name,))
            self._journal.connection.executemany(
                "INSERT INTO points VALUES (?, ?, ?, ?)",
                ((entry.name, k, recipe, as_text(levers)) for k, (recipe, levers) in enumerate(points)),
            )
            row = (entry.name, entry.zh, entry.en, entry.scenario, entry.points, entry.replications, entry.plan, "[]")
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._execute("INSERT OR REPLACE INTO sweeps VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)", (*row, now))

    def finish(self, name: str, files: Iterable[str], failed: int) -> None:
        """Take note that a sweep is done and which files tell of it."""
        with self._writing():
            values = (as_text(sorted(files)), failed, name)
            self._execute("UPDATE sweeps SET files = ?, failed = ? WHERE name = ?", values)

    def points(self, name: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Yield number, recipe and levers of every point of a sweep."""
        query = "SELECT number, recipe, levers FROM points WHERE sweep = ? ORDER BY number"
        with self._guarded():
            for number, recipe, levers in self._execute(query, (name,)):
                yield number, recipe, json.loads(levers)

    def made(self, recipe: str) -> Made | None:
        """Return what a recipe came to, None if it is not known."""
        if recipe in self._notes:
            return self._notes[recipe]
        query = "SELECT digest, problems FROM recipes WHERE recipe = ?"
        with self._guarded():
            row = self._execute(query, (recipe,)).fetchone()
        return None if row is None else Made(row[0], tuple(Problem(**problem) for problem in json.loads(row[1])))

    def note(self, recipe: str, made: Made) -> None:
        """Remember what a recipe came to."""
        self._notes[recipe] = made
        if len(self._notes) >= MOST_NOTES:
            self.write_notes()

    def write_notes(self) -> None:
        """Write what is remembered in memory only."""
        with self._writing():
            self._journal.connection.executemany(
                "INSERT OR REPLACE INTO recipes VALUES (?, ?, ?)",
                ((r, m.digest, as_text([told(problem) for problem in m.problems])) for r, m in self._notes.items()),
            )
        self._notes.clear()

    def _execute(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        return self._journal.connection.execute(query, values)

    def _writing(self) -> Any:
        return writing(self._journal.connection, self._journal.path)

    def _guarded(self) -> Any:
        return guarded(self._journal.path)
