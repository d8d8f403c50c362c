"""The same seed gives the same bytes on every Python, NumPy and SciPy; where it need not, the tolerance is stated.

What is drawn comes from raw bits and is the same everywhere. So is every whole number and flag. An hour goes through
`exp`, `log1p` and the quantiles of SciPy, whose last place may hang on the processor's instructions and the system's
mathematics library; see "Same bytes" in docs/design.md.
"""

from __future__ import annotations

import platform
import sys
from functools import cache

import numpy as np
import pytest

from sim.records import RunLog
from tests.golden.fingerprint import PORTS, committed, draws, fingerprint, log_of

TOLERANCE = 1e-9
"""Of the sum of a column: far above what a last place adds up to, far below what one box an hour off does."""

every_port = pytest.mark.parametrize("name", PORTS)
log = cache(log_of)


def of_hours(run_log: RunLog, column: str) -> bool:
    """Return whether a column holds hours or other numbers with a fraction."""
    table, _, name = column.partition(".")
    return bool(getattr(run_log, table)[name].dtype.kind == "f")


def wide_vectors() -> bool:
    """Return whether NumPy takes `exp` and `log` from wide vector instructions, not from the mathematics library."""
    features = np._core._multiarray_umath.__cpu_features__
    return any(features.get(name, False) for name in ("AVX512F", "AVX512_SKX", "X86_V4"))


SAME_LIBRARY = sys.platform == "linux" and platform.machine() == "x86_64" and not wide_vectors()


def test_draws_are_the_same_bits() -> None:
    assert {committed(name)["draws"] for name in PORTS} == {draws()}


@every_port
def test_whole_numbers_and_flags_are_the_same(name: str) -> None:
    wanted, found = committed(name), fingerprint(log(name))
    assert set(found) == set(wanted) - {"draws"}
    columns = [column for column in found if not of_hours(log(name), column)]
    assert len(columns) > 30
    assert {column: found[column][0] for column in columns} == {column: wanted[column][0] for column in columns}


@every_port
def test_hours_are_the_same_within_the_tolerance(name: str) -> None:
    wanted, found = committed(name), fingerprint(log(name))
    columns = [column for column in found if of_hours(log(name), column)]
    assert len(columns) > 40
    for column in columns:
        assert found[column][1] == pytest.approx(wanted[column][1], rel=TOLERANCE, abs=TOLERANCE), column


@pytest.mark.skipif(not SAME_LIBRARY, reason="exp and log may differ in the last place on this machine")
@every_port
def test_hours_are_the_same_bytes(name: str) -> None:
    wanted, found = committed(name), fingerprint(log(name))
    assert {column: print_[0] for column, print_ in found.items()} == {
        column: print_[0] for column, print_ in wanted.items() if column != "draws"
    }
