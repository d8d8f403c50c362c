"""Common draws at work: a tenth fewer inspections changes few boxes, and few replications show it."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.metrics.clearance import clocks
from sim.metrics.groups import choose
from sim.models import simulate
from sim.port.evidence import leaves, lookup, replaced
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.units import Quantity
from sim.records import Flow
from tests.small_port import small_port

pytestmark = pytest.mark.long
HORIZON = Horizon(start=date(2021, 1, 4), warm_up_days=14, days=28, cool_down_days=14)
PAIRS = 100
Hours = NDArray[np.float64]


def inspecting(rate: float) -> Port:
    """Return the small port with this rate whoever trades the box, and bays and scanners for everybody.

    With few of them, whoever stands behind a box in their line moves with it: then the spread is an eighth.
    """
    port = small_port()
    rates = [path for path in leaves(port) if path.startswith("customs.traders.") and path.endswith(".inspection_rate")]
    desks = {"customs.inspection.bays": 8.0, "customs.inspection.scanners": 8.0}
    for path, value in (dict.fromkeys(rates, rate) | desks).items():
        port = replaced(port, path, Quantity(**lookup(port, path).model_dump() | {"value": value}))
    return port


def release(port: Port, seed: int, replication: int) -> Hours:
    """Return the hours from arrival to release of each import box."""
    log = simulate(PortTimeline((0.0,), (port,)), HORIZON, seed, replication)
    return clocks(choose(log, Flow.IMPORT))["arrival_to_release"]


@cache
def runs() -> tuple[list[tuple[Hours, Hours]], Hours]:
    """Return the boxes at 10 and at 9 % on common draws, and the means at 9 % with seeds of their own."""
    before, after = inspecting(0.10), inspecting(0.09)
    pairs = [(release(before, 7, number), release(after, 7, number)) for number in range(PAIRS)]
    return pairs, np.array([np.nanmean(release(after, 8, number)) for number in range(PAIRS)])


def differences() -> tuple[Hours, Hours]:
    """Return the differences of the means, paired on common draws and with independent seeds (PAIRS,)."""
    pairs, alone = runs()
    before, after = (np.array([np.nanmean(pair[k]) for pair in pairs]) for k in (0, 1))
    return after - before, alone - before


def test_the_paired_difference_spreads_a_tenth_as_much_at_most() -> None:
    paired, independent = differences()
    assert paired.std(ddof=1) <= 0.1 * independent.std(ddof=1)


def test_hardly_a_pair_has_the_wrong_sign() -> None:
    paired, independent = differences()
    assert np.mean(paired > 0) <= 0.01
    assert np.mean(independent > 0) > 0.2


def test_few_boxes_change() -> None:
    changed = [np.mean(np.abs(before - after) > 1e-9) for before, after in runs()[0]]
    assert np.mean(changed) <= 0.05
