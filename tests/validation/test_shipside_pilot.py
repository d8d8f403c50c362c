"""customs-S6 (a weak host): with ship-side pick-up 船边直提 a box is at the gate 5 to 8 minutes after its unloading.

Put in, not calibrated: the time is an input of the port file. What is tested is that nothing else holds such a box.
"""

from __future__ import annotations

import pytest

from tests.validation.conftest import Runs

pytestmark = pytest.mark.long

LEAST_MIN, MOST_MIN = 5.0, 8.0


def test_every_ship_side_box_takes_5_to_8_minutes(baseline_year: Runs) -> None:
    minutes = baseline_year.shipside_minutes
    assert minutes.size > 1000
    assert minutes.min() >= LEAST_MIN
    assert minutes.max() <= MOST_MIN


def test_their_yard_dwell_is_those_minutes(baseline_year: Runs) -> None:
    dwell = 60 * baseline_year.value("yard_dwell", group="shipside")
    assert dwell == pytest.approx(baseline_year.shipside_minutes.mean(), abs=0.1)
