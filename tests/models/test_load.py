"""Offered loads: what is asked of every station in a mean week, over what it can give."""

from __future__ import annotations

from typing import Any

import pytest

from sim.models import StationLoad, offered_loads
from sim.port.evidence import lookup
from sim.port.port import Port
from tests.models.ports import port_with
from tests.small_port import number, share, small_port

CALLS = 1 + 168 / 60  # a week: one weekly service, one with a mean gap of 60 h
BOXES = CALLS * 160 * 0.5
IMPORTS = BOXES * 0.8


def loads(port: Port | None = None, **moves: Any) -> dict[str, StationLoad]:
    return {load.station: load for load in offered_loads(port or port_with(**moves))}


SMALL = loads()


def test_stations_come_in_the_order_that_a_box_meets_them() -> None:
    sea = ["channel", "pilots", "tugs", "quay t1", "cranes t1", "yard t1"]
    assert list(SMALL) == [*sea, "review", "scanner", "examination", "gate t1"]


def test_the_path_is_where_the_capacity_stands() -> None:
    assert all(lookup(small_port(), load.path) for load in SMALL.values())


def test_channel_pilots_and_tugs() -> None:
    transit = 40 / (12 * 1.852)
    assert SMALL["channel"].demand == pytest.approx(CALLS * 10 / 60)
    assert SMALL["pilots"].demand == pytest.approx(CALLS * (2 * transit + 1.5))
    assert SMALL["tugs"].demand == pytest.approx(CALLS * 1.5)
    assert SMALL["tugs"].load == pytest.approx(CALLS * 1.5 / (3 * 168))


def test_the_quay_is_kept_from_the_assignment_until_the_last_line_is_off() -> None:
    working = 160 / (28 * 0.95 * 2**0.9)
    transit = 40 / (12 * 1.852)
    assert SMALL["quay t1"].demand == pytest.approx(CALLS * (transit + 1.5 + working) * 165)
    assert SMALL["quay t1"].capacity == pytest.approx(168 * 515)
    assert SMALL["cranes t1"].load == pytest.approx(CALLS * working * 2 / (168 * 4))


def test_berth_service_given_directly_asks_for_no_crane() -> None:
    direct = loads(terminals__t1__quay__service=number(30, "h", "exponential"), channel=None, marine=None)
    assert set(SMALL) - set(direct) == {"channel", "pilots", "tugs", "cranes t1"}
    assert direct["quay t1"].demand == pytest.approx(CALLS * 31.5 * 165)


def test_desks_are_asked_for_the_mean_work_of_their_boxes() -> None:
    manual = 0.9 * 0.25 + 0.1 * 0.10
    assert SMALL["review"].demand == pytest.approx(IMPORTS * manual * 1.5)
    assert SMALL["review"].capacity == pytest.approx(3 * 7 * 9)
    by_risk = (0.22 * 0.006 + 0.77 * 0.035 + 0.01 * 0.85) * (1 - 0.1 * 0.3)
    assert SMALL["scanner"].demand == pytest.approx(IMPORTS * by_risk * 0.5 * 3 / 60)
    bays = by_risk * 0.5 * (1 + 0.1) * 4 + 0.1 * 0.3 * 1.5
    assert SMALL["examination"].demand == pytest.approx(IMPORTS * bays)
    assert SMALL["examination"].capacity == pytest.approx(3 * 5 * 9)
    assert SMALL["gate t1"].demand == pytest.approx(IMPORTS * 2 / 60)
    assert SMALL["gate t1"].capacity == pytest.approx(2 * 7 * 16)


def test_a_review_cut_beyond_the_share_takes_no_work_from_other_boxes() -> None:
    cut = loads(customs__declaration__two_step_review_cut=0.9, customs__declaration__two_step_share=0.5)
    assert cut["review"].demand == pytest.approx(IMPORTS * 0.5 * 0.25 * 1.5)


def test_the_yard_holds_what_comes_times_how_long_it_stays() -> None:
    others = 0.1 * 100 + 0.05 * 70 + 0.05 * 190
    documents, pick_up = 20 * 2.71828**0.405, 30 * 2.71828**0.405
    least = 0.7 * documents * (1 - 0.1 * 0.4) + (1 - 0.3 * 0.05) * pick_up
    assert SMALL["yard t1"].demand == pytest.approx(BOXES * 1.6 * (others + 0.8 * least) / 168, rel=1e-5)
    assert SMALL["yard t1"].capacity == 3400


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("customs__preparation__documents_factor", 0.5),
        ("customs__declaration__two_step_documents_factor", 0.1),
        ("customs__declaration__advance_share", 0.9),
        ("customs__pick_up__shipside_share", 1.0),
    ],
)
def test_what_shortens_a_stay_lowers_the_load_of_the_yard(path: str, value: float) -> None:
    assert loads(**{path: value})["yard t1"].load < SMALL["yard t1"].load


def test_more_servers_or_hours_lower_a_load() -> None:
    assert loads(customs__review__officers=6)["review"].load == pytest.approx(SMALL["review"].load / 2)
    assert loads(customs__review__calendar="h24")["review"].load == pytest.approx(SMALL["review"].load * 9 / 24)


def test_a_station_that_never_opens_has_no_end_of_load_unless_nobody_comes() -> None:
    never = {"hours": {"every_day": []}, "holidays": "ordinary", "grade": "known", "source": "knowledge"}
    assert loads(calendars__h24=never, customs__review__calendar="h24")["review"].load == float("inf")
    idle = loads(calendars__h24=never, customs__review__calendar="h24", customs__review__manual_share=share(0))
    assert idle["review"].load == 0


def test_each_terminal_is_asked_for_its_own_calls() -> None:
    tree = small_port().model_dump(mode="json", exclude_none=True)
    tree["terminals"]["t2"] = tree["terminals"]["t1"]
    tree["traffic"]["services"]["south"]["terminal"] = "t2"
    both = loads(Port.model_validate(tree))
    assert both["quay t1"].demand + both["quay t2"].demand == pytest.approx(SMALL["quay t1"].demand)
    assert both["gate t1"].demand == pytest.approx(SMALL["gate t1"].demand / CALLS)
    assert both["review"] == SMALL["review"]
