"""The quay as a line of metres, and the cranes along it."""

from __future__ import annotations

from itertools import pairwise

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.quay import CranePool, QuayLine


def line(length: float = 500.0, gap: float = 10.0) -> QuayLine:
    return QuayLine(simpy.Environment(), length, gap)


def ask(quay: QuayLine, loa: float, priority: int = 0) -> simpy.Event:
    return quay.request(loa, priority)


def place(event: simpy.Event) -> float | None:
    """Return the position given, None while the vessel waits."""
    return event.value if event.triggered else None


def test_vessels_lie_end_to_end_with_a_gap_and_need_none_at_the_ends() -> None:
    quay = line(500, 10)
    assert [place(ask(quay, 160)) for _ in range(3)] == [0, 170, 340]
    assert place(ask(line(500, 10), 500)) == 0
    assert place(ask(line(500, 10), 501)) is None


def test_the_first_hole_from_the_low_end_is_taken_if_it_is_long_enough() -> None:
    quay = line(500, 10)
    for _ in range(4):
        ask(quay, 100)
    quay.release(110)
    assert place(ask(quay, 90)) == 110
    quay.release(0)
    assert place(ask(quay, 101)) is None
    assert place(ask(quay, 50)) is None  # behind her, though it would fit
    quay.release(330)
    assert place(ask(quay, 20)) is not None


def test_mainline_goes_first_and_equals_come_in_turn() -> None:
    quay = line(100, 0)
    ask(quay, 100)
    feeders, liners = [ask(quay, 100, 1) for _ in range(2)], [ask(quay, 100, 0) for _ in range(2)]
    order = [*liners, *feeders]
    for k, event in enumerate(order):
        assert [place(later) for later in order[k:]] == [None] * (4 - k)
        quay.release(0.0)
        assert place(event) == 0


def test_a_small_vessel_never_overtakes_a_large_one_of_its_own_priority() -> None:
    quay = line(300, 0)
    ask(quay, 200)
    large, small = ask(quay, 150, 0), ask(quay, 50, 0)
    assert (place(large), place(small)) == (None, None)
    quay.release(0.0)
    assert (place(large), place(small)) == (0, 150)


@settings(deadline=None)
@given(st.floats(50, 400), st.floats(0, 40), st.integers(1, 9), st.randoms())
def test_equal_vessels_find_as_many_berths_again_and_again(loa: float, gap: float, berths: int, random: object) -> None:
    quay = line(berths * loa + (berths - 1) * gap, gap)
    for _ in range(20):
        taken = [place(ask(quay, loa)) for _ in range(berths)]
        assert None not in taken
        assert len(set(taken)) == berths
        random.shuffle(taken)  # type: ignore[attr-defined]
        for position in taken:
            quay.release(position)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(10, 200), st.integers(0, 6)), max_size=40))
def test_no_two_vessels_lie_upon_each_other_nor_beyond_the_end(fleet: list[tuple[float, int]]) -> None:
    quay, here, waiting = line(500, 15), {}, []
    for loa, leaving in fleet:
        waiting.append((ask(quay, loa), loa))
        if len(here) > leaving:
            gone = sorted(here)[leaving]
            del here[gone]
            quay.release(gone)
        here |= {place(event): loa for event, loa in waiting if event.triggered}
        waiting = [(event, loa) for event, loa in waiting if not event.triggered]
        spans = sorted((position, position + loa) for position, loa in here.items())
        assert all(end <= 500 + 1e-6 for _, end in spans)
        assert all(second[0] - first[1] >= 15 - 1e-5 for first, second in pairwise(spans))


def test_the_first_crane_is_waited_for_in_turn() -> None:
    pool = CranePool(simpy.Environment(), 2)
    a, b, c, d = (pool.first() for _ in range(4))
    assert [e.triggered for e in (a, b, c, d)] == [True, True, False, False]
    assert pool.wanted
    pool.give(1)
    assert [c.triggered, d.triggered] == [True, False]
    pool.give(1)
    assert d.triggered
    assert not pool.wanted


def test_more_cranes_only_if_nobody_waits_for_a_first_one() -> None:
    pool = CranePool(simpy.Environment(), 4)
    pool.first()
    assert pool.more(2) == 2
    assert pool.more(2) == 1
    assert pool.more(2) == 0
    waiting = pool.first()
    pool.give(2)
    assert waiting.triggered
    assert pool.more(5) == 1


@pytest.mark.parametrize("wanted", [0, -1])
def test_a_call_that_wants_none_gets_none(wanted: int) -> None:
    pool = CranePool(simpy.Environment(), 4)
    assert pool.more(wanted) == 0
    assert pool.free == 4


@settings(deadline=None)
@given(st.integers(1, 6), st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=40))
def test_cranes_are_neither_lost_nor_made(count: int, steps: list[tuple[bool, int]]) -> None:
    pool, held, waiting = CranePool(simpy.Environment(), count), [], []
    for comes, number in steps:
        if comes:
            waiting.append(pool.first())
        elif held:
            k = number % len(held)
            held[k] += pool.more(number)
            pool.give(held.pop(k))
        held += [1 for event in waiting if event.triggered]
        waiting = [event for event in waiting if not event.triggered]
        assert pool.free + sum(held) == count
        assert pool.free == 0 or not waiting
