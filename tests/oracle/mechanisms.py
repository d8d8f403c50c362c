"""One port for each mechanism and feedback, and the trace that it must leave in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sim.records import RunLog
from tests.oracle.traces import closures, fewer_cranes, hours, later, most, overtakes, resumed, twins

RED = {"customs.risk.inspection_factor": 30}
"""Most boxes are inspected, so that the site has queues."""
EVERY_HOUR = {
    "customs.inspection.calendar": "h24",
    "terminals.t1.gate.calendar": "h24",
    "customs.review.calendar": "h24",
}
TOGETHER = {f"traffic.services.{name}.arrivals.deviation": 0 for name in ("north", "east")}
"""Two vessels come at one instant, week after week."""
SITE = "customs.inspection.calendar"

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
