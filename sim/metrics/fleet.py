"""What every kind of carrier is asked, vessels at the sea quay and barges in the basin alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.metrics.groups import hours_in_window, in_window
from sim.metrics.passage import Mask
from sim.metrics.spans import waited
from sim.metrics.summary import Subject, describe
from sim.records import MetricRow, RunLog


@dataclass(frozen=True)
class Part:
    """Some calls of a fleet: `members` marks them, shape (calls,); `quays` are the codes of the terminals they use."""

    group: str
    members: Mask
    quays: tuple[int, ...]


@dataclass(frozen=True)
class Fleet:
    """The calls of one kind of carrier: `there` (calls,) marks them.

    spans: metric -> first and last milestone. quay: key of its quay in the log, by terminal.
    """

    log: RunLog
    flow: str
    there: Mask
    spans: Mapping[str, tuple[str, str]]
    quay: str

    @property
    def arrived(self) -> Mask:
        """Its calls that arrived in the window, shape (calls,)."""
        return np.asarray(self.there & in_window(self.log, self.log.calls["t_arrived"]))

    def parts(self) -> Iterator[Part]:
        """Yield all calls, those of each vessel class, and those at each terminal with such a quay.

        A class of which only other carriers call is left out.
        """
        calls, names = self.log.calls, self.log.names
        quays = tuple(code for code, key in enumerate(self._keys()) if key in self.log.quay)
        yield Part("all", self.there, quays)
        for code, name in enumerate(names.get("vessel_class", ())):
            of_class = np.asarray(calls["vessel_class"] == code)
            members = self.there & of_class
            if members.any() or not of_class.any():
                yield Part(name, members, quays)
        for code in quays:
            yield Part(names["terminal"][code], np.asarray(self.there & (calls["terminal"] == code)), (code,))

    def size(self, terminal: int) -> tuple[float, float]:
        """Return length and gap [m] of the quay at a terminal."""
        return self.log.quay[self._keys()[terminal]]

    def _keys(self) -> list[str]:
        return [self.quay.format(terminal=terminal) for terminal in self.log.names.get("terminal", ())]


def basics(fleet: Fleet, part: Part) -> Iterator[MetricRow]:
    """Yield calls, spans, use of the quay and work of the cranes."""
    calls, flow, group = fleet.log.calls, fleet.flow, part.group
    arrived = part.members & fleet.arrived
    yield Subject("calls", "calls", flow, group).row("count", np.count_nonzero(arrived))
    for metric, (start, end) in fleet.spans.items():
        began = calls[start][arrived]
        so_far = waited(fleet.log, began)
        yield from describe(Subject(metric, "h", flow, group, "calls"), calls[end][arrived] - began, so_far)
    yield from berth_use(fleet, part)
    worked = arrived & np.isfinite(calls["t_worked"])
    crane_hours = calls["crane_hours"][worked].sum()
    if crane_hours > 0:
        moves = (calls["discharge_boxes"][worked] + calls["load_boxes"][worked]).sum()
        yield Subject("moves_per_crane_hour", "moves/h", flow, group).row("value", moves / crane_hours)
    stopped = calls["yard_stop"][worked]
    if stopped.size:
        yield Subject("yard_stop", "h", flow, group).row("mean", stopped.mean())


def berth_use(fleet: Fleet, part: Part, metric: str = "berth_use") -> Iterator[MetricRow]:
    """Yield the share of quay length-hours in the window that the members took, each with one gap."""
    first, last = fleet.log.window
    calls = fleet.log.calls
    hours = np.where(part.members, hours_in_window(fleet.log, calls["t_berthed"], calls["t_unberthed"]), 0.0)
    taken = offered = 0.0
    for code in part.quays:
        length, gap = fleet.size(code)
        here = calls["terminal"] == code
        taken += float(((calls["loa"] + gap) * hours)[here].sum())
        offered += (length + gap) * (last - first)
    if offered > 0:
        yield Subject(metric, "share", fleet.flow, part.group).row("value", taken / offered)


def reached_within(fleet: Fleet, part: Part, milestone: str, limit: float) -> Iterator[float]:
    """Yield the share of calls that reach a milestone at most `limit` [h] after their arrival, if there are any.

    A call that arrived too late in the run for a verdict is left out.
    """
    calls = fleet.log.calls
    known = part.members & fleet.arrived & (calls["t_arrived"] + limit <= fleet.log.end)
    if known.any():
        in_time = calls[milestone][known] - calls["t_arrived"][known] <= limit
        yield np.count_nonzero(in_time) / in_time.size


def left_boxes(fleet: Fleet, part: Part) -> MetricRow:
    """Return how many boxes were ready and found no room; a box counts at every call that leaves it behind."""
    left = fleet.log.calls["left_boxes"][part.members & fleet.arrived]
    return Subject("left_boxes", "boxes", fleet.flow, part.group).row("count", left.sum(dtype=np.int64))
