"""Law 1: boxes as columns pass through the port in the hours of one SimPy process per box, to 1e-6 h."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle.compare import differences
from tests.oracle.ports import HORIZON, Variation, variations

slow = settings(deadline=None, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large))


def check(variation: Variation, seed: int) -> None:
    wrong, _ = differences(variation.timeline(), HORIZON, seed, 0)
    assert wrong == []


@settings(slow, max_examples=40)
@given(variations(), st.integers(0, 1000))
def test_any_port(variation: Variation, seed: int) -> None:
    check(variation, seed)


@pytest.mark.long
@settings(slow, max_examples=1500)
@given(variations(), st.integers(0, 1000))
def test_many_ports(variation: Variation, seed: int) -> None:
    check(variation, seed)
