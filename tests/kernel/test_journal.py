"""The journal gives back what was added, by time and then by order of writing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.journal import Journal

events = st.tuples(st.sampled_from([-1.0, 0.0, 0.5, 7.25]), st.integers(0, 9), st.integers(-1, 99), st.floats(0, 9))


@given(st.lists(events))
def test_columns_are_sorted_and_stable(rows):
    journal = Journal()
    for row in rows:
        journal.add(*row)
    columns = journal.columns()
    expected = sorted(rows, key=lambda row: row[0])
    assert list(zip(*(columns[name].tolist() for name in ("t", "kind", "call", "value")), strict=True)) == expected
    assert [columns[name].dtype for name in columns] == [np.float64, np.int64, np.int64, np.float64]


def test_the_value_is_zero_unless_given():
    journal = Journal()
    journal.add(1.0, 2, 3)
    assert journal.columns()["value"].tolist() == [0.0]
