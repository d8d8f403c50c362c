"""One value at a time at both ends of its range: how far it moves a number, and whether it turns its sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiment.inputs import Input
from sim.experiment.laboratory import Floats, Laboratory, Point
from sim.experiment.statistics import Interval, interval

HALVINGS = 5
"""So often is the stretch halved in which a sign turns: to a thirty-second of it."""

LOW, HIGH = "low", "high"


@dataclass(frozen=True)
class End:
    """The number at one end of a range, and its difference to the number as it stands; None if that cannot be run."""

    value: float
    number: Interval | None
    change: Interval | None


@dataclass(frozen=True)
class Turn:
    """The value at which the sign turns on the way to one end; `shown`: whether it is shown to be turned there."""

    end: str
    value: float
    shown: bool


@dataclass(frozen=True)
class Ends:
    """One value at both ends of its range, and where between them the sign of the number turns."""

    item: Input
    low: End
    high: End
    turns: tuple[Turn, ...] = ()


def at_ends(items: Sequence[Input], replications: int, laboratory: Laboratory) -> tuple[Interval, tuple[Ends, ...]]:
    """Return the number as it stands, over so many replications, and with each of `items` at its ends.

    All on the same draws: differences are paired by replication.
    """
    places = [{}, *({item: end} for item in items for end in (item.low, item.high))]
    points: list[Point] = [(place, number) for place in places for number in range(replications)]
    numbers = laboratory.numbers(points).reshape(len(places), replications)
    here = numbers[0]
    pairs = numbers[1:].reshape(len(items), 2, replications)
    found = (
        Ends(item, _end(item.low, low, here), _end(item.high, high, here))
        for item, (low, high) in zip(items, pairs, strict=True)
    )
    return _interval(here) or Interval(float("nan"), None, None, 0), tuple(found)


def with_turns(number: Interval, found: Sequence[Ends], replications: int, laboratory: Laboratory) -> tuple[Ends, ...]:
    """Return `found` with the values at which the sign of `number` turns, sought where an end has another one."""
    return tuple(
        Ends(
            ends.item,
            ends.low,
            ends.high,
            tuple(
                _turn(ends.item, name, end.number, _Search(number.mean, replications, laboratory))
                for name, end in ((LOW, ends.low), (HIGH, ends.high))
                if end.number is not None and end.number.mean * number.mean < 0
            ),
        )
        for ends in found
    )


@dataclass(frozen=True)
class _Search:
    """What is sought: where the number is no longer of the sign of `mean`."""

    mean: float
    replications: int
    laboratory: Laboratory

    def turned(self, item: Input, value: float) -> bool | None:
        """Return whether the sign is another at a value; None if it cannot be run."""
        points: list[Point] = [({item: value}, number) for number in range(self.replications)]
        there = _interval(self.laboratory.numbers(points))
        return None if there is None else there.mean * self.mean < 0


def _turn(item: Input, name: str, end: Interval, search: _Search) -> Turn:
    same, other = item.value, item.low if name == LOW else item.high
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        if item.whole:
            middle = float(round(middle))
        if middle in (same, other):
            break
        turned = search.turned(item, middle)
        if turned is None:
            break
        same, other = (same, middle) if turned else (middle, other)
    shown = end.low is not None and end.high is not None and not end.low <= 0 <= end.high
    return Turn(name, other, shown)


def _end(value: float, numbers: Floats, here: Floats) -> End:
    return End(value, _interval(numbers), _interval(numbers - here))


def _interval(numbers: Floats) -> Interval | None:
    there = numbers[np.isfinite(numbers)]
    return interval(there.tolist()) if there.size else None
