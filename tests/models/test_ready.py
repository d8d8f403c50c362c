"""Lines for barges and connecting vessels: who is ready by a list, in what order, and who is still in line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.ready import ReadyLines


def lines(*destination: int) -> ReadyLines:
    boxes: Any = SimpleNamespace(destination=np.array(destination, dtype=np.int64))
    return ReadyLines(boxes)


def add(ready: ReadyLines, *boxes: tuple[int, float]) -> None:
    rows, hours = zip(*boxes, strict=True) if boxes else ((), ())
    ready.add(np.array(rows, dtype=np.intp), np.array(hours, dtype=float))


def test_nobody_is_in_line_before_the_list_that_counts_him() -> None:
    ready = lines(3, 3, 5)
    add(ready, (0, 6.0), (1, 6.5), (2, 1.0))
    assert ready.waiting(3).tolist() == []
    ready.list(6.0)
    assert ready.waiting(3).tolist() == [0]
    assert ready.waiting(5).tolist() == [2]
    ready.list(12.0)
    assert ready.waiting(3).tolist() == [0, 1]


def test_the_first_ready_comes_first_and_equals_by_row() -> None:
    ready = lines(*[1] * 5)
    add(ready, (4, 2.0), (2, 3.0))
    add(ready, (3, 2.0), (0, 3.0), (1, 1.0))
    ready.list(6.0)
    assert ready.waiting(1).tolist() == [1, 3, 4, 0, 2]


def test_a_later_list_goes_behind_an_earlier_one() -> None:
    ready = lines(1, 1, 1)
    add(ready, (2, 5.0))
    ready.list(6.0)
    add(ready, (0, 7.0), (1, 8.0))
    ready.list(12.0)
    assert ready.waiting(1).tolist() == [2, 0, 1]


def test_those_taken_or_not_kept_are_gone_and_the_others_keep_their_order() -> None:
    ready = lines(*[1] * 6)
    add(ready, *((k, float(k)) for k in range(6)))
    ready.list(6.0)
    assert ready.take(1, 2).tolist() == [0, 1]
    ready.keep(1, np.array([True, False, True, False]))
    assert ready.waiting(1).tolist() == [2, 4]
    assert ready.take(1, 9).tolist() == [2, 4]
    assert ready.take(1, 9).tolist() == []


def test_a_line_that_nobody_ever_joined_is_empty() -> None:
    ready = lines(1)
    add(ready)
    ready.list(6.0)
    assert ready.waiting(7).tolist() == []
    assert ready.take(7, 3).tolist() == []
    ready.keep(7, np.empty(0, dtype=np.bool_))
    assert ready.waiting(7).tolist() == []


boxes = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 60)), max_size=40)


@settings(deadline=None)
@given(boxes, st.randoms())
def test_in_how_many_lots_boxes_are_told_of_changes_no_line(plan: list[tuple[int, int]], random: Any) -> None:
    """Each box is told of at some moment before the list that counts it."""
    destination = [line for line, _ in plan]
    at_once, in_lots = lines(*destination), lines(*destination)
    add(at_once, *((row, float(hour)) for row, (_, hour) in enumerate(plan)))
    rows = list(range(len(plan)))
    random.shuffle(rows)
    for now in range(0, 66, 6):
        due = [row for row in rows if (plan[row][1] <= now + 6 and random.random() < 0.5) or plan[row][1] <= now]
        for row in due:
            add(in_lots, (row, float(plan[row][1])))
        rows = [row for row in rows if row not in due]
        for ready in (at_once, in_lots):
            ready.list(float(now))
        for line in range(3):
            expected = [(hour, row) for row, (own, hour) in enumerate(plan) if own == line and hour <= now]
            # by list, and within a list by hour and row
            expected.sort(key=lambda box: (-(-box[0] // 6), *box))
            assert at_once.waiting(line).tolist() == [row for _, row in expected]
            assert in_lots.waiting(line).tolist() == at_once.waiting(line).tolist()
