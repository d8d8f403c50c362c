"""Flow balance and Little's law of a station, told by two records of the same passages.

One record counts comings and goings and knows nothing of who they are; the other tells of each visitor how long he was
there. Little's law (Little 1961; as an identity of one sample path, Stidham 1974): over any hours, the time mean of the
number in the station is the rate of coming times the mean time there; both are, times the hours, the box-hours spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.metrics.passage import Hours

PER_VISIT_H = 1e-9
"""What arithmetic may lose in hours, for each visit."""


@dataclass(frozen=True, eq=False)
class Station:
    """A station and its visitors; hours, NaN for not yet.

    came, went: the first record, comings (k,) and goings (l,) in any order, not matched. start, left: the second,
    coming and going of each visitor (m,). parts: going of each visitor (m,) by the parts of his stay, where the station
    wrote them down; Little's law then asks these. who: what visits. loss: hours in all that single precision may cost.
    """

    name: str
    who: str
    came: Hours
    went: Hours
    start: Hours
    left: Hours
    parts: Hours | None = None
    loss: float = 0.0


def flow_balance(station: Station, moments: tuple[float, ...]) -> Iterator[str]:
    """Yield a sentence if at a moment what came is not what went and what is there, each counted on its own."""
    for moment in moments:
        came = np.count_nonzero(station.came <= moment)
        went = np.count_nonzero(station.went <= moment)
        there = np.count_nonzero((station.start <= moment) & ~(station.left <= moment))
        if came != went + there:
            more = came - went - there
            yield (
                f"{station.name}: {came} {station.who} in are not {went} out and {there} there at hour {moment:g} "
                f"({abs(more)} too {'few' if more > 0 else 'many'})"
            )


def littles_law(station: Station, span: tuple[float, float]) -> tuple[float, list[str]]:
    """Return the difference of both sides over `span` [h] as a share of the hours spent, and a sentence if it counts.

    Number: the area between the staircases of comings and goings. Times: the stays of the visitors, one by one.
    """
    first, last = span
    area = _staircase(station.came, span) - _staircase(station.went, span)
    left = station.left if station.parts is None else station.parts
    stays = np.fmin(left, last) - np.clip(station.start, first, last)
    spent = float(np.fmax(stays, 0.0, out=stays).sum())
    visits = station.start.size
    difference = abs(area - spent)
    if difference <= PER_VISIT_H * visits + station.loss:
        return difference / max(1.0, spent), []
    text = (
        f"{station.name}: the number there over hours {first:g} to {last:g} adds up to {area:.6g} h, "
        f"the times of its {visits} {station.who} to {spent:.6g} h"
    )
    return difference / max(1.0, spent), [text]


def _staircase(times: Hours, span: tuple[float, float]) -> float:
    """Return the area under the number of `times` come by each moment of `span` [h]."""
    first, last = span
    left = np.subtract(last, np.maximum(times, first))
    # NaN, for not yet, adds nothing
    return float(np.fmax(left, 0.0, out=left).sum())
