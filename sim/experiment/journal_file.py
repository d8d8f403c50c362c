"""The journal's file: an SQLite database in the folder of results, opened, checked and kept from half-done writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import OutputError, Problem
from sim.experiment.interrupts import deferred

NAME = "journal.sqlite"
VERSION = 1
BUSY_S = 60.0
"""Another command may be writing: each of its writes takes a moment only."""

REMEDY = "make room, or check the rights of this folder; what is stored stays, and the same command goes on from there"
NO_JOURNAL = "move the file away, or choose another folder with --out; then everything is simulated anew"

SCHEMA = """
CREATE TABLE scenarios (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
    code TEXT NOT NULL, seed INTEGER NOT NULL, horizon TEXT NOT NULL, policies TEXT NOT NULL
);
CREATE TABLE texts (scenario INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE layouts (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, lines BLOB NOT NULL);
CREATE TABLE runs (
    scenario INTEGER NOT NULL, replication INTEGER NOT NULL, layout INTEGER, seconds REAL NOT NULL, made TEXT NOT NULL,
    violations TEXT NOT NULL, problems TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (scenario, replication)
) WITHOUT ROWID;
CREATE TABLE figures (
    id INTEGER PRIMARY KEY, scenario INTEGER NOT NULL, replication INTEGER NOT NULL, numbers BLOB NOT NULL,
    UNIQUE (scenario, replication)
);
CREATE TABLE sweeps (
    name TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL, scenario TEXT NOT NULL, points INTEGER NOT NULL,
    replications INTEGER NOT NULL, plan TEXT NOT NULL, files TEXT NOT NULL, failed INTEGER, begun TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE points (
    sweep TEXT NOT NULL, number INTEGER NOT NULL, recipe TEXT NOT NULL, levers TEXT NOT NULL,
    PRIMARY KEY (sweep, number)
) WITHOUT ROWID;
CREATE TABLE recipes (recipe TEXT PRIMARY KEY, digest TEXT, problems TEXT NOT NULL) WITHOUT ROWID;
"""


def connected(root: Path) -> sqlite3.Connection:
    """Open the journal in a folder of results, made if it is not there. Raises OutputError.

    WAL: a reader never waits for the writer, and a write that a kill interrupts is as if it had not begun. FULL: every
    commit waits for the disk, about 10 ms for a batch of a second, so that a power cut loses nothing either.
    """
    path = root / NAME
    with guarded(path):
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _made_or_known(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _made_or_known(connection: sqlite3.Connection, path: Path) -> None:
    with writing(connection, path):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    if version > VERSION:
        what = f"this store was written by a newer nansha-sim (version {version} of the journal, known here: {VERSION})"
        raise OutputError(Problem(what, str(path), "use that nansha-sim, or choose another folder with --out"))


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write what is inside in full or not at all; Ctrl-C waits for that."""
    with deferred(), guarded(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk has rolled it back already
                connection.execute("ROLLBACK")
            raise


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn SQLite's refusal into an OutputError that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        what = "another command is writing for minutes" if "locked" in str(error) else str(error)
        raise OutputError(Problem(f"cannot write the journal: {what}", str(path), REMEDY)) from error
    except sqlite3.DatabaseError as error:
        raise OutputError(Problem(f"this is not a journal of nansha-sim: {error}", str(path), NO_JOURNAL)) from error
