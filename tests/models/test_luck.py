"""Draws of boxes that are discharged and of boxes that are booked: each has places of its own in its service."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.models.calls import BOOKED, Calls, draw_calls
from sim.models.luck import Luck
from sim.port.port import Port
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import number, share, whole_small_port

DRAWS = Draws(3, 0)


def calls_of(port: Port, days: int = 120) -> Calls:
    return draw_calls(always(port), horizon(days), DRAWS)


CALLS = calls_of(whole_small_port())
LUCK = Luck(DRAWS, CALLS)
OFF, ON = int(CALLS.discharge.sum()), int(CALLS.booked.sum())


def test_a_draw_for_every_box_discharged_and_booked() -> None:
    assert len(LUCK("size")) == OFF + ON
    assert min(OFF, ON) > 1000


def test_no_two_boxes_share_a_place() -> None:
    places = LUCK._owners.places
    assert len(set(places.tolist())) == len(places) == OFF + ON


def test_a_box_has_the_draw_of_its_place_in_its_service() -> None:
    names = list(whole_small_port().traffic.services)
    for counts, first, start, mark in (
        (CALLS.discharge, CALLS.first, 0, ""),
        (CALLS.booked, CALLS.first_booked, OFF, BOOKED),
    ):
        row = start
        for call in range(len(CALLS)):
            name, n = names[CALLS.service[call]] + mark, int(counts[call])
            place = int(first[call])
            own = DRAWS.uniform("size", name, place + n)[place:]
            assert LUCK("size")[row : row + n].tolist() == own.tolist()
            row += n


def test_what_is_booked_does_not_move_the_luck_of_what_is_discharged() -> None:
    other = calls_of(whole_port_with(traffic__cargo__bookings__connection_room=share(0.7)))
    assert other.booked.sum() < CALLS.booked.sum()
    assert Luck(DRAWS, other)("size")[:OFF].tobytes() == LUCK("size")[:OFF].tobytes()


def test_nor_the_other_way_round() -> None:
    """Vessels that discharge less and load as much."""
    moves = {
        "traffic__vessel_classes__feeder__exchange": number(100, "boxes"),
        "traffic__vessel_classes__feeder__discharge_share": share(0.2),
    }
    half = {**moves, "traffic__vessel_classes__feeder__exchange": number(160, "boxes")}
    half["traffic__vessel_classes__feeder__discharge_share"] = share(0.5)
    one, two = (calls_of(whole_port_with(**values)) for values in (moves, half))
    assert np.array_equal(one.booked, two.booked)
    assert not np.array_equal(one.discharge, two.discharge)
    lucks = [Luck(DRAWS, calls)("size")[int(calls.discharge.sum()) :] for calls in (one, two)]
    assert lucks[0].tobytes() == lucks[1].tobytes()


rows = st.lists(st.integers(0, OFF + ON - 1), max_size=40)


@settings(deadline=None)
@given(rows, st.data())
def test_luck_of_some_boxes_is_part_of_the_luck_of_all(some: list[int], data: st.DataObject) -> None:
    """And of some of those, whatever services they are of."""
    mine = np.array(some, dtype=np.intp)
    narrowed = LUCK.narrowed(mine)
    assert narrowed("goods").tolist() == LUCK("goods")[mine].tolist()
    if some:
        again = np.array(data.draw(st.lists(st.integers(0, len(some) - 1), max_size=9)), dtype=np.intp)
        assert narrowed.narrowed(again)("lead").tolist() == LUCK("lead")[mine[again]].tolist()


@pytest.mark.parametrize("purpose", ["size", "lead", "europe"])
def test_purposes_and_the_two_kinds_of_boxes_are_independent(purpose: str) -> None:
    u = LUCK(purpose)
    n = min(OFF, ON)
    limit = 4 / np.sqrt(n)
    assert abs(np.corrcoef(u[:n], u[OFF : OFF + n])[0, 1]) < limit
    assert abs(np.corrcoef(u, LUCK("by barge"))[0, 1]) < limit
