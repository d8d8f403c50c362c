"""port-S02: phase IV was designed for 4.9 MTEU a year, 1.9 of them by barge, which leaves about 3.0 over the sea quay.

A berth use of 0.55 to 0.75 is planning practice for such a quay: the UNCTAD handbook of 1985 has at most 0.60 for four
berths (background knowledge), port-S80 calls 0.50 to 0.70 reasonable. Chosen: the calls make 3.0 MTEU, and with them
berth use and unloading were weighed against one another (see the notes of the port file).
"""

from __future__ import annotations

import pytest

from tests.validation.conftest import Runs

pytestmark = pytest.mark.long

DESIGN_TEU = 3.0e6
TOLERANCE = 0.07


def test_throughput_of_the_sea_quay(baseline_year: Runs) -> None:
    teu = baseline_year.value("quay_teu_per_year", flow="all", statistic="value")
    assert teu == pytest.approx(DESIGN_TEU, rel=TOLERANCE)


def test_throughput_of_the_barge_quay(baseline_year: Runs) -> None:
    teu = baseline_year.value("barge_quay_teu", flow="all", statistic="value")
    assert 1.8e6 <= teu <= 1.9e6, f"{teu:,.0f} TEU"


def test_throughput_of_both(baseline_year: Runs) -> None:
    teu = baseline_year.value("throughput_teu_per_year", flow="all", statistic="value")
    assert 4.8e6 <= teu <= 4.95e6, f"{teu:,.0f} TEU"


def test_berth_use(baseline_year: Runs) -> None:
    use = baseline_year.value("berth_use", flow="vessel", statistic="value")
    assert 0.55 <= use <= 0.75, f"{use:.3f}"


def test_no_call_is_lost(baseline_year: Runs) -> None:
    assert baseline_year.value("port_time", flow="vessel", statistic="unfinished") == 0
