"""Customers who are still to come: taken in any order, handed out in the order of their coming."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MANY = 4096
"""So many loose customers are put in order once, rather than looked at again at every moment."""


class Agenda:
    """Blocks of customers, shape (fields, n): the first row is their arrival [h], the second their id."""

    def __init__(self, fields: int) -> None:
        self._fed: list[Floats] = []
        self._loose = self._ordered = np.empty((fields, 0))
        self._next = 0

    def add(self, block: Floats) -> None:
        """Take in a block, in any order."""
        self._fed.append(block)

    def take(self, now: float) -> Floats:
        """Take out all that arrive by `now` [h], shape (fields, n), by (arrival, id)."""
        if self._fed:
            self._loose = np.concatenate([self._loose, *self._fed], axis=1)
            self._fed = []
        if self._loose.shape[1] > MANY:
            self._ordered = _by_arrival(np.concatenate([self._ordered[:, self._next :], self._loose], axis=1))
            self._next, self._loose = 0, self._loose[:, :0]
        come = self._loose[0] <= now
        due = self._loose.compress(come, axis=1)
        if due.shape[1]:
            self._loose = self._loose.compress(~come, axis=1)
        first, self._next = self._next, int(self._ordered[0].searchsorted(now, "right"))
        if self._next > first:
            due = np.concatenate([self._ordered[:, first : self._next], due], axis=1)
        return _by_arrival(due)


def _by_arrival(customers: Floats) -> Floats:
    return customers.take(np.lexsort((customers[1], customers[0])), axis=1)
