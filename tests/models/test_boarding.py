"""Who goes on which carrier: first come, first served, up to its room, and a line that nobody overtakes in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.models.boarding import board, calls_of, choose, line_weight, services_at
from sim.models.calls import draw_calls
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import number, whole_small_port


def taken(ready: list[float], teu: list[int], carriers: list[float], room: list[float]) -> list[int]:
    columns = np.array(ready, dtype=float), np.array(teu, dtype=np.int8)
    return board(*columns, np.array(carriers, dtype=float), np.array(room, dtype=float)).tolist()


def test_each_box_goes_on_the_first_carrier_that_is_not_before_it() -> None:
    assert taken([0, 1, 2, 5, 9], [1] * 5, [1, 4, 6], [9, 9, 9]) == [0, 0, 1, 2, -1]


def test_what_does_not_fit_waits_for_the_next_and_holds_up_those_behind() -> None:
    assert taken([0, 0, 0, 0], [2, 2, 1, 1], [1, 2, 3], [3, 3, 9]) == [0, 1, 1, 2]


def test_a_carrier_without_room_takes_nothing_and_a_box_larger_than_all_stops_the_line() -> None:
    assert taken([0, 0], [1, 1], [1, 2], [0, 1]) == [1, -1]
    assert taken([0, 0], [2, 1], [1, 2], [1, 1]) == [-1, -1]


def test_neither_boxes_nor_carriers_is_no_trouble() -> None:
    assert taken([], [], [1], [1]) == []
    assert taken([1, 2], [1, 1], [], []) == [-1, -1]


def one_by_one(ready: list[float], teu: list[int], carriers: list[float], room: list[float]) -> list[int]:
    """The same rule, told as it is read aloud: each carrier takes from the head of the line while there is room."""
    out, head = [-1] * len(ready), 0
    for k, (time, left) in enumerate(zip(carriers, room, strict=True)):
        while head < len(ready) and ready[head] <= time and teu[head] <= left:
            out[head], left = k, left - teu[head]
            head += 1
    return out


hours = st.integers(0, 30).map(float)
boxes = st.lists(st.tuples(hours, st.sampled_from([1, 2])), max_size=40).map(lambda rows: sorted(rows))
carriers = st.lists(st.tuples(hours, st.integers(0, 12).map(float)), max_size=10).map(sorted)


@settings(deadline=None)
@given(boxes, carriers)
def test_it_is_the_rule_told_one_by_one(rows: list[tuple[float, int]], calls: list[tuple[float, float]]) -> None:
    ready, teu = [r for r, _ in rows], [t for _, t in rows]
    times, room = [t for t, _ in calls], [c for _, c in calls]
    assert taken(ready, teu, times, room) == one_by_one(ready, teu, times, room)


@settings(deadline=None)
@given(boxes, carriers, st.integers(0, 9), st.integers(1, 5))
def test_more_room_never_puts_a_box_on_a_later_carrier(
    rows: list[tuple[float, int]], calls: list[tuple[float, float]], place: int, more: int
) -> None:
    ready, teu = [r for r, _ in rows], [t for _, t in rows]
    times, room = [t for t, _ in calls], [c for _, c in calls]
    wider = [c + more * (k == place) for k, c in enumerate(room)]
    before, after = (taken(ready, teu, times, rooms) for rooms in (room, wider))
    never = len(times)
    assert all(b % (never + 1) <= a % (never + 1) for a, b in zip(before, after, strict=True))  # -1 is after all


def test_a_key_is_drawn_by_its_weight_and_in_the_order_of_the_keys() -> None:
    weights = {7: 1.0, 2: 3.0, 5: 1.0}
    assert choose(weights, np.array([2.0**-54, 0.19, 0.2, 0.79, 0.8, 1 - 2.0**-53])).tolist() == [7, 7, 2, 2, 5, 5]
    u = (np.arange(10_000) + 0.5) / 10_000
    keys, counts = np.unique(choose(weights, u), return_counts=True)
    assert dict(zip(keys.tolist(), counts.tolist(), strict=True)) == {7: 2000, 2: 6000, 5: 2000}


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 20), st.floats(1e-6, 1e6), min_size=1, max_size=8), st.floats(2.0**-54, 1 - 2.0**-53)
)
def test_every_draw_has_a_key(weights: dict[int, float], u: float) -> None:
    assert choose(weights, np.array([u]))[0] in weights


def names(found: dict[int, float]) -> dict[str, float]:
    keys = list(whole_small_port().traffic.services)
    return {keys[code]: weight for code, weight in found.items()}


def test_services_are_those_of_the_terminal_and_of_its_quay_or_basin() -> None:
    port = whole_small_port()
    assert names(services_at(port, 0, "basin", line_weight)) == {"river_a": 2.0, "river_b": 1.0}
    assert names(services_at(port, 1, "basin", line_weight)) == {"river_c": 1.0}
    assert set(names(services_at(port, 1, "sea", lambda _: 1.0))) == {"east", "west"}
    assert services_at(port, 2, "sea", lambda _: 1.0) == {}


def test_a_line_without_weight_gets_nothing() -> None:
    port = whole_port_with(traffic__services__river_a__weight=number(0, "ratio"))
    assert names(services_at(port, 0, "basin", line_weight)) == {"river_b": 1.0}


def test_where_no_service_has_weight_all_are_alike() -> None:
    assert names(services_at(whole_small_port(), 0, "basin", lambda _: 0.0)) == {"river_a": 1.0, "river_b": 1.0}


@pytest.mark.parametrize("service", [0, 4])
def test_calls_of_a_service_are_its_own_in_order_of_arrival(service: int) -> None:
    calls = draw_calls(always(whole_small_port()), horizon(60), Draws(1, 0))
    mine: Any = calls_of(calls, service)
    assert np.all(calls.service[mine] == service)
    assert len(mine) == np.sum(calls.service == service) > 0
    assert np.all(np.diff(calls.t_arrived[mine]) > 0)
