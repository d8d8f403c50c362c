"""Each mechanism and feedback in a port of its own: both models agree on it, and it leaves the trace that it should."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.records import Event, RunLog
from tests.oracle.compare import compare
from tests.oracle.ports import HORIZON, Variation

RED = {"customs.risk.inspection_factor": 30}
"""Most boxes are inspected, so that the site has queues."""
EVERY_HOUR = {
    "customs.inspection.calendar": "h24",
    "terminals.t1.gate.calendar": "h24",
    "customs.review.calendar": "h24",
}
SEED = 12
TOGETHER = {f"traffic.services.{name}.arrivals.deviation": 0 for name in ("north", "east")}
"""Two vessels come at one instant, week after week."""
SITE = "customs.inspection.calendar"


def hours(log: RunLog, before: str, after: str) -> NDArray[np.float64]:
    """Return the hours of each call between two milestones, those that did not reach the second left out."""
    gap = log.calls[after] - log.calls[before]
    return gap[~np.isnan(gap)]


def most(log: RunLog, name: str) -> float:
    """Return the most hours that a box spent on a part of a stage."""
    return float(np.nanmax(log.boxes[name]))


def later(log: RunLog, before: str, after: str) -> bool:
    """Return whether any box has `after` at a later hour than `before`."""
    return bool(np.any(log.boxes[after] > log.boxes[before]))


def twins(log: RunLog, name: str) -> bool:
    """Return whether boxes share an hour of a milestone."""
    column = log.boxes[name]
    known = column[~np.isnan(column)]
    return len(np.unique(known)) < len(known)


def resumed(log: RunLog) -> bool:
    """Return whether a call that stopped for a full yard was finished all the same."""
    return bool(np.any(~np.isnan(log.calls["t_worked"][log.calls["yard_stop"] > 0])))


def fewer_cranes(log: RunLog) -> bool:
    """Return whether a call worked with fewer cranes than the least that a vessel wants, but more than one."""
    mean = log.calls["crane_hours"] / (log.calls["t_worked"] - log.calls["t_started"])
    return bool(np.any((mean > 1.001) & (mean < 1.999)))


def overtakes(log: RunLog) -> bool:
    """Return whether a vessel that had her pilot later was let into the channel earlier."""
    order = np.argsort(log.calls["t_piloted"])
    return bool(np.any(np.diff(log.calls["t_entered"][order]) < 0))


def closures(log: RunLog) -> int:
    """Return how often the weather closed the port."""
    return int(np.sum(log.events["kind"] == Event.CLOSED))


PORTS: dict[str, tuple[Mapping[str, Any], Callable[[RunLog], object]]] = {
    "full yard": ({"terminals.t1.yard.dry.teu": 140, "terminals.t1.yard.recheck": 1.7}, resumed),
    "full reefer slots": ({"terminals.t1.yard.reefer.teu": 25}, resumed),
    "slow yard": (
        {"terminals.t1.yard.slow_from": 0.05, "terminals.t1.yard.dry.teu": 300},
        lambda log: hours(log, "t_started", "t_worked").max() > 5,
    ),
    "wait for a crane": (
        {"terminals.t1.cranes.count": 1, **TOGETHER},
        lambda log: hours(log, "t_berthed", "t_started").max() > 1,
    ),
    "cranes shared": ({"terminals.t1.cranes.count": 2, "terminals.t1.cranes.lot": 6, **TOGETHER}, fewer_cranes),
    "quay full": ({"terminals.t1.quay.length": 230}, lambda log: hours(log, "t_arrived", "t_assigned").max() > 1),
    "mainline first": (
        {"terminals.t1.quay.length": 230, "traffic.services.south.arrivals.interval": 12},
        lambda log: np.any(np.diff(log.calls["t_assigned"][log.calls["terminal"] == 0]) < 0),
    ),
    "berth service given": ({}, lambda log: np.any((log.calls["terminal"] == 1) & (log.calls["t_worked"] > 0))),
    "one-way channel": (
        {"channel.meeting_beam_sum": 0, "channel.headway": 90},
        lambda log: hours(log, "t_piloted", "t_entered").max() > 1,
    ),
    "beams that just may meet": (
        {"channel.meeting_beam_sum": 50, "traffic.services.south.arrivals.interval": 15, "channel.headway": 0},
        lambda log: np.any(hours(log, "t_piloted", "t_entered") > 0),
    ),
    "entry before an earlier booking": (
        {
            "channel.meeting_beam_sum": 60,
            "traffic.vessel_classes.feeder.beam": 29,
            "traffic.services.south.arrivals.interval": 7,
            "channel.headway": 40,
            "marine.pilots": 8,
            "marine.tugs": 9,
            "terminals.t1.quay.length": 2000,
            **TOGETHER,
        },
        overtakes,
    ),
    "tide": ({"channel.depth": 7.6}, lambda log: np.sum(hours(log, "t_assigned", "t_piloted") > 1) > 2),
    "pilots and tugs": (
        {"marine.pilots": 1, "marine.tugs": 2},
        lambda log: np.any(hours(log, "t_assigned", "t_piloted") > 0),
    ),
    "fog": (
        {"weather.fog.rate": 150, **EVERY_HOUR},
        lambda log: closures(log) and most(log, "gate_closed") == most(log, "scan_closed") == 0,
    ),
    "typhoon": (
        {"weather.typhoon.rate": 150, **EVERY_HOUR, **RED},
        lambda log: (
            most(log, "examine_closed") > 1 and most(log, "pickup_closed") > 1 and most(log, "review_closed") == 0
        ),
    ),
    "lunch, pause": (
        {"customs.review.calendar": "lunch", "customs.review.manual_share": 1, "customs.review.officers": 1},
        lambda log: most(log, "review_closed") > 12 and most(log, "review_queued") > 2,
    ),
    "lunch, finish": (
        {"customs.review.calendar": "lunch", "customs.review.manual_share": 1, "customs.review.at_close": "finish"},
        lambda log: most(log, "review_closed") > 12,
    ),
    "finish, no ranks": (
        {
            "customs.review.manual_share": 1,
            "customs.review.officers": 1,
            "customs.review.at_close": "finish",
            "customs.traders.aeo.priority": 5,
        },
        lambda log: np.any((log.boxes["review_queued"] > 0.5) & (log.boxes["review_closed"] > 12)),
    ),
    "nights, finish": (
        {SITE: "nights", "customs.inspection.examination_at_close": "finish", **RED},
        lambda log: most(log, "examine_closed") > 12,
    ),
    "nights, pause": (
        {SITE: "nights", "customs.inspection.scan_at_close": "pause", **RED},
        lambda log: most(log, "scan_closed") > 12,
    ),
    "queues at the site": (
        {"customs.inspection.bays": 1, "customs.inspection.scanner_share": 0, **RED},
        lambda log: most(log, "examine_queued") > 12,
    ),
    "priorities": (
        {"customs.traders.aeo.priority": 1, "customs.review.manual_share": 1, "customs.review.officers": 1},
        lambda log: most(log, "review_queued") > 2,
    ),
    "no ranks": (
        {"customs.traders.aeo.priority": 5, "customs.inspection.bays": 1, "terminals.t1.yard.dry.teu": 140, **RED},
        lambda log: most(log, "examine_queued") > 2,
    ),
    "suspect images": (
        {"customs.inspection.suspect_share": 0.9, **RED},
        lambda log: later(log, "t_scanned", "t_examined"),
    ),
    "laboratory holds": (
        {"customs.quarantine.food.sampling_rate": 1},
        lambda log: np.any(log.boxes["t_released"] == log.boxes["t_tested"]),
    ),
    "conditional removal": (
        {"customs.quarantine.food.sampling_rate": 1, "customs.laboratory.conditional_removal": True},
        lambda log: later(log, "t_released", "t_tested"),
    ),
    "ship-side": (
        {"customs.pick_up.shipside_share": 0.8, "customs.declaration.advance_share": 0.9},
        lambda log: np.mean(log.boxes["shipside"]) > 0.05,
    ),
    "advance": (
        {"customs.declaration.advance_share": 0.9},
        lambda log: np.any(log.boxes["t_lodged"] < 0) and np.any(log.boxes["t_lodged"] < log.boxes["t_arrived"]),
    ),
    "after the manifest": (
        {"customs.declaration.advance_share": 0.9, "customs.manifest": 12},
        lambda log: np.mean(log.boxes["t_prepared"] == log.boxes["t_manifest"]) > 0.1,
    ),
    "two-step": ({"customs.declaration.two_step_completion": 20}, lambda log: later(log, "t_released", "t_completed")),
    "trucks at the opening": ({"customs.pick_up.spread": 0}, lambda log: twins(log, "t_truck")),
    "brokers' opening": ({"customs.declaration.calendar": "office_5d"}, lambda log: twins(log, "t_lodged")),
}


@pytest.mark.parametrize("name", PORTS)
def test_mechanism(name: str) -> None:
    values, trace = PORTS[name]
    result = compare(Variation(values).timeline(), HORIZON, SEED)
    assert result.wrong == []
    assert trace(result.log)


def test_no_channel() -> None:
    result = compare(Variation({}, inland=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    assert not hours(result.log, "t_assigned", "t_entered").any()


@pytest.mark.parametrize("rank", [1, 5], ids=["ranks", "no ranks"])
@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1)])
def test_officers_come_and_go(before: int, after: int, rank: int) -> None:
    desks = ("customs.review.officers", "customs.inspection.bays", "terminals.t1.gate.lanes")
    busy = {"customs.review.manual_share": 1, "customs.traders.aeo.priority": rank, **RED}
    later_on = ((60.5, dict.fromkeys(desks, after)), (130.25, dict.fromkeys(desks, before)))
    assert compare(Variation(busy | dict.fromkeys(desks, before), later_on).timeline(), HORIZON, SEED).wrong == []


def test_hours_and_shares_change_within_the_run() -> None:
    reform = {
        **EVERY_HOUR,
        "customs.declaration.advance_share": 0.9,
        "customs.traders.aeo.priority": 1,
        "terminals.t1.yard.dry.teu": 140,
        "channel.meeting_beam_sum": 0,
    }
    back = {SITE: "lunch", "customs.review.calendar": "nights", "terminals.t1.yard.dry.teu": 300}
    assert compare(Variation({}, ((96.0, reform), (168.0, back))).timeline(), HORIZON, SEED).wrong == []


@pytest.mark.parametrize("values", [{}, RED | {"customs.inspection.scanners": 2}, {"customs.review.manual_share": 1}])
def test_boxes_that_come_at_one_instant_go_by_rank_arrival_and_id(values: Mapping[str, Any]) -> None:
    ranks = {"customs.traders.aeo.priority": 3, "customs.pick_up.spread": 0}
    result = compare(Variation(values | ranks, even=True).timeline(), HORIZON, SEED)
    assert result.wrong == []
    assert twins(result.log, "t_lodged")
    assert twins(result.log, "t_truck")
