"""Stations of vessels, barges and trains, each told twice: by the event log or the trains, and by calls or boxes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.balance import Station
from sim.metrics.passage import Hours, Mask
from sim.records import Event, RunLog

STAGES = {
    "anchorage": ((Event.CALL_ARRIVED, "t_arrived"), (Event.BERTH_ASSIGNED, "t_assigned")),
    "berths": ((Event.BERTH_ASSIGNED, "t_assigned"), (Event.UNBERTHED, "t_unberthed")),
    "cranes": ((Event.WORK_STARTED, "t_started"), (Event.WORK_ENDED, "t_worked")),
}
"""Stage -> event and milestone that begin it, event and milestone that end it."""
AT_SEA = {
    "channel in": ((Event.BERTH_ASSIGNED, "t_assigned"), (Event.BERTHED, "t_berthed")),
    "channel out": ((Event.WORK_ENDED, "t_worked"), (Event.DEPARTED, "t_departed")),
}
"""What barges do not pass."""


def stations_of_calls(log: RunLog) -> Iterator[Station]:
    """Yield the stations of the vessels at each terminal and of the barges in each basin."""
    calls, events = log.calls, log.events
    if not calls["call"].size:
        return
    of_call = events["call"] >= 0
    kinds, times, owner = (events[name][of_call] for name in ("kind", "t", "call"))
    place = calls["terminal"].astype(np.intp) * 2 + calls["barge"]
    by_place = place[owner]
    for code, key in enumerate(log.names.get("terminal", ())):
        for basin in (False, True):
            mine, theirs = place == code * 2 + basin, by_place == code * 2 + basin
            if mine.any():
                for stage, ((kind, since), (later, until)) in (STAGES if basin else STAGES | AT_SEA).items():
                    name = f"{stage} {key} basin" if basin else f"{stage} {key}"
                    came, went = times[theirs & (kinds == kind)], times[theirs & (kinds == later)]
                    start, left = calls[since][mine], calls[until][mine]
                    yield Station(name, "barges" if basin else "vessels", came, went, start, left)


def rail_station(log: RunLog) -> Iterator[Station]:
    """Yield the rail station, whose boxes the trains count as well."""
    rail, trains = log.rail, log.trains
    if rail["box"].size:
        went = np.repeat(trains["t_departed"], trains["boxes"])
        yield Station("rail station", "boxes", rail["t_station"], went, rail["t_station"], rail["t_departed"])


def more_than_there_is(log: RunLog) -> Iterator[str]:
    """Yield what holds more than it can: quays with too many metres, or two calls in one place; trains."""
    calls = log.calls
    for code, key in enumerate(log.names.get("terminal", ())):
        for basin in (False, True):
            name = f"{key} basin" if basin else key
            mine = (calls["terminal"] == code) & (calls["barge"] == basin) & np.isfinite(calls["t_assigned"])
            if name in log.quay and mine.any():
                yield from _quay(log, name, mine)
    trains = log.trains
    over = np.count_nonzero(trains["teu"] > trains["capacity_teu"])
    if over:
        yield f"{over} trains carry more TEU than they have room for"


METRES = 1e-3


def _quay(log: RunLog, name: str, mine: Mask) -> Iterator[str]:
    calls, (length, gap) = log.calls, log.quay[name]
    order = np.flatnonzero(mine)[np.argsort(calls["t_assigned"][mine], kind="stable")]
    begin, end = calls["t_assigned"][order], np.nan_to_num(calls["t_unberthed"][order], nan=np.inf)
    low = calls["position"][order]
    high = low + calls["loa"][order]
    outside = np.count_nonzero((low < -METRES) | (high > length + METRES))
    if outside:
        yield f"berths {name}: {outside} calls lie beyond the quay"
    both, first = 0, np.inf
    for lag in range(1, order.size):
        meet = begin[lag:] < end[:-lag]
        if lag > 1 and not meet.any() and _none_later(begin, end, lag):
            break
        gap_lost = (low[lag:] < high[:-lag] + gap - METRES) & (low[:-lag] < high[lag:] + gap - METRES)
        wrong = meet & gap_lost
        if wrong.any():
            both += int(np.count_nonzero(wrong))
            first = min(first, float(begin[lag:][wrong].min()))
    if both:
        yield f"berths {name}: {both} pairs of calls lie in one place at once (first at hour {first:.4g})"


def _none_later(begin: Hours, end: Hours, lag: int) -> bool:
    """Return whether no call is still there when one comes that is `lag` places or more behind it in the line."""
    return bool(np.all(begin[lag:] >= np.maximum.accumulate(end)[:-lag]))
