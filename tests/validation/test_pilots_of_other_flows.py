"""What was published of direct loading, one-port-pass, transhipment and the trains; put in as times, or chosen for it.

Direct loading: about 2 h in the port (customs-S6). One-port-pass: 7 days before, 2 days after (customs-S21).
Transhipment at Nansha: 1 to 2 days before, 3 to 5 h after (customs-S19). Trains: 5.22 h from declaration to release
before (customs-S30). The 0.25 to 0.41 h after are not reached in the mean: boxes whose papers are not ready in advance,
and those inspected, are in it (about 0.6 h).
"""

from __future__ import annotations

import pytest

from tests.validation.conftest import Runs, runs


@pytest.fixture(scope="module")
def pilots() -> Runs:
    """One replication with the plan's share of one-port boxes, so that there are enough of them."""
    return runs("one_port", 1)


@pytest.mark.long
def test_direct_loading(pilots: Runs) -> None:
    hours = pilots.value("release_to_loading", flow="export", group="direct")
    assert hours == pytest.approx(2.0, rel=0.1)


def test_one_port_storage(pilots: Runs) -> None:
    days = pilots.value("yard_dwell", flow="export", group="one_port") / 24
    assert 1.0 <= days <= 3.0, f"{days:.2f} days"


def test_storage_of_the_other_barge_boxes(baseline: Runs) -> None:
    days = baseline.value("yard_dwell", flow="export", group="by_barge") / 24
    assert days == pytest.approx(7.0, rel=0.1)


def test_transhipment_released_automatically(pilots: Runs) -> None:
    hours = pilots.value("transfer_time", flow="transhipment", group="automatic")
    assert 3.0 <= hours <= 5.0, f"{hours:.2f} h"


def test_transhipment_released_by_an_officer(pilots: Runs) -> None:
    hours = pilots.value("transfer_time", flow="transhipment", group="by_officer")
    assert 24.0 <= hours <= 48.0, f"{hours:.1f} h"


def test_second_declaration_at_the_station(baseline: Runs) -> None:
    hours = baseline.value("declaration_to_release", flow="export", group="declared_again")
    assert hours == pytest.approx(5.22, rel=0.1)
