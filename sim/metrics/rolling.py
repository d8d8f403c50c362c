"""Booked boxes that missed their vessel: how many, and how many hours later the next one came."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, export_groups
from sim.metrics.passage import Hours, Mask, of_calls
from sim.metrics.sample import Sample
from sim.metrics.spans import waited
from sim.metrics.summary import Subject, describe
from sim.records import Flow, MetricRow, Mode

BOOKED = (Flow.EXPORT, Flow.TRANSHIPMENT, Flow.DOMESTIC, Flow.EMPTY)


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the rows of export boxes by group, then those of the other flows that have bookings."""
    there = sample.flows if sample.bookings else ()
    for flow in (flow for flow in BOOKED if flow in there):
        chosen = sample.of(flow)
        booked = np.asarray((chosen.column("booked") >= 0) & (chosen.column("by_out") == Mode.SEA))
        chosen = Chosen(sample.log, chosen.rows[booked])
        if flow == Flow.EXPORT or chosen.rows.size:
            yield from _flow(chosen, flow)


def hours_lost(chosen: Chosen) -> Hours:
    """Return the arrival of the call that took each box minus that of the call it was booked on [h] (n,)."""
    taken = of_calls(chosen.log, "t_arrived", chosen.column("call_out"))
    return np.asarray(taken - of_calls(chosen.log, "t_arrived", chosen.column("booked")))


def _lost_so_far(chosen: Chosen) -> Hours:
    """Return the hours (n,) from the arrival of the call that each box was booked on to the end of the run."""
    return waited(chosen.log, of_calls(chosen.log, "t_arrived", chosen.column("booked")))


def _flow(chosen: Chosen, flow: Flow) -> Iterator[MetricRow]:
    aboard = np.isfinite(chosen.column("t_loaded"))
    rolled = np.asarray(chosen.column("rolled") > 0)
    lost, so_far = hours_lost(chosen), _lost_so_far(chosen)
    all_of_them: list[tuple[str, Mask]] = [("all", chosen.everyone())]
    name = flow.name.lower()
    for group, mask in export_groups(chosen) if flow == Flow.EXPORT else all_of_them:
        there = np.count_nonzero(mask & aboard)
        if there:
            share = np.count_nonzero(mask & aboard & ~rolled) / there
            yield Subject("first_vessel", "share", name, group).row("value", share)
        missed = np.flatnonzero(mask & rolled)
        yield Subject("rolled_boxes", "boxes", name, group).row("count", missed.size)
        yield from describe(Subject("hours_lost", "h", name, group), lost[missed], so_far[missed])
