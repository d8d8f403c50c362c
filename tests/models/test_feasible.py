"""What no call of a port could ever get is told before a run, with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import Problem
from sim.models import impossibilities
from sim.models.feasible_visit import ONCE_IN
from tests.models.ports import port_with
from tests.models.problems import only_problem, problems_of
from tests.small_port import number, share, small_port

TIDE = {"range": number(2, "m"), "period": number(12, "h"), "high_water": number(3, "h")}
FEEDER = "traffic__vessel_classes__feeder__"


def problems(**moves: Any) -> tuple[Problem, ...]:
    return problems_of(port_with(**moves))


def only(**moves: Any) -> str:
    return only_problem(port_with(**moves))


def test_the_small_port_is_possible() -> None:
    assert impossibilities(small_port()) == ()


def test_a_vessel_longer_than_the_quay() -> None:
    words = only(**{f"{FEEDER}loa": 501})
    assert "traffic.vessel_classes.feeder.loa" in words
    assert "501 m long" in words
    assert "lengthen terminals.t1.quay.length" in words
    assert not problems(**{f"{FEEDER}loa": 500})


def test_a_class_that_no_service_uses_is_no_problem() -> None:
    tree = small_port().model_dump(mode="json", exclude_none=True)
    giant = {**tree["traffic"]["vessel_classes"]["feeder"], "loa": number(900, "m")}
    assert not problems(traffic__vessel_classes__giant=giant)


def test_a_draft_beyond_the_depth_of_the_quay() -> None:
    words = only(channel=None, **{f"{FEEDER}draft": 15.1})
    assert "15 m deep" in words
    assert "she would lie aground" in words
    assert not problems(channel=None, **{f"{FEEDER}draft": 15})


def test_a_draft_that_needs_a_tide_where_there_is_none() -> None:
    assert "no tide is described" in only(**{f"{FEEDER}draft": 14})
    assert not problems(**{f"{FEEDER}draft": 13.6})


@pytest.mark.parametrize(
    ("draft", "words"),
    [(14.0, None), (14.5, None), (15.4, "less than the transit"), (15.46, "the highest tide is 2 m")],
)
def test_a_tide_that_is_too_low_or_too_short(draft: float, words: str | None) -> None:
    moves = {"channel__tide": TIDE, "terminals__t1__quay__depth": 20, f"{FEEDER}draft": draft}
    if words is None:
        assert not problems(**moves)
    else:
        assert words in only(**moves)


def test_the_slowest_and_the_deepest_count() -> None:
    deep = number(13, "m", "triangular", min=10, max=15.45)
    moves = {"channel__tide": TIDE, "terminals__t1__quay__depth": 20, f"{FEEDER}draft": deep}
    assert "draw 15.45 m" in only(**moves)
    assert not problems(**{f"{FEEDER}draft": number(13, "m", "triangular", min=10, max=13.6)})
    moves = {"channel__tide": TIDE, f"{FEEDER}draft": number(14.4, "m")}
    assert not problems(**moves)
    slow = number(12, "kn", "triangular", min=3, max=14)
    assert "less than the transit of up to 7.1" in only(channel__speed=slow, **moves)


def test_what_comes_once_in_far_more_calls_than_are_run_is_let_pass() -> None:
    rare = number(10, "m", "normal", sd=0.7)
    assert not problems(**{f"{FEEDER}draft": rare})
    assert ONCE_IN >= 1e6


@pytest.mark.parametrize(("path", "wanted", "there"), [("cranes", 5, 4), ("pilots", 3, 2), ("tugs", 4, 3)])
def test_a_class_that_wants_more_than_there_is(path: str, wanted: int, there: int) -> None:
    words = only(**{f"{FEEDER}{path}": wanted})
    assert f"wants {wanted} {path}" in words
    assert f"to {there}" in words
    assert not problems(**{f"{FEEDER}{path}": there})


def test_where_service_is_given_directly_or_help_is_not_modelled_nobody_wants_any() -> None:
    assert not problems(terminals__t1__quay__service=number(20, "h"), **{f"{FEEDER}cranes": 5})
    assert not problems(marine=None, **{f"{FEEDER}pilots": 5, f"{FEEDER}tugs": 9})


def test_a_lot_that_the_yard_cannot_hold() -> None:
    # two cranes bring 60 boxes of 1.6 TEU, of which 0.95 are laden, of which 0.9 x 0.02 + 0.1 x 0.6 are reefers
    words = only(terminals__t1__yard__dry__teu=85)
    assert "terminals.t1.yard.dry.teu" in words
    assert "brings 88.89" in words
    assert not problems(terminals__t1__yard__dry__teu=90)
    assert "reefer" in only(terminals__t1__yard__reefer__teu=1)


def test_a_reefer_needs_at_least_one_slot_however_rare() -> None:
    goods = {"general": {"reefer_share": share(1e-6)}, "food": {"share": share(0.1), "reefer_share": share(0)}}
    assert "2 TEU of reefer" in only(terminals__t1__yard__reefer__teu=1, traffic__cargo__goods=goods)
    goods["general"]["reefer_share"] = share(0)
    assert not problems(terminals__t1__yard__reefer__teu=0, traffic__cargo__goods=goods)


def test_a_small_call_brings_no_more_than_it_has() -> None:
    few = number(20, "boxes")
    assert not problems(terminals__t1__yard__dry__teu=16, **{f"{FEEDER}exchange": few})
    direct = number(20, "h")
    assert "brings 118.5" in only(terminals__t1__quay__service=direct, terminals__t1__yard__dry__teu=100)


def test_a_vessel_brings_and_takes_no_more_than_she_carries() -> None:
    words = only(**{f"{FEEDER}capacity": 120})
    assert "128 TEU in a mean call and carries 120 TEU" in words
    assert not problems(**{f"{FEEDER}capacity": 128})
    assert "carries 128 TEU" in only(**{f"{FEEDER}capacity": 128, f"{FEEDER}discharge_share": 0.2})


def test_all_is_told_at_once() -> None:
    assert len(problems(**{f"{FEEDER}loa": 501, f"{FEEDER}draft": 16, f"{FEEDER}tugs": 9})) == 4
