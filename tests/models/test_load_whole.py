"""Offered loads of a port with exports, barges, transhipment and rail, by hand for its terminal t1."""

from __future__ import annotations

from typing import Any

import pytest

from sim.models import StationLoad, offered_loads
from sim.port.evidence import lookup
from sim.port.units import Quantity
from tests.models.whole_port import whole_port

NORTH, SOUTH = 80.0, 80 * 168 / 60  # boxes a week that the services of t1 discharge, and as many to load
T1 = NORTH + SOUTH
T4 = 80 * 168 / 90 + 80 * 168 / 110  # those of nansha_iv
TEU = 1.6
BOOKED = T1 * 0.94
BY_BARGE = 0.6 * 0.3 + 0.15 * 1 + 0.1 * 0.5 + 0.15 * 0.4  # of booked boxes
OUT_BY_BARGE = 0.5 * 0.2 + 0.2 * 0.5 + 0.1 * 0.5 + 0.2 * 0.3  # of discharged boxes
TRAIN = 0.2 * (1 - 0.4)  # of exports
DIRECT = 0.02 * 0.6 * 0.9 * (1 - (0.22 * 0.004 + 0.77 * 0.02 + 0.01 * 0.5))  # of exports by truck to sea


def loads(**moves: Any) -> dict[str, StationLoad]:
    return {load.station: load for load in offered_loads(whole_port(**moves))}


WHOLE = loads()


def test_stations_come_in_the_order_that_a_box_meets_them() -> None:
    terminals, at_berth = ("t1", "nansha_iv", "nansha_v"), ("quay", "cranes")
    expected = ["channel", "pilots", "tugs"]
    for key in terminals:
        expected += [f"{name} {key}{basin}" for basin in ("", " basin") for name in at_berth]
        expected += [f"yard {key} {kind}" for kind in ("dry", "reefer", "empty")]
    expected += ["review", "scanner", "examination"]
    expected += [f"{name} {key}" for key in terminals for name in ("gate", "drop-off")]
    expected += [f"{name} {key}" for key in terminals[:2] for name in ("barges in", "barges out", "call room")]
    assert list(WHOLE) == [*expected, "trains"]


def test_the_path_is_where_the_capacity_stands() -> None:
    port = whole_port()
    assert all(isinstance(lookup(port, load.path), Quantity) for load in WHOLE.values())


def test_every_load_can_be_carried_and_nothing_is_asked_where_nobody_calls() -> None:
    assert all(load.load < 1 for load in WHOLE.values())
    assert all(load.demand == 0 for name, load in WHOLE.items() if "nansha_v " in f"{name} ")
    assert all(load.demand > 0 for name, load in WHOLE.items() if "nansha_v " not in f"{name} ")


def test_barges_take_no_channel_pilot_or_tug_and_no_sea_quay() -> None:
    calls = (T1 + T4) / 80
    assert WHOLE["channel"].demand == pytest.approx(calls * 10 / 60)
    assert WHOLE["tugs"].demand == pytest.approx(calls * 1.5)
    loa = loads(traffic__vessel_classes__barge__loa=100)
    assert loa["quay t1"] == WHOLE["quay t1"]
    assert loa["quay t1 basin"].load > WHOLE["quay t1 basin"].load


def test_cranes_move_what_is_booked_and_what_connects() -> None:
    by_train = BOOKED * 0.6 * TRAIN
    moves = T1 + BOOKED - by_train + T1 * 0.2 * 0.3
    pace = 28 * 0.95 * 2**0.9
    assert WHOLE["cranes t1"].demand == pytest.approx(2 * moves / pace)


def test_basins_carry_the_boxes_that_come_and_go_by_barge() -> None:
    moves = BOOKED * BY_BARGE + T1 * OUT_BY_BARGE
    working = moves / (22 * 0.95)
    assert WHOLE["cranes t1 basin"].demand == pytest.approx(working)
    assert WHOLE["cranes t1 basin"].capacity == 2 * 168
    calls = 168 / 40 + 168 / 60
    assert WHOLE["quay t1 basin"].demand == pytest.approx((calls * 0.6 + working) * 55)
    assert WHOLE["quay t1 basin"].capacity == 168 * 205


def test_a_basin_with_berth_service_given_directly_asks_for_no_crane() -> None:
    service = whole_port().terminals["t1"].quay.berthing.model_copy(update={"value": 5})
    direct = loads(terminals__t1__basin__quay__service=service)
    assert set(WHOLE) - set(direct) == {"cranes t1 basin"}
    assert direct["quay t1 basin"].demand == pytest.approx((168 / 40 + 168 / 60) * 5.6 * 55)


