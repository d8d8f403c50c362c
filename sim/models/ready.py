"""Boxes that wait for a barge or for a connecting vessel: one line for each barge line and service."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.models.boxes import Boxes

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class ReadyLines:
    """First come, first served by (ready, row), as of the last loading list: what is ready later waits for the next."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        self._coming: list[tuple[Rows, Floats]] = []
        self._lines: dict[int, Rows] = {}

    def add(self, rows: Rows, ready: Floats) -> None:
        """Note from which hours on these boxes can be loaded; all later than the last list."""
        if rows.size:
            self._coming.append((rows, ready))

    def list(self, now: float) -> None:
        """Put what is ready by `now` [h] into its line."""
        if not self._coming:
            return
        rows, ready = (np.concatenate(part) for part in zip(*self._coming, strict=True))
        due = ready <= now
        self._coming = [(rows[~due], ready[~due])]
        rows, ready = rows[due], ready[due]
        if not rows.size:
            return
        line = self._boxes.destination[rows]
        order = np.lexsort((rows, ready, line))
        rows, line = rows[order], line[order]
        edges = [0, *(np.flatnonzero(line[1:] != line[:-1]) + 1).tolist(), len(rows)]
        for first, last in pairwise(edges):
            code = int(line[first])
            waiting = self._lines.get(code, _NONE)
            self._lines[code] = np.concatenate([waiting, rows[first:last]]) if waiting.size else rows[first:last]

    def waiting(self, line: int) -> Rows:
        """Return the boxes of a line, the first come first."""
        return self._lines.get(line, _NONE)

    def take(self, line: int, count: int) -> Rows:
        """Take the first `count` boxes out of a line."""
        rows = self.waiting(line)
        self._lines[line] = rows[count:]
        return rows[:count]

    def keep(self, line: int, kept: NDArray[np.bool_]) -> None:
        """Keep only some of the boxes in a line: those marked in `kept`, shape (waiting,)."""
        self._lines[line] = self.waiting(line)[kept]


_NONE: Rows = np.empty(0, dtype=np.intp)
