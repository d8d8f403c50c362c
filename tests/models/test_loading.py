"""What a call loads: what was in time and is first in line, as far as there is room; the rest rolls or waits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.loading import Loading
from sim.models.ready import ReadyLines
from sim.port.port import PortTimeline
from sim.records import BOX_FIELDS, CALL_FIELDS, Flow, Mode, empty
from tests.models.ports import always, whole_port_with
from tests.small_port import number

CUT_OFF = 24.0
FEEDER, BARGE = 0, 1
NAN = float("nan")
PORT = whole_port_with(traffic__cargo__bookings__room=number(1, "ratio"), traffic__vessel_classes__barge__capacity=10)


class Berth:
    """Calls of one service, each of the same nominal load with so many boxes booked, and boxes off other vessels.

    Row k of the table is a booked box, call by call; the last `others` rows came by sea and wait for this service.
    """

    def __init__(self, arrivals: list[float], booked: int, load: int = 10, others: int = 0) -> None:
        n = len(arrivals)
        size = n * booked + others
        self.table = empty(BOX_FIELDS, size)
        self.table["rolled"][:] = 0
        self.table["flow"][:] = Flow.DOMESTIC
        self.table["teu"][:] = 1
        self.table["by_out"][:] = Mode.SEA
        self.boxes: Any = SimpleNamespace(
            table=self.table,
            first_booked=np.arange(n) * booked,
            destination=np.zeros(size, dtype=np.int64),
        )
        self.calls: Any = SimpleNamespace(
            t_arrived=np.array(arrivals),
            service=np.zeros(n, dtype=np.int64),
            vessel_class=np.full(n, FEEDER),
            load=np.full(n, load),
            booked=np.full(n, booked),
        )
        self.log = empty(CALL_FIELDS, n)
        self.ready = ReadyLines(self.boxes)
        self.loading = self.loads_at(always(PORT))

    def loads_at(self, timeline: PortTimeline) -> Loading:
        """Return the loading of these calls at another port."""
        return Loading(timeline, self.calls, self.boxes, self.log)

    def came(self, *hours: float) -> None:
        """Set when the first rows came into the port."""
        self.table["t_arrived"][: len(hours)] = hours

    def transit(self, *released: float) -> None:
        """Let the last rows be transhipment off other vessels, ready for this service at these hours."""
        rows = np.arange(len(self.table["box"]))[-len(released) :]
        self.table["flow"][rows], self.table["t_released"][rows] = Flow.TRANSHIPMENT, released
        self.ready.add(rows, np.array(released))

    def load(self, call: int, listed: float) -> list[int]:
        """Draw up the list of a call when the last list of the port was at that hour."""
        self.loading.listed = listed
        self.ready.list(listed)
        return self.loading.vessel(call, self.ready).tolist()


def test_a_booked_box_must_be_in_the_port_by_the_cut_off() -> None:
    berth = Berth([100.0], booked=4)
    berth.came(50.0, 100.0 - CUT_OFF, 100.0 - CUT_OFF + 1e-9, NAN)
    assert berth.load(0, listed=102.0) == [0, 1]
    assert berth.table["call_out"].tolist() == [0, 0, -1, -1]
    assert berth.table["rolled"].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("flow", [Flow.EXPORT, Flow.TRANSHIPMENT])
def test_one_that_is_cleared_must_be_released_by_then(flow: Flow) -> None:
    berth = Berth([100.0], booked=3)
    berth.table["flow"][:] = flow
    berth.came(50.0, 50.0, 50.0)
    berth.table["t_released"][:] = [76.0, 76.5, NAN]
    assert berth.load(0, listed=102.0) == [0]


@pytest.mark.parametrize("flow", [Flow.DOMESTIC, Flow.EMPTY])
def test_domestic_and_empty_boxes_need_no_release(flow: Flow) -> None:
    berth = Berth([100.0], booked=1)
    berth.table["flow"][:] = flow
    berth.came(50.0)
    assert berth.load(0, listed=102.0) == [0]


def test_it_must_have_been_counted_by_the_last_list() -> None:
    berth = Berth([100.0], booked=2)
    berth.came(60.0, 61.0)
    assert berth.load(0, listed=60.0) == [0]


def test_what_missed_its_call_goes_on_the_next_of_the_service_before_what_comes_later() -> None:
    berth = Berth([100.0, 200.0, 300.0], booked=2, load=3)
    berth.came(50.0, 90.0, 150.0, 160.0, 250.0, 260.0)
    assert berth.load(0, listed=100.0) == [0]
    assert berth.load(1, listed=200.0) == [1, 2, 3]
    assert berth.load(2, listed=300.0) == [4, 5]
    assert berth.table["rolled"].tolist() == [0, 1, 0, 0, 0, 0]
    assert berth.log["left_boxes"].tolist() == [0, 0, 0]
    assert berth.log["load_boxes"].tolist() == [1, 3, 2]


def test_a_box_may_miss_call_after_call() -> None:
    berth = Berth([100.0, 200.0, 300.0], booked=1)
    berth.came(290.0)
    assert [berth.load(k, listed=400.0) for k in range(3)] == [[], [], []]
    assert berth.table["rolled"].tolist() == [3, 2, 1]


def test_the_first_ready_goes_first_and_what_finds_no_room_rolls() -> None:
    berth = Berth([100.0, 200.0], booked=3, load=2)
    berth.came(50.0, 30.0, 40.0, 150.0, NAN, NAN)
    assert berth.load(0, listed=100.0) == [1, 2]
    assert berth.log["left_boxes"][0] == 1
    assert berth.load(1, listed=200.0) == [0, 3]
    assert berth.table["rolled"].tolist() == [1, 0, 0, 0, 1, 1]
    assert berth.log["left_boxes"][1] == 0  # those that are not there were not left for want of room


def test_room_is_the_nominal_load_times_what_the_port_says() -> None:
    berth = Berth([100.0, 200.0], booked=5, load=5)
    berth.came(*[10.0] * 10)
    small, large = (whole_port_with(traffic__cargo__bookings__room=number(room, "ratio")) for room in (0.6, 1.4))
    berth.loading = berth.loads_at(PortTimeline((0.0, 150.0), (small, large)))
    assert len(berth.load(0, listed=100.0)) == 3
    assert len(berth.load(1, listed=200.0)) == 7  # five of her own and two that rolled


def test_boxes_off_other_vessels_wait_in_one_line_with_those_booked() -> None:
    berth = Berth([100.0, 200.0], booked=2, load=2, others=3)
    berth.came(50.0, 70.0)
    berth.transit(60.0, 65.0, 5.0)
    assert berth.load(0, listed=100.0) == [0, 6]
    assert berth.log["left_boxes"][0] == 3
    assert berth.table["rolled"][4:].tolist() == [0, 0, 0]  # nothing was booked for them
    assert berth.load(1, listed=200.0) == [4, 5]
    assert berth.table["call_out"].tolist() == [0, -1, -1, -1, 1, 1, 0]


def test_no_cut_off_holds_a_box_off_another_vessel_but_the_list_does() -> None:
    berth = Berth([100.0], booked=0, others=2)
    berth.transit(101.0, 103.0)
    assert berth.load(0, listed=102.0) == [0]


def test_straight_from_the_truck_comes_last_and_needs_no_cut_off() -> None:
    berth = Berth([100.0, 200.0], booked=3, load=2)
    berth.came(NAN, 50.0, 60.0)
    berth.table["direct"][0], berth.table["t_reviewed"][0] = True, 99.0
    assert berth.load(0, listed=100.0) == [1, 2]
    assert berth.load(1, listed=200.0) == [0]
    assert berth.table["rolled"][0] == 1
    assert np.isnan(berth.table["t_arrived"][0])


def test_straight_from_the_truck_comes_only_what_has_been_reviewed_by_the_last_list() -> None:
    berth = Berth([100.0], booked=3)
    berth.table["direct"][:] = True
    berth.table["t_reviewed"][:] = [100.0, 100.5, NAN]
    assert berth.load(0, listed=100.0) == [0]
    assert berth.table["rolled"].tolist() == [0, 1, 1]


def test_what_goes_by_train_is_no_vessels_business() -> None:
    berth = Berth([100.0], booked=3)
    berth.came(10.0, 10.0, 10.0)
    berth.table["by_out"][1] = Mode.RAIL
    assert berth.load(0, listed=100.0) == [0, 2]
    assert berth.table["rolled"].tolist() == [0, 0, 0]


def test_working_order_is_the_order_of_the_rows() -> None:
    berth = Berth([100.0], booked=4)
    berth.came(40.0, 30.0, 20.0, 10.0)
    assert berth.load(0, listed=100.0) == [0, 1, 2, 3]


def test_the_log_counts_what_is_loaded_in_boxes_and_teu() -> None:
    berth = Berth([100.0], booked=4)
    berth.table["teu"][:] = [2, 1, 2, 2]
    berth.came(10.0, 10.0, 10.0, NAN)
    berth.load(0, listed=100.0)
    assert (berth.log["load_boxes"][0], berth.log["load_teu"][0], berth.log["left_boxes"][0]) == (3, 5, 0)


def barge(teu: list[int], ready: list[float]) -> Berth:
    """Return the berth of a barge line for whose barges of 10 TEU these boxes are ready."""
    berth = Berth([100.0, 110.0], booked=0, others=len(teu))
    berth.calls.vessel_class[:] = BARGE
    berth.table["by_out"][:] = Mode.BARGE
    berth.table["teu"][:] = teu
    berth.ready.add(np.arange(len(teu)), np.array(ready))
    return berth


def test_a_barge_takes_the_first_in_her_line_up_to_her_capacity() -> None:
    berth = barge([2] * 7 + [1], [3.0, 2.0, 1.0, 4.0, 5.0, 6.0, 7.0, 6.5])
    berth.ready.list(6.5)
    assert berth.loading.barge(0, berth.ready).tolist() == [2, 1, 0, 3, 4]
    assert berth.log["left_boxes"][0] == 2
    berth.ready.list(7.0)
    assert berth.loading.barge(1, berth.ready).tolist() == [5, 7, 6]
    assert berth.table["call_out"].tolist() == [0, 0, 0, 0, 0, 1, 1, 1]
    assert berth.log["load_teu"].tolist() == [10, 5]


def test_a_box_that_does_not_fit_on_a_barge_holds_up_those_behind() -> None:
    berth = barge([2, 2, 2, 2, 1, 2, 1], [float(k) for k in range(7)])
    berth.ready.list(10.0)
    assert berth.loading.barge(0, berth.ready).tolist() == [0, 1, 2, 3, 4]
    assert berth.loading.barge(1, berth.ready).tolist() == [5, 6]


def test_a_barge_for_which_nothing_is_ready_takes_nothing() -> None:
    berth = barge([2], [50.0])
    berth.ready.list(42.0)
    assert berth.loading.barge(0, berth.ready).tolist() == []
    assert (berth.log["load_boxes"][0], berth.log["left_boxes"][0]) == (0, 0)


ready_at = st.lists(st.one_of(st.just(NAN), st.integers(0, 400).map(float)), min_size=12, max_size=12)


@settings(deadline=None)
@given(ready_at, st.lists(st.integers(0, 400).map(float), max_size=6), st.integers(0, 8))
def test_nothing_is_lost_or_loaded_twice_and_more_room_never_leaves_more_behind(
    came: list[float], released: list[float], load: int
) -> None:
    left: list[int] = []
    for room in (load, load + 1):
        berth = Berth([100.0, 200.0, 300.0], booked=4, load=room, others=len(released))
        berth.came(*came)
        if released:
            berth.transit(*released)
        lists = [berth.load(k, listed=t) for k, t in enumerate((102.0, 204.0, 306.0))]
        loaded = [row for taken in lists for row in taken]
        assert len(set(loaded)) == len(loaded)
        assert all(len(taken) <= room for taken in lists)
        for row in range(12):
            own, out = row // 4, int(berth.table["call_out"][row])
            # it rolled past each call from its own to the one that took it, or to the last
            assert berth.table["rolled"][row] == (out if out >= 0 else 3) - own
            assert out == -1 or (out >= own and came[row] <= (100.0 * (out + 1) - CUT_OFF))
        left.append(12 + len(released) - len(loaded))
    assert left[1] <= left[0]
