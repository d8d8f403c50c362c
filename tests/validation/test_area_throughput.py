"""port-S89, port-S87: Nansha handled 17.165 MTEU in 2020 and 18.39 in 2022. Calls were chosen for it."""

from __future__ import annotations

import pytest

from tests.validation.conftest import runs

PUBLISHED_TEU = {"area_2020": 17.165e6, "area_2022": 18.39e6}
TOLERANCE = 0.05


@pytest.mark.long
@pytest.mark.parametrize("name", PUBLISHED_TEU)
def test_throughput(name: str) -> None:
    teu = runs(name, 1).value("throughput_teu_per_year", flow="all", statistic="value")
    assert teu == pytest.approx(PUBLISHED_TEU[name], rel=TOLERANCE)
