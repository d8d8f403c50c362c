"""The fingerprint of a run log: for every column its bytes in short, and a sum that a tolerance can be put to.

`python -m tests.golden.fingerprint` writes the committed ones anew, after a change that is meant to change numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.port.port import Port
from sim.records import RunLog
from tests.behaviour.runs import run
from tests.small_port import small_port, whole_small_port

HERE = Path(__file__).parent
PORTS: dict[str, Callable[[], Port]] = {"small": small_port, "whole": whole_small_port}
TABLES = ("events", "calls", "boxes", "stations", "rail", "trains", "shifts")
Print = dict[str, tuple[str, float]]


def log_of(name: str) -> RunLog:
    """Return the log of a small port."""
    return run(PORTS[name](), 21)


def fingerprint(log: RunLog) -> Print:
    """Return table.column -> the first digits of its hash, and its weighted sum; columns without rows have none."""
    tables = ((table, getattr(log, table)) for table in TABLES)
    return {
        f"{table}.{name}": (sha(column), weighted(column))
        for table, columns in tables
        for name, column in columns.items()
        if column.size
    }


def sha(column: NDArray[Any]) -> str:
    """Return the first digits of the hash of a column's bytes, the least significant first."""
    return hashlib.sha256(column.astype(column.dtype.newbyteorder("<")).tobytes()).hexdigest()[:12]


def weighted(column: NDArray[Any]) -> float:
    """Return the exact sum of what is finite, each times a weight of its place, so that an exchange shows too."""
    finite = np.isfinite(column)
    weights = 1 + np.arange(column.size)[finite] % 7
    return math.fsum((column[finite].astype(np.float64) * weights).tolist())


def draws() -> str:
    """Return the hash of a thousand draws."""
    return sha(Draws(5, 0).uniform("flow", "north", 1000))


def committed(name: str) -> dict[str, Any]:
    """Return the fingerprint that is committed."""
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Write the fingerprints anew."""
    for name in PORTS:
        lines = [f'  "{key}": {json.dumps(value)}' for key, value in fingerprint(log_of(name)).items()]
        text = "{\n" + ",\n".join([f'  "draws": "{draws()}"', *lines]) + "\n}\n"
        (HERE / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
