"""The agenda hands out who has come, in order, however many wait and however they were taken in."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel import agenda
from sim.kernel.agenda import Agenda

Steps = list[tuple[list[int], int]]


@given(
    st.lists(st.tuples(st.lists(st.integers(0, 30), max_size=9), st.integers(0, 6)), max_size=12), st.integers(0, 20)
)
def test_everyone_is_handed_out_once_by_arrival_and_then_by_id(steps: Steps, many: int) -> None:
    waiting: list[tuple[float, float, float]] = []
    now = ids = 0
    book = Agenda(3)
    with patch.object(agenda, "MANY", many):
        for arrivals, pause in steps:
            block = np.array([[now + a, ids + len(arrivals) - k, k] for k, a in enumerate(arrivals)], float).reshape(
                -1, 3
            )
            ids += len(arrivals)
            book.add(block.T)
            waiting += [tuple(row) for row in block.tolist()]
            now += pause
            due = sorted(row for row in waiting if row[0] <= now)
            waiting = [row for row in waiting if row[0] > now]
            assert book.take(now).T.tolist() == [list(row) for row in due]
