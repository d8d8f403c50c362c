"""A folder for one command at a time. The system holds the lock: a process that is killed leaves nothing locked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sim.errors import OutputError, Problem

NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if it is not there. Raises OutputError that names the process that holds it."""
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        remedy = "choose another folder with --out, or check the rights of this one"
        raise OutputError(Problem(f"cannot write {folder}: {error.strerror or error}", remedy=remedy)) from error
    with file:
        if not _seized(file):
            file.seek(1)
            holder = file.read().strip()
            what = f"another sweep is running in this folder (process {holder or 'unknown'})"
            remedy = "wait until it is done, end it, or choose another folder with --out"
            raise OutputError(Problem(what, str(folder), remedy))
        file.truncate(0)
        file.write(f" {os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)  # the file stays: removed, two processes could each hold one of the same name


if sys.platform == "win32":
    import msvcrt

    def _seized(file: IO[str]) -> bool:
        """Lock the first byte; the process number stands behind it, where others may read it."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _seized(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
