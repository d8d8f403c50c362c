"""The event log: an append-only table, kept as columns."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Journal:
    """Events with a time [h], a kind, the call they belong to, and a value whose unit the kind decides."""

    def __init__(self) -> None:
        self._rows = array("d")  # row by row; kinds and calls are small whole numbers, exact in a float

    def add(self, t: float, kind: int, call: int, value: float = 0.0) -> None:
        """Append one event; times need not rise."""
        self._rows.extend((t, kind, call, value))

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns t and value (float64), kind and call (int64), by time, then by order of writing."""
        rows = np.array(self._rows).reshape(-1, 4)
        t, kind, call, value = rows[np.argsort(rows[:, 0], kind="stable")].T
        return {"t": t, "kind": kind.astype(np.int64), "call": call.astype(np.int64), "value": value}
