"""What no barge, vessel, train or box of a port with all flows could ever do is told before a run, with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import Problem
from sim.models import impossibilities
from sim.port.calendar import Calendar
from sim.port.evidence import lookup
from tests.models.problems import only_problem, problems_of
from tests.models.whole_port import whole_port
from tests.small_port import whole_small_port

BARGE = "traffic__vessel_classes__barge__"
FEEDER = "traffic__vessel_classes__feeder__"
BOOKINGS = "traffic__cargo__bookings__"


def problems(**moves: Any) -> tuple[Problem, ...]:
    return problems_of(whole_port(**moves))


def only(**moves: Any) -> str:
    return only_problem(whole_port(**moves))


def never() -> Calendar:
    """Return a calendar without open hours."""
    hours = {"hours": {"every_day": []}, "holidays": "ordinary"}
    return Calendar.model_validate({**hours, "grade": "known", "source": "knowledge"})


def test_the_port_with_all_flows_is_possible() -> None:
    assert impossibilities(whole_small_port()) == ()


def test_a_barge_longer_than_one_basin_may_call_where_the_basin_is_longer() -> None:
    words = only(terminals__t1__basin__quay__length=49)
    assert "traffic.vessel_classes.barge.loa: barge is 50 m long and the barge basin of t1 has only 49 m" in words
    assert "lengthen terminals.t1.basin.quay.length" in words
    assert "or let her services call at nansha_iv or nansha_v" in words
    assert not problems(terminals__t1__basin__quay__length=50)


def test_a_barge_that_no_basin_takes_is_told_of_each_with_their_names() -> None:
    found = problems(**{f"{BARGE}loa": 201})
    assert len(found) == 2
    assert ["basin of t1" in found[0].what, "basin of nansha_iv" in found[1].what] == [True, True]
    for problem in found:
        assert "no barge basin of t1, nansha_iv, nansha_v does" in problem.remedy


def test_a_barge_too_deep_or_with_too_many_cranes_for_the_basin() -> None:
    words = only(terminals__nansha_iv__basin__quay__depth=2.9)
    assert "the barge basin of nansha_iv is 2.9 m deep" in words
    assert "deepen terminals.nansha_iv.basin.quay.depth, or let her services call at t1 or nansha_v" in words
    assert all("wants 3 cranes and the barge basin" in problem.what for problem in problems(**{f"{BARGE}cranes": 3}))


def test_a_vessel_that_no_quay_takes_and_one_that_another_takes() -> None:
    assert all("no quay of t1, nansha_iv, nansha_v does" in p.remedy for p in problems(**{f"{FEEDER}loa": 501}))
    words = only(terminals__t1__quay__length=149)
    assert "shorten traffic.vessel_classes.feeder.loa, lengthen terminals.t1.quay.length, or let her services" in words


def test_neither_channel_nor_pilots_nor_tugs_hold_a_barge() -> None:
    assert not problems(**{f"{BARGE}pilots": 9, f"{BARGE}tugs": 9})
    assert not problems(channel__depth=4, **{f"{FEEDER}draft": 3, f"{BARGE}draft": 6})


def test_her_exchange_says_nothing_of_what_a_barge_carries() -> None:
    assert not problems(**{f"{BARGE}exchange": 5000})
    assert "feeder discharges or loads" in only(**{f"{FEEDER}capacity": 120})


@pytest.mark.parametrize("capacity", [0, 1])
def test_a_barge_or_a_train_that_cannot_carry_a_box_of_forty_feet(capacity: float) -> None:
    words = only(**{f"{BARGE}capacity": capacity})
    assert f"traffic.vessel_classes.barge.capacity: barge carries {capacity} TEU and a box has up to 2" in words
    assert "raise traffic.vessel_classes.barge.capacity" in words
    words = only(rail__capacity=1)
    assert "rail.capacity: a train has room for 1 TEU and a box has up to 2" in words


def test_one_teu_is_enough_where_all_boxes_have_twenty_feet() -> None:
    small = {f"{BARGE}capacity": 1, "rail__capacity": 1}
    assert len(problems(**small)) == 2
    assert not problems(traffic__cargo__forty_foot_share=0, **small)


def test_a_train_that_nothing_goes_by_may_be_of_any_size() -> None:
    assert not problems(rail__capacity=1, rail__sea_share=1)
    assert not problems(rail__capacity=1, **{f"{BOOKINGS}europe_share": 0})


def test_barge_lines_that_are_all_without_weight() -> None:
    weights = {f"traffic__services__river_{line}__weight": 0 for line in "ab"}
    words = only(**weights)
    assert "traffic.services.river_a.weight: boxes come or go by barge at t1, and every barge line" in words
    assert not problems(traffic__services__river_a__weight=0)


def test_connections_where_no_service_loads() -> None:
    all_off = {f"{FEEDER}discharge_share": 1}
    for terminal, problem in zip(("t1", "nansha_iv"), problems(**all_off), strict=True):
        assert f"boxes go on by sea from {terminal}, and no service there loads any" in problem.what
        assert "lower discharge_share of feeder" in problem.remedy
    assert not problems(**all_off, traffic__cargo__flows__transhipment__connection_share=0)


@pytest.mark.parametrize(("lead", "longest"), [("road_lead", 90), ("barge_lead", 168), ("one_port_lead", 48)])
def test_a_cut_off_before_every_box_is_there(lead: str, longest: float) -> None:
    quantity = lookup(whole_port(), f"traffic.cargo.bookings.{lead}")
    fixed = quantity.model_copy(update={"value": 23.9, "distribution": None})
    words = only(**{f"{BOOKINGS}{lead}": fixed})
    assert f"traffic.cargo.bookings.{lead}: boxes are brought up to 23.9 h before their call" in words
    assert "all of them would miss it" in words
    assert f"raise traffic.cargo.bookings.{lead}, or lower traffic.cargo.bookings.cut_off" in words
    assert not problems(**{f"{BOOKINGS}cut_off": longest})


def test_leads_of_boxes_that_there_are_not_say_nothing() -> None:
    short = lookup(whole_port(), "traffic.cargo.bookings.one_port_lead").model_copy(
        update={"value": 1, "distribution": None}
    )
    assert not problems(**{f"{BOOKINGS}one_port_lead": short, f"{BOOKINGS}one_port_share": 0})


def test_a_gate_that_an_empty_yard_shuts() -> None:
    words = only(terminals__t1__gate__stop_from=0)
    assert "terminals.t1.gate.stop_from: the gate of t1 lets no truck in" in words
    assert not problems(terminals__nansha_v__gate__stop_from=0)


@pytest.mark.parametrize(
    ("path", "effect"),
    [
        ("customs__declaration__calendar", "no declaration is ever lodged"),
        ("customs__transhipment__calendar", "no transhipment is ever approved"),
        ("terminals__t1__gate__calendar", "no truck ever brings a box to t1"),
    ],
)
def test_hours_that_never_come(path: str, effect: str) -> None:
    calendars = {**whole_small_port().calendars, "never": never()}
    moves = {"calendars": calendars, path: "never", "terminals__t1__gate__drop_off_lanes": None}
    words = only(**moves)
    assert f"{path.replace('__', '.')}: the calendar never is never open: {effect}" in words
    assert "give calendars.never.hours" in words


def test_transhipment_that_is_all_released_automatically_needs_no_officer() -> None:
    calendars = {**whole_small_port().calendars, "never": never()}
    moves = {"customs__transhipment__calendar": "never", "customs__transhipment__automatic_share": 1}
    assert not problems(calendars=calendars, **moves)


def test_a_terminal_whose_trucks_find_no_queue_is_possible() -> None:
    assert not problems(terminals__t1__gate__drop_off_lanes=None, terminals__t1__gate__stop_from=None)


def test_a_lot_of_a_barge_must_find_room_in_the_yard_of_her_terminal() -> None:
    found = problems(terminals__t1__yard__empty__teu=1)
    assert [str(problem.where) for problem in found] == ["terminals.t1.yard.empty.teu"] * 2
    assert "one lot of feeder brings" in found[0].what
    assert "one lot of barge brings 3.273 TEU" in found[1].what  # 15 boxes of 1.6 TEU, of which 0.06 / 0.44 are empty
    assert "lower terminals.t1.basin.cranes.lot" in found[1].remedy


def test_where_empties_have_no_slots_of_their_own_they_take_dry_ones() -> None:
    assert not problems(terminals__t1__yard__empty=None)


def test_what_is_wrong_with_a_class_is_told_once_wherever_it_calls() -> None:
    assert len(problems(**{f"{FEEDER}tugs": 9})) == 1
