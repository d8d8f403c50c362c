"""A small port whose runs cost little: berths, desks with opening hours, an inspection site, a gate.

A run measures 28 days: 28 calls and 1,120 import boxes in the mean, 56 of them inspected. The reform lets half of the
boxes be declared before the vessel arrives, instead of three in ten, on common draws.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.metrics import clearance
from sim.metrics.groups import choose
from sim.metrics.summary import Subject, describe
from sim.models import simulate
from sim.port.port import Horizon, Port, PortTimeline
from sim.records import Flow, MetricRow
from sim.verify.port import Tree, leaf, number, port_with

Hours = NDArray[np.float32]
Groups = dict[str, Hours]
"""Group -> hours of its boxes."""

HORIZON = Horizon(start=datetime.date(2021, 3, 1), warm_up_days=7, days=28, cool_down_days=14)
METRIC, FLOW = "arrival_to_release", "import"
GROUPS = ("all", "inspected")


def port(advance: float, bays: int = 2) -> Port:
    """Return the port with a share of boxes that are declared in advance, and so many bays for examinations."""
    return port_with(
        {
            "traffic.services.line.arrivals.interval": number(24, "h", "erlang", phases=2),
            "traffic.vessel_classes.vessel.exchange": number(40, "boxes", "lognormal_mean", cv=0.3),
            "traffic.vessel_classes.vessel.discharge_share": _share(1),
            "traffic.cargo.flows": {"import": {"share": _share(1)}, "empty": {"stay": number(0, "h")}},
            "terminals.t.quay.length": number(200, "m"),
            "terminals.t.quay.service": number(14, "h", "erlang", phases=2),
            "terminals.t.gate": _gate(),
            "customs.preparation.documents": number(20, "h", "lognormal", sigma=0.9),
            "customs.declaration.advance_share": _share(advance),
            "customs.declaration.advance_lead": number(30, "h"),
            "customs.review": _review(),
            "customs.traders.all.inspection_rate": _share(0.05),
            "customs.inspection.calendar": leaf("day"),
            "customs.inspection.bays": number(bays, "servers"),
            "customs.inspection.examination_time": number(3, "h", "gamma", shape=4),
            "customs.pick_up.delay": number(30, "h", "lognormal", sigma=0.9),
        }
    )


def hours(of: Port, seed: int, replication: int) -> Groups:
    """Return the hours from arrival to release of one run: group -> (boxes,), NaN where a box was not released."""
    log = simulate(PortTimeline((0.0,), (of,)), HORIZON, seed, replication)
    chosen = choose(log, Flow.IMPORT)
    released = clearance.clocks(chosen)[METRIC].astype(np.float32)
    return {"all": released, "inspected": released[chosen.inspected]}


def rows(groups: Groups) -> Iterator[MetricRow]:
    """Yield the rows that a run reports of these boxes."""
    for group, released in groups.items():
        yield from describe(Subject(METRIC, "h", FLOW, group), released.astype(np.float64))


def _share(value: float) -> Tree:
    return number(value, "share")


def _gate() -> Tree:
    return {
        "lanes": number(1, "servers"),
        "service": number(2, "min", "exponential"),
        "inside": number(0, "min"),
        "calendar": leaf("day"),
    }


def _review() -> Tree:
    return {
        "manual_share": _share(0.25),
        "automatic_time": number(0.1, "h"),
        "manual_time": number(1, "h", "gamma", shape=2),
        "officers": number(2, "servers"),
        "calendar": leaf("day"),
        "at_close": leaf("pause"),
    }


BASE, REFORM = port(0.3), port(0.5)
