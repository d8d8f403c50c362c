"""customs-S9: of the boxes of advanced certified enterprises 0.57 % were inspected in 2019.

Put in, not calibrated: the rate is an input of the port file. What is tested is that it comes out again, for boxes
selected by risk; food of certified firms is checked under quarantine on top of that.
"""

from __future__ import annotations

import math

import pytest

from tests.validation.conftest import Runs

PUBLISHED = 0.0057
TOLERANCE = 0.001

pytestmark = pytest.mark.long


def test_risk_selected_share_of_certified_firms(baseline_year: Runs) -> None:
    share = baseline_year.value("selected_share", group="aeo", statistic="value")
    assert abs(share - PUBLISHED) <= TOLERANCE, f"{share:.4%}, published {PUBLISHED:.2%}"


def test_the_sampling_error_is_small_beside_the_tolerance(baseline_year: Runs) -> None:
    boxes = baseline_year.total("arrival_to_release", group="aeo")
    error = math.sqrt(PUBLISHED * (1 - PUBLISHED) / boxes)
    assert error < TOLERANCE / 4, f"standard error {error:.4%} with {boxes:.0f} boxes"
