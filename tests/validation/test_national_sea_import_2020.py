"""customs-S4: overall clearance time of sea imports, national mean of 2020, arrival to release: 58.2 h.

Calibrated: the documents time of the baseline was chosen so that this holds.
"""

from __future__ import annotations

import pytest

from tests.validation.conftest import Runs

PUBLISHED_H = 58.2
TOLERANCE_H = 6.0


def test_arrival_to_release(baseline: Runs) -> None:
    hours = baseline.value("arrival_to_release")
    assert abs(hours - PUBLISHED_H) <= TOLERANCE_H, f"{hours:.1f} h, published {PUBLISHED_H} h"


def test_the_sampling_error_is_small_beside_the_tolerance(baseline: Runs) -> None:
    assert baseline.error("arrival_to_release") < TOLERANCE_H / 2


def test_next_to_no_box_is_left_out_of_the_mean(baseline: Runs) -> None:
    left = baseline.total("arrival_to_release", statistic="unfinished")
    assert left < 0.002 * baseline.total("arrival_to_release")


@pytest.mark.long
def test_a_year_says_the_same_as_the_weeks_shipped(baseline: Runs, baseline_year: Runs) -> None:
    assert abs(baseline_year.value("arrival_to_release") - PUBLISHED_H) <= TOLERANCE_H
