"""What a folder of results holds: runs with their tables, and the journal of the experiments."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.errors import OutputError, Problem
from sim.experiment.figures import Figures
from sim.experiment.journal import Journal, opened, reading
from sim.experiment.journal_file import NAME, guarded, writing
from sim.experiment.lock import locked
from sim.experiment.sweep import FOLDER
from sim.experiment.sweep_book import Entry, SweepBook

SHORTEST = 4
"""Characters of a digest that name it."""


@dataclass(frozen=True)
class Stored:
    """What is stored of one scenario: replications with tables and in the journal, failed ones, bytes, last date."""

    digest: str
    name: str
    zh: str
    en: str
    tables: int
    journalled: int
    failed: int
    bytes: int
    made: str
    code: str = ""


def stored(root: Path) -> list[Stored]:
    """Return what is stored of every scenario, the latest last. Raises OutputError if there is nothing."""
    found = {item.digest: item for item in _in_journal(root)}
    for item in with_tables(root):
        also = found.get(item.digest)
        if also is not None:
            size, made = item.bytes + also.bytes, max(item.made, also.made)
            item = replace(also, tables=item.tables, bytes=size, made=made)
        found[item.digest] = item
    return sorted(found.values(), key=lambda item: (item.made, item.digest))


def sweeps(root: Path) -> list[Entry]:
    """Return the sweeps begun in a folder."""
    if not (root / NAME).is_file():
        return []
    with reading(root) as journal:
        return SweepBook(journal).entries()


def found(items: Iterable[Stored], prefix: str) -> Stored:
    """Return the scenario whose digest begins so. Raises OutputError if there is none, or more than one."""
    chosen = [item for item in items if item.digest.startswith(prefix.lower())]
    if len(prefix) >= SHORTEST and len(chosen) == 1:
        return chosen[0]
    if len(prefix) < SHORTEST and chosen:
        what = f"{prefix!r} is too short to name a result"
        raise OutputError(Problem(what, remedy=f"give at least {SHORTEST} characters of its digest"))
    if chosen:
        what = f"{len(chosen)} results have digests that begin with {prefix}"
        raise OutputError(Problem(what, remedy="give more of the digest, as nansha results ls --all prints it"))
    what = f"nothing is stored under {prefix!r}"
    raise OutputError(Problem(what, remedy="nansha results ls prints what is there; check --out"))


def details(root: Path, item: Stored) -> tuple[dict[str, Any], list[Figures]]:
    """Return how a result was made (seed, horizon, policies, text), and its figures in the journal."""
    if (root / NAME).is_file():
        with reading(root) as journal:
            query = """SELECT seed, horizon, policies, text FROM scenarios LEFT JOIN texts ON scenario = id
                       WHERE digest = ?"""
            row = journal.connection.execute(query, (item.digest,)).fetchone()
            if row is not None:
                measured = journal.read(item.digest, journal.stored(item.digest)).values()
                made = {"seed": row[0], "horizon": json.loads(row[1]), "policies": json.loads(row[2])}
                text = zlib.decompress(row[3]).decode() if row[3] else ""
                return made | {"text": text}, [one.figures for one in measured if one.figures is not None]
    manifest: dict[str, Any] = json.loads((root / item.digest / "manifest.json").read_text(encoding="utf-8"))
    return {key: manifest.get(key) for key in ("seed", "horizon", "policies", "text")}, []


def remove(root: Path, item: Stored) -> None:
    """Remove a scenario's results, tables and journal."""
    if (root / NAME).is_file():
        with opened(root) as journal:
            _forget(journal, [item.digest])
    shutil.rmtree(root / item.digest, ignore_errors=True)


def remove_sweep(root: Path, entry: Entry) -> int:
    """Remove a sweep: its files, and the points that no other sweep has; return how many points these were."""
    folder = root / FOLDER / entry.name
    with opened(root) as journal, locked(folder):
        query = """SELECT DISTINCT digest FROM points JOIN recipes USING (recipe) WHERE sweep = ? AND digest IS NOT NULL
                   EXCEPT SELECT digest FROM points JOIN recipes USING (recipe) WHERE sweep <> ?"""
        with guarded(journal.path):
            digests = [digest for (digest,) in journal.connection.execute(query, (entry.name, entry.name))]
        _forget(journal, digests)
        with writing(journal.connection, journal.path):
            journal.connection.execute("DELETE FROM points WHERE sweep = ?", (entry.name,))
            journal.connection.execute("DELETE FROM sweeps WHERE name = ?", (entry.name,))
            journal.connection.execute("DELETE FROM recipes WHERE recipe NOT IN (SELECT recipe FROM points)")
    shutil.rmtree(folder, ignore_errors=True)
    return len(digests)


def _forget(journal: Journal, digests: Iterable[str]) -> None:
    with writing(journal.connection, journal.path):
        for digest in digests:
            for table in ("figures", "runs", "texts"):
                query = f"DELETE FROM {table} WHERE scenario = (SELECT id FROM scenarios WHERE digest = ?)"
                journal.connection.execute(query, (digest,))
            journal.connection.execute("DELETE FROM scenarios WHERE digest = ?", (digest,))


def _in_journal(root: Path) -> Iterator[Stored]:
    if not (root / NAME).is_file():
        return
    query = """SELECT digest, name, zh, en, 0, sum(layout IS NOT NULL), sum(layout IS NULL), sum(bytes), max(made), code
               FROM runs JOIN scenarios ON id = scenario GROUP BY scenario"""
    with reading(root) as journal, guarded(journal.path):
        for row in journal.connection.execute(query):
            yield Stored(*row)


def with_tables(root: Path) -> Iterator[Stored]:
    """Yield the scenarios of which whole replications are stored, with their tables."""
    for file in root.glob("*/manifest.json"):
        home = file.parent
        try:
            manifest = json.loads(file.read_text(encoding="utf-8"))
            names = tuple(str(manifest[key]) for key in ("scenario", "zh", "en"))
            files = [path for path in home.rglob("*") if path.is_file()]
            sizes = sum(path.stat().st_size for path in files)
            made = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds")
        except (OSError, ValueError, KeyError):
            continue  # not of this program, or on its way
        runs = sum(1 for path in home.iterdir() if path.is_dir() and path.name.isdigit())
        name, zh, en = names
        yield Stored(home.name, name, zh, en, runs, 0, 0, sizes, made)
