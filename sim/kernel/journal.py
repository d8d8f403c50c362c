"""The event log: an append-only table, kept as columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Journal:
    """Events with a time [h], a kind, the call they belong to, and a value whose unit the kind decides."""

    def __init__(self) -> None:
        self._rows: list[tuple[float, int, int, float]] = []

    def add(self, t: float, kind: int, call: int, value: float = 0.0) -> None:
        """Append one event; times need not rise."""
        self._rows.append((t, kind, call, value))

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns t and value (float64), kind and call (int64), by time, then by order of writing."""
        t, kind, call, value = zip(*self._rows, strict=True) if self._rows else ((), (), (), ())
        times = np.array(t, dtype=np.float64)
        order = np.argsort(times, kind="stable")
        return {
            "t": times[order],
            "kind": np.array(kind, dtype=np.int64)[order],
            "call": np.array(call, dtype=np.int64)[order],
            "value": np.array(value, dtype=np.float64)[order],
        }
