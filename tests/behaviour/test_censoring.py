"""A congested baseline is not flattered: boxes still inside at the end of the run count with the time they waited."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from sim.metrics import measure
from sim.metrics.clearance import clocks
from sim.metrics.groups import choose
from sim.models import offered_loads, simulate
from sim.port.evidence import lookup, replaced
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.units import Quantity
from sim.records import Flow, RunLog
from tests.small_port import small_port

REPLICATIONS = range(4)
CLOCK = "arrival_to_gate_out"


def congested() -> Port:
    """Return the small port with twice as many declarations reviewed by hand: the desk is close to its limit."""
    port, path = small_port(), "customs.review.manual_share"
    return replaced(port, path, Quantity(**lookup(port, path).model_dump() | {"value": 0.5}))


@cache
def logs(cool_down: int) -> tuple[RunLog, ...]:
    """Return logs of two weeks of the congested port, the same draws whatever the cool-down."""
    horizon = Horizon(start=date(2021, 1, 4), warm_up_days=28, days=14, cool_down_days=cool_down)
    return tuple(simulate(PortTimeline((0.0,), (congested(),)), horizon, 3, number) for number in REPLICATIONS)


def mean(cool_down: int, statistic: str = "mean") -> float:
    """Return a statistic of the clock, averaged over the replications."""
    key = (CLOCK, "import", "all", statistic)
    values = [
        row.value
        for log in logs(cool_down)
        for row in measure(log)
        if (row.metric, row.flow, row.group, row.statistic) == key
    ]
    assert len(values) == len(REPLICATIONS)
    return float(np.mean(values))


def test_the_desk_is_close_to_its_limit() -> None:
    load = next(load.load for load in offered_loads(congested()) if load.station == "review")
    assert 0.9 < load < 1


def test_a_run_without_cool_down_tells_what_a_long_one_does() -> None:
    truth, estimate = mean(60), mean(0)
    assert mean(60, "unfinished") == 0
    assert mean(0, "unfinished") > 0.1 * mean(0, "count")
    assert abs(estimate - truth) < 0.03 * truth
    assert abs(mean(0, "p50") - mean(60, "p50")) < 0.05 * mean(60, "p50")


def test_leaving_them_out_would_flatter() -> None:
    through = [float(np.nanmean(clocks(choose(log, Flow.IMPORT))[CLOCK])) for log in logs(0)]
    assert np.mean(through) < 0.9 * mean(60)
