"""Every waiting line against its plan: the parts of each stay, never more at work than servers, none idle in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.metrics.lines import Line
from sim.metrics.passage import Hours, Mask
from sim.metrics.said import said

CLOCK_H = 1e-9
"""What the arithmetic of hours may lose."""
SINGLE = 2.0**-23
"""The parts of a stay are written in single precision: what a part of 1 h may lose, twice over."""


@dataclass(frozen=True, eq=False)
class Work:
    """The services of a line, shape (m,): hours on the clock of its work (see `Shifts.planned`), and where each lies.

    slack: what rounding may move them by [h]. came, begun: on the clock of open hours. done: whether a box is through.
    """

    begin: Hours
    end: Hours
    slack: Hours
    came: Hours
    begun: Hours
    done: Mask

    @staticmethod
    def of(line: Line) -> Work:
        """Return the services as milestones and the planned hours tell them."""
        done = np.isfinite(line.went) & np.isfinite(line.service)
        closed, queued, service = (part.astype(np.float64) for part in (line.closed, line.queued, line.service))
        stay = closed + queued + service
        slack = CLOCK_H + SINGLE * np.abs(stay)
        end = line.went if line.exact else line.came + stay
        came = line.shifts.opened(line.came)
        if line.shifts.pauses:
            end = line.shifts.opened(end)
            begun = begin = end - service
        else:
            begin = end - service
            begun = line.shifts.opened(begin)
        return Work(begin, end, slack, came, begun, done)


def against_plan(line: Line, work: Work) -> Iterator[str]:
    """Yield what does not hold of one line, one sentence each."""
    yield from _parts(line, work)
    yield from _too_many(line, work)
    yield from _idle(line, work)
    yield from _forgotten(line, work)


def _parts(line: Line, work: Work) -> Iterator[str]:
    """The parts that the line wrote down are the stay between the milestones, and the wait in planned open hours."""
    name, at = line.name, line.went
    yield from said(np.isfinite(line.went) & ~work.done, f"{name}: {{}} boxes went on without service", at)
    parts = (line.closed, line.queued, line.service)
    for part, hours in zip(("closed", "queued", "service"), parts, strict=True):
        yield from said(hours < -work.slack, f"{name}: {{}} boxes have less than no hours {part}", at, hours)
    stay = line.closed.astype(np.float64) + line.queued + line.service
    more = line.went - line.came - stay
    wrong = np.abs(more) > work.slack if line.exact else more < -work.slack
    what = "have another stay than closed, queued and service add up to" if line.exact else "went on before their end"
    yield from said(wrong & work.done, f"{name}: {{}} boxes {what}", at, more)
    off = work.begun - work.came - line.queued
    yield from said(
        (np.abs(off) > work.slack) & work.done,
        f"{name}: {{}} boxes waited other hours than the line was open for before their service",
        at,
        off,
    )


def _too_many(line: Line, work: Work) -> Iterator[str]:
    """At every beginning of a service, those at work are at most the servers planned then.

    A server that is taken away ends its job first, so those at work may be more, but nobody begins then.
    """
    begin, end = _shrunk(work)
    at_work = np.arange(1, begin.size + 1) - np.searchsorted(end, begin, "right")
    back = 2 * float(work.slack[work.done].max(initial=0.0))
    over = at_work - np.maximum(line.shifts.planned(begin), line.shifts.planned(begin - back))
    most = int(over.max(initial=0))
    what = f"{line.name}: {{}} services began with up to {most} more at work than servers"
    yield from said(over > 0, what, _wall(line, begin))


def _shrunk(work: Work) -> tuple[Hours, Hours]:
    """Return beginnings and ends in order, each service a little shorter than it was.

    So one server's jobs do not overlap by rounding.
    """
    slack = work.slack
    long = np.flatnonzero(work.done & (work.end - work.begin > 2 * slack))
    return np.sort(work.begin[long] + slack[long]), np.sort(work.end[long] - slack[long])


def _idle(line: Line, work: Work) -> Iterator[str]:
    """Who waits in open hours finds every server at work, when he comes and until he is served.

    A box whose milestone has not come may be at work since it came, so it counts as such.
    """
    shifts, slack = line.shifts, float(work.slack[work.done].max(initial=0.0))
    rows = np.flatnonzero(work.done & (line.queued > 4 * slack))
    if not rows.size:
        return
    clock, perhaps = _clock(line, work), shifts.opened(line.perhaps) if shifts.pauses else line.perhaps
    begin = np.sort(np.concatenate([work.begin[work.done] - slack, clock[~work.done], perhaps]))
    end = np.sort(work.end[work.done] + slack)
    # one who comes while the line is closed waits in open hours from the opening on
    came = clock[rows] if shifts.pauses else shifts.next_open(line.came[rows])
    for edge, instants in (("began", came + 2 * slack), ("ended", work.begin[rows] - 2 * slack)):
        instants = np.sort(instants)
        at_work = np.searchsorted(begin, instants, "right") - np.searchsorted(end, instants, "left")
        planned = np.minimum(shifts.planned(instants - 4 * slack), shifts.planned(instants))
        what = f"{line.name}: {{}} boxes waited though a server was free when their wait {edge}"
        yield from said(at_work < planned, what, _wall(line, instants))


def _forgotten(line: Line, work: Work) -> Iterator[str]:
    """Who is served the moment he comes found nobody waiting: those who came before and are not through are at work.

    So they too must be no more than the servers. Asked where the milestone ends the service: elsewhere a box that has
    not reached it may long be through.
    """
    clock = _clock(line, work)
    waits = np.sort(clock[~work.done])
    if not waits.size or not line.exact:
        return
    slack = 2 * float(work.slack[work.done].max(initial=0.0))
    at_once = np.sort(work.begin[work.done & (line.queued == 0) & (line.closed == 0)])
    begin, end = _shrunk(work)
    # a server that frees at that very moment may be his, with others still waiting
    alone = np.searchsorted(end, at_once + slack, "right") == np.searchsorted(end, at_once - slack, "left")
    at_work = np.searchsorted(begin, at_once, "left") - np.searchsorted(end, at_once, "right")
    before = np.searchsorted(waits, at_once - slack, "left")
    planned = np.maximum(line.shifts.planned(at_once), line.shifts.planned(at_once - slack))
    over = np.where(alone & (before > 0), at_work + 1 + before - planned, 0)
    most = int(over.max(initial=0))
    what = f"{line.name}: {{}} boxes were served at once though {most} or more that came before never were"
    yield from said(over > 0, what, _wall(line, at_once))


def _clock(line: Line, work: Work) -> Hours:
    """Return when each came, on the clock of the work."""
    return work.came if line.shifts.pauses else line.came


def _wall(line: Line, t: Hours) -> Hours:
    """Return wall times of times on the clock of the work."""
    return line.shifts.wall(t) if line.shifts.pauses else t