def test_barges_have_room_each_way_until_the_first_line_is_full() -> None:
    came, went = WHOLE["barges in t1"], WHOLE["barges out t1"]
    assert came.demand == pytest.approx(BOOKED * BY_BARGE * TEU)
    assert went.demand == pytest.approx(T1 * OUT_BY_BARGE * TEU)
    # river_a has two thirds of the boxes and 420 TEU of room, river_b has one third and 280
    assert came.capacity == went.capacity == pytest.approx(420 / (2 / 3))
    even = loads(traffic__services__river_a__weight=1)
    assert even["barges in t1"].capacity == pytest.approx(280 / (1 / 2))
    assert even["barges in t1"].demand == pytest.approx(came.demand)


def test_the_path_of_barges_is_the_class_of_the_fullest_line() -> None:
    assert WHOLE["barges out t1"].path == "traffic.vessel_classes.barge.capacity"
    classes = dict(whole_port().traffic.vessel_classes)
    big = classes["barge"].model_copy(update={"capacity": classes["barge"].capacity.model_copy(update={"value": 150})})
    moved = loads(traffic__vessel_classes={**classes, "big": big}, traffic__services__river_a__vessel_class="big")
    assert moved["barges out t1"].path == "traffic.vessel_classes.barge.capacity"
    assert moved["barges out t1"].capacity == pytest.approx(280 / (1 / 3))


def test_calls_have_room_until_the_first_service_is_full() -> None:
    connecting = T1 * 0.2 * 0.3
    own = BOOKED * (1 - 0.6 * TRAIN)
    assert WHOLE["call room t1"].demand == pytest.approx(own + connecting)
    # all that connects from the larger service goes on with the smaller one
    north = NORTH * 0.94 * (1 - 0.6 * TRAIN) + SOUTH * 0.2 * 0.3
    assert WHOLE["call room t1"].load == pytest.approx(north / (NORTH * 1.3))
    assert loads(traffic__cargo__bookings__room=0.9)["call room t1"].load > 1


def test_one_service_alone_takes_its_own_connections() -> None:
    port = whole_port()
    services = {key: service for key, service in port.traffic.services.items() if key != "north"}
    alone = loads(traffic__services=services)["call room t1"]
    assert alone.load == pytest.approx((0.94 * (1 - 0.6 * TRAIN) + 0.2 * 0.3) / 1.3)


def test_desks_serve_exports_as_well() -> None:
    imports, exports = 0.5 * (T1 + T4), 0.6 * 0.94 * (T1 + T4) * (1 - 0.3 * 0.02)
    manual = 0.9 * 0.25 + 0.1 * 0.10
    assert WHOLE["review"].demand == pytest.approx(imports * manual * 1.5 + exports * 0.1)
    rate = 0.22 * 0.004 + 0.77 * 0.02 + 0.01 * 0.5
    by_risk = imports * (0.22 * 0.006 + 0.77 * 0.035 + 0.01 * 0.85) * (1 - 0.1 * 0.3) + exports * rate
    assert WHOLE["scanner"].demand == pytest.approx(by_risk * 0.5 * 3 / 60)
    bays = by_risk * 0.5 * (1 + 0.1) * 4 + imports * 0.1 * 0.3 * 1.5
    assert WHOLE["examination"].demand == pytest.approx(bays)


def test_what_is_cleared_at_the_river_port_asks_for_no_desk() -> None:
    more = loads(traffic__cargo__bookings__one_port_share=0.5)
    for desk in ("review", "scanner", "examination"):
        assert more[desk].demand < WHOLE[desk].demand
    for other in ("barges in t1", "drop-off t1", "call room t1", "trains"):
        assert more[other].demand == pytest.approx(WHOLE[other].demand)


def test_one_supervision_as_far_as_the_station_inspects_at_the_rate_of_the_train() -> None:
    exports = 0.6 * 0.94 * (T1 + T4) * (1 - 0.3 * 0.02)
    mine, train = 0.22 * 0.004 + 0.77 * 0.02 + 0.01 * 0.5, 0.1 * 0.1 + 0.9 * 0.03
    more = loads(rail__seamless=True)["scanner"].demand - WHOLE["scanner"].demand
    assert more == pytest.approx(exports * 0.2 * (train - mine) * 0.5 * 3 / 60)


def test_gates_have_lanes_for_boxes_fetched_and_lanes_for_boxes_brought() -> None:
    fetched = T1 * (0.5 * 0.8 + 0.2 * 0.2 + 0.1 * 0.5 + 0.2 * 0.7)
    assert WHOLE["gate t1"].demand == pytest.approx(fetched * 2 / 60)
    exports = BOOKED * 0.6 * 0.7 * (1 - (1 - TRAIN) * DIRECT)
    brought = exports + BOOKED * (0.1 * 0.5 + 0.15 * 0.6)
    assert WHOLE["drop-off t1"].demand == pytest.approx(brought * 2 / 60)
    assert WHOLE["drop-off t1"].capacity == 2 * 7 * 16
    assert "drop-off t1" not in loads(terminals__t1__gate__drop_off_lanes=None)


