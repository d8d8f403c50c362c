"""Calendars: when a station is open, and the change of clock that makes a shared calendar exact.

All times are hours since the start of the run; negative times are before it. A second clock, the *open clock*,
only runs while the calendar is open and reads 0 at hour 0: work that pauses at closing and resumes at opening is
uninterrupted on it. Calendars may be open since ever (first start -inf) and for ever (last end +inf).
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Times = TypeVar("Times", float, Floats)

HOURS_PER_DAY = 24.0


class _Pieces:
    """A map of pieces: x of piece `i` goes to x + shift, kept between low and high; anchors are met to the bit.

    Piece `i` begins at `knots[i - 1]`; there is one piece more than knots.
    """

    def __init__(self, knots: Floats, side: Literal["left", "right"], columns: Sequence[Floats]) -> None:
        self._knots, self._side, self._table = knots, side, np.array(columns)
        self._bisect = bisect_left if side == "left" else bisect_right
        self._knot_list = knots.tolist()
        self._rows = list(zip(*(column.tolist() for column in columns), strict=True))

    def __call__(self, x: Times) -> Times:
        return self.many(x) if isinstance(x, np.ndarray) else self.one(x)

    def many(self, x: Floats) -> Floats:
        if not x.size:
            return x
        first, last = float(x.min()), float(x.max())
        if first == first and self._bisect(self._knot_list, first) == self._bisect(self._knot_list, last):
            return self._in_one(x, first, last)
        # one look-up for all five columns: most calls bring a few times only
        shift, low, high, anchor, image = self._table.take(self._knots.searchsorted(x, self._side), axis=1)
        there: Floats = np.minimum(np.maximum(x + shift, low), high)
        return np.asarray(np.where(x == anchor, image, there))

    def rising(self, x: Floats) -> Floats:
        """Return the same as `many` of times that rise."""
        first, last = float(x[0]), float(x[-1])
        if self._bisect(self._knot_list, first) != self._bisect(self._knot_list, last):
            return self.many(x)
        return self._in_one(x, first, last)

    def _in_one(self, x: Floats, first: float, last: float) -> Floats:
        """Return the image of times from `first` to `last` that all lie in one piece."""
        shift, low, high, anchor, image = self._rows[self._bisect(self._knot_list, first)]
        there: Floats = x + shift
        # what the piece's ends leave alone need not be held to them
        if not (low <= first + shift and last + shift <= high):
            np.minimum(np.maximum(there, low, out=there), high, out=there)
        if first <= anchor <= last:
            there[x == anchor] = image
        return there

    def one(self, x: float) -> float:
        shift, low, high, anchor, image = self._rows[self._bisect(self._knot_list, x)]
        # x stands first in min and max so that NaN comes through
        return float(image if x == anchor else max(min(x + shift, high), low))


@dataclass(frozen=True, eq=False)
class OpenHours:
    """Sorted disjoint open intervals [start, end), in hours; two arrays of the same length.

    Every method takes a float or an array and gives back the same kind; NaN gives NaN. Raises ValueError if the
    intervals are empty, overlap or are not in order (`OpenHours.of` puts them in order).
    """

    starts: Floats
    ends: Floats

    def __post_init__(self) -> None:
        edges = np.stack([self.starts, self.ends], axis=1).ravel()
        if not (np.all(self.starts < self.ends) and np.all(edges[1:] >= edges[:-1])):
            raise ValueError("open intervals must be non-empty, disjoint and in order of time")

    @staticmethod
    def always() -> OpenHours:
        """Return the calendar that never closes: its open clock is the wall clock."""
        return OpenHours(np.array([-np.inf]), np.array([np.inf]))

    @staticmethod
    def of(intervals: Iterable[tuple[float, float]]) -> OpenHours:
        """Return the union of intervals [h], in any order; they may touch and overlap, empty ones are dropped."""
        pairs = np.array(sorted(pair for pair in intervals if pair[0] < pair[1]), dtype=float).reshape(-1, 2)
        return _joined(pairs[:, 0], np.maximum.accumulate(pairs[:, 1]))

    @staticmethod
    def spliced(pieces: Sequence[tuple[float, OpenHours]]) -> OpenHours:
        """Return the calendar in which each piece rules from its time [h] until the next one's.

        Times must rise; the first piece also rules before its time, since lodgements may precede hour 0.
        """
        cuts = np.array([time for time, _ in pieces])
        if not len(cuts) or not np.all(cuts[1:] > cuts[:-1]):
            raise ValueError("spliced calendars need at least one piece, and times that rise")
        left, right = _cells(*(edge for _, hours in pieces for edge in (hours.starts, hours.ends)), cuts)
        ruling = np.maximum(np.searchsorted(cuts, left, "right") - 1, 0)
        kept = np.zeros(len(left), dtype=bool)
        for k, (_, hours) in enumerate(pieces):
            kept |= (ruling == k) & hours.is_open(left)
        return _joined(left[kept], right[kept])

    def minus(self, closures: OpenHours | Iterable[tuple[float, float]]) -> OpenHours:
        """Return this calendar without the closed windows: another calendar, or (start, end) pairs in hours."""
        shut = closures if isinstance(closures, OpenHours) else OpenHours.of(closures)
        left, right = _cells(self.starts, self.ends, shut.starts, shut.ends)
        kept = self.is_open(left) & ~shut.is_open(left)
        return _joined(left[kept], right[kept])

    def to_open(self, t: Times) -> Times:
        """Return the open clock [h] at wall times `t`: open hours since hour 0, standing still while closed."""
        return self._opened(t)

    def to_wall_start(self, w: Times) -> Times:
        """Return the wall times at which work at open clock `w` goes on: at a closing, the next opening.

        After the last interval nothing is open: +inf.
        """
        return self._begun(w)

    def to_wall_end(self, w: Times) -> Times:
        """Return the wall times at which work up to open clock `w` is done: at a closing, that closing."""
        return self._ended(w)

    def after_work(self, t: float, work: Floats) -> Floats:
        """Return the wall times at which parts of the work begun at `t` are done; `work`: open hours, rising."""
        return self._ended.rising(self._opened.one(t) + work) if work.size else work

    def next_open(self, t: Times) -> Times:
        """Return the first open instants at or after wall times `t`; +inf after the last interval."""
        return self._reopened(t)

    def next_open_one(self, t: float) -> float:
        """Return `next_open` of one time, without the checks: for event loops."""
        return self._reopened.one(t)

    def open_between(self, a: Times, b: Times) -> Times:
        """Return the open hours from wall times `a` to `b` (negative if b < a)."""
        return self.to_open(b) - self.to_open(a)

    def is_open(self, t: float | Floats) -> NDArray[np.bool_]:
        """Return whether the wall times `t` lie in an open interval; NaN does not."""
        ends = np.append(-np.inf, self.ends)
        return np.asarray(t < ends[np.searchsorted(self.starts, t, "right")])

    @cached_property
    def never_closes(self) -> bool:
        """Whether both clocks are one."""
        return len(self.starts) == 1 and bool(self.starts[0] == -np.inf and self.ends[0] == np.inf)

    @cached_property
    def _clock(self) -> tuple[Floats, Floats, Floats]:
        """The open clock at each start and each end, and open clock minus wall clock within each interval [h]."""
        shift = np.zeros(len(self.starts))
        shift[1:] = -np.cumsum(self.starts[1:] - self.ends[:-1])
        if len(shift):
            first = max(int(np.searchsorted(self.starts, 0.0, "right")) - 1, 0)
            shift -= np.clip(0.0, self.starts[first], self.ends[first]) + shift[first]
        at_end = self.ends + shift
        at_start = np.concatenate([self.starts[:1] + shift[:1], at_end[:-1]])
        return at_start, at_end, shift

    @cached_property
    def _opened(self) -> _Pieces:
        at_start, at_end, shift = self._clock
        before = at_start[:1] if len(at_start) else np.zeros(1)
        columns = [shift, at_start, at_end, self.starts, at_start]
        heads = [np.zeros(1), before, before, _NONE, _NONE]
        return _Pieces(self.starts, "right", [np.append(h, c) for h, c in zip(heads, columns, strict=True)])

    @cached_property
    def _begun(self) -> _Pieces:
        at_start, at_end, shift = self._clock
        return _ending_never(at_end, "right", [-shift, self.starts, self.ends, at_start, self.starts])

    @cached_property
    def _ended(self) -> _Pieces:
        _, at_end, shift = self._clock
        return _ending_never(at_end, "left", [-shift, self.starts, self.ends, at_end, self.ends])

    @cached_property
    def _reopened(self) -> _Pieces:
        still = np.zeros(len(self.starts))
        return _ending_never(self.ends, "right", [still, self.starts, self.ends, self.starts, self.starts])


_NONE = np.array([np.nan])


def _ending_never(knots: Floats, side: Literal["left", "right"], columns: Sequence[Floats]) -> _Pieces:
    """Pieces with one more behind the last knot, which sends everything to +inf."""
    tails = (0.0, np.inf, np.inf, np.nan, np.nan)
    return _Pieces(knots, side, [np.append(c, tail) for c, tail in zip(columns, tails, strict=True)])


def _cells(*edges: Floats) -> tuple[Floats, Floats]:
    """Left and right ends of the intervals between all the edges."""
    knots = np.unique(np.concatenate(edges))
    return knots[:-1], knots[1:]


def _joined(starts: Floats, ends: Floats) -> OpenHours:
    """Open hours of intervals sorted by start and by end, with those that touch or overlap made one."""
    first, last = np.ones(len(starts), dtype=bool), np.ones(len(starts), dtype=bool)
    first[1:] = last[:-1] = starts[1:] > ends[:-1]
    return OpenHours(starts[first], ends[last])


def weekly_hours(
    week: Sequence[Sequence[tuple[float, float]]],
    first_day: datetime.date,
    days: int,
    special: Mapping[datetime.date, int | None],
    lead_days: int = 0,
) -> OpenHours:
    """Return the open hours of `days` days from `first_day`, whose 00:00 is hour 0, and of `lead_days` before it.

    `week[0]` is Monday's open intervals in hours of the day, 0 to 24; `special` maps a date to the weekday (0 to 6)
    whose hours it keeps, or to None when it is closed. Hours that meet at midnight are one interval.
    Raises ValueError on a week that has not seven days or an interval that leaves its day.
    """
    if len(week) != 7:
        raise ValueError(f"a week has seven days, not {len(week)}")
    intervals = []
    for day in range(-lead_days, days):
        date = first_day + datetime.timedelta(days=day)
        weekday = special.get(date, date.weekday())
        for opening, closing in () if weekday is None else week[weekday]:
            if not 0 <= opening < closing <= HOURS_PER_DAY:
                raise ValueError(f"open hours {opening:g} to {closing:g} do not lie within a day")
            intervals.append((day * HOURS_PER_DAY + opening, day * HOURS_PER_DAY + closing))
    return OpenHours.of(intervals)
