"""Each mechanism and feedback in a port of its own: both models agree on it, and it leaves the trace that it should."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.oracle.compare import compare
from tests.oracle.mechanisms import EVERY_HOUR, PORTS, RED, SITE
from tests.oracle.ports import HORIZON, Variation
from tests.oracle.traces import hours, twins

SEED = 12
"""With these draws every mechanism comes into play."""


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