def test_trains_take_the_exports_for_europe_that_do_not_shun_them() -> None:
    exports = 0.6 * 0.94 * (T1 + T4)
    assert WHOLE["trains"].demand == pytest.approx(exports * TRAIN * TEU)
    assert WHOLE["trains"].capacity == 120
    seamless = loads(rail__seamless=True)
    assert seamless["trains"].demand == pytest.approx(exports * 0.2 * TEU)
    assert seamless["call room t1"].demand < WHOLE["call room t1"].demand


def test_the_yard_holds_what_comes_times_how_long_it_stays_by_kind_of_slot() -> None:
    barge = (2 / 3) * 40 + (1 / 3) * 60  # hours between the barges of a box's line
    working = (BOOKED * BY_BARGE + T1 * OUT_BY_BARGE) / (22 * 0.95)
    parts = BOOKED * BY_BARGE, T1 * OUT_BY_BARGE
    per_call = working * ((2 / 3) ** 2 / (168 / 40) + (1 / 3) ** 2 / (168 / 60))
    on_barge = 0.3 + per_call * (parts[0] + parts[1] / 2) / sum(parts)
    to_barge = 190 + 3 + barge / 2 + on_barge
    off = T1 * 0.2 * (0.7 * 190 + 0.3 * to_barge)
    hook = WHOLE["yard t1 empty"].demand * 168 / TEU - off - BOOKED * 0.15 * (0.6 * 90 + 0.4 * (168 - barge / 2))
    # from arrival up the channel and to half of the load: between coming alongside and the whole call
    coming = 40 / (12 * 1.852) + 1
    assert coming < hook / (BOOKED * 0.15) < coming + 160 / (28 * 0.95 * 2**0.9)
    laden = WHOLE["yard t1 dry"].demand + WHOLE["yard t1 reefer"].demand
    assert WHOLE["yard t1 reefer"].demand == pytest.approx(laden * (0.9 * 0.02 + 0.1 * 0.6))
    assert [WHOLE[f"yard t1 {kind}"].capacity for kind in ("dry", "reefer", "empty")] == [3000, 400, 2000]


def test_empties_take_dry_slots_where_there_are_none_of_their_own() -> None:
    mixed = loads(terminals__t1__yard__empty=None)
    assert "yard t1 empty" not in mixed
    both = WHOLE["yard t1 dry"].demand + WHOLE["yard t1 empty"].demand
    assert mixed["yard t1 dry"].demand == pytest.approx(both)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("traffic__cargo__bookings__road_lead", 60),
        ("traffic__cargo__bookings__barge_lead", 100),
        ("customs__transhipment__automatic_share", 1),
        ("customs__export__direct_share", 0.5),
        ("customs__export__advance_share", 0.9),
        ("rail__wait", 2),
        ("customs__declaration__advance_share", 0.9),
    ],
)
def test_what_shortens_a_stay_lowers_the_load_of_the_yard(path: str, value: float) -> None:
    assert loads(**{path: value})["yard t1 dry"].load < WHOLE["yard t1 dry"].load


def test_shuttle_trains_make_boxes_wait_for_the_timetable() -> None:
    assert loads(rail__shuttle_mode="rail")["yard t1 dry"].load > WHOLE["yard t1 dry"].load


@pytest.mark.parametrize(
    ("path", "value", "station"),
    [
        ("rail__capacity", 20, "trains"),
        ("rail__trains_per_week", 0.5, "trains"),
        ("traffic__vessel_classes__barge__capacity", 25, "barges in t1"),
        ("traffic__services__river_a__arrivals__interval", 200, "barges in t1"),
        ("traffic__cargo__bookings__room", 0.7, "call room nansha_iv"),
        ("terminals__t1__gate__drop_off_lanes", 0.04, "drop-off t1"),
        ("terminals__t1__yard__empty__teu", 100, "yard t1 empty"),
        ("terminals__t1__basin__cranes__count", 0.05, "cranes t1 basin"),
        ("terminals__t1__basin__quay__berthing", 96, "quay t1 basin"),
        ("customs__export__manual_share", 1, "review"),
    ],
)
def test_a_demand_beyond_a_capacity_names_the_station(path: str, value: float, station: str) -> None:
    assert WHOLE[station].load < 1 <= loads(**{path: value})[station].load


def test_less_room_kept_for_connections_is_more_that_is_booked() -> None:
    more = loads(traffic__cargo__bookings__connection_room=0)["call room t1"]
    assert more.demand - WHOLE["call room t1"].demand == pytest.approx(T1 * 0.06 * (1 - 0.6 * TRAIN))


def test_only_more_headway_in_the_channel_is_the_wrong_way() -> None:
    assert {load.station for load in WHOLE.values() if load.change == "lower"} == {"channel"}
