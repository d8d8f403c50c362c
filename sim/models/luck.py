"""One draw per box and purpose: a function of the box's place in its service, and of nothing that happens."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models.calls import Calls


@dataclass(frozen=True)
class _Owners:
    draws: Draws
    boxes: dict[str, int]
    places: NDArray[np.int64]


class Luck:
    """Call it with a purpose: returns uniform draws in (0, 1), shape (boxes,), in the order of the box table.

    The table has the boxes that each call discharges, call by call, and then the boxes booked on each call.
    """

    def __init__(self, draws: Draws, calls: Calls) -> None:
        base = np.cumsum([0, *calls.boxes.values()])[:-1].reshape(2, -1)
        off = _places(calls.discharge, calls.first + base[0][calls.service])
        booked = _places(calls.booked, calls.first_booked + base[1][calls.service])
        self._owners = _Owners(draws, calls.boxes, np.concatenate([off, booked]))

    def narrowed(self, rows: NDArray[np.intp]) -> Luck:
        """Return the luck of these boxes only."""
        other = object.__new__(Luck)
        other._owners = _fewer(replace(self._owners, places=self._owners.places[rows]))
        return other

    def __call__(self, purpose: str) -> NDArray[np.float64]:
        return self._owners.draws.stacked(purpose, self._owners.boxes).take(self._owners.places)


def _fewer(owners: _Owners) -> _Owners:
    """Return the same without the owners at either end that none of the boxes belongs to: their draws cost time."""
    if not owners.places.size:
        return owners
    names = list(owners.boxes)
    base = np.cumsum([0, *owners.boxes.values()])
    first = int(np.searchsorted(base, owners.places.min(), "right")) - 1
    last = int(np.searchsorted(base, owners.places.max(), "right"))
    kept = {name: owners.boxes[name] for name in names[first:last]}
    return replace(owners, boxes=kept, places=owners.places - base[first])


def _places(counts: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return first, first + 1, ... of each call, one call after the other."""
    return np.asarray(np.arange(int(counts.sum())) + np.repeat(first - (np.cumsum(counts) - counts), counts))
