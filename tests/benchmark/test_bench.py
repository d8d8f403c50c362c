"""The benchmark runs and counts; how fast is not tested."""

from __future__ import annotations

import pytest

from tests.benchmark.bench import bench, peak_bytes, report


def test_a_few_days_are_measured_part_by_part(capsys: pytest.CaptureFixture[str]) -> None:
    cost = bench("baseline", 1)
    report("baseline", cost, 1)
    printed = capsys.readouterr().out
    assert all(part in printed for part in cost.seconds)
    assert cost.counts["boxes"] > cost.counts["calls"] > 0
    assert cost.counts["simpy_events"] < cost.counts["boxes"], "no SimPy event per box"


def test_memory_is_in_bytes() -> None:
    peak = peak_bytes()
    assert peak is None or 10e6 < peak < 100e9
