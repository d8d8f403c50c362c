"""customs-S1: port release time of exports at Qingdao in 2017, from arrival at the port to the vessel's departure.

Preparation 24.9 h, clearance 0.4 h, after release 50.5 h, vessel departure 8.3 h. Held against the boxes that come by
truck: those by barge come a week ahead. Calibrated: the lead of the trucks, the cut-off and the papers; inspection
rates were taken at the low end of their range.
"""

from __future__ import annotations

import pytest

from tests.validation.conftest import Runs

pytestmark = pytest.mark.long

PUBLISHED_H = {"preparation": 24.9, "clearance": 0.4, "after_release": 50.5, "vessel_departure": 8.3}
TOLERANCE = 0.20


@pytest.mark.parametrize("stage", PUBLISHED_H)
def test_stage(year_2017: Runs, stage: str) -> None:
    hours = year_2017.value(stage, flow="export", group="by_road")
    assert hours == pytest.approx(PUBLISHED_H[stage], rel=TOLERANCE)
