"""The port as one value: its names resolve, its shares add up; and which port holds when."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sim.port.port import Horizon, Port, PortTimeline
from tests.models.ports import port_with
from tests.small_port import leaf, number, share, small_port


def refused(**moves: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        port_with(**moves)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("path", "new", "words"),
    [
        ("traffic__services__north__terminal", "t2", "terminal 't2' is not in the port"),
        ("traffic__services__north__vessel_class", "tanker", "vessel class 'tanker' is not described"),
        ("customs__review__calendar", "office_6d", "customs.review.calendar: calendar 'office_6d' is not described"),
        ("customs__declaration__calendar", "never", "customs.declaration.calendar"),
        ("customs__inspection__calendar", "never", "customs.inspection.calendar"),
        ("terminals__t1__gate__calendar", "never", "terminals.t1.gate.calendar"),
    ],
)
def test_a_name_that_points_nowhere_says_where_it_stands(path: str, new: str, words: str) -> None:
    assert words in refused(**{path: new})


def test_quarantine_is_for_goods_that_there_are() -> None:
    assert "customs.quarantine.food" in refused(traffic__cargo__goods__food=None)


def test_every_problem_is_told_at_once() -> None:
    words = refused(customs__review__calendar="a", traffic__services__north__terminal="b")
    assert "'a'" in words
    assert "'b'" in words


@pytest.mark.parametrize("family", ["customs__traders__ordinary", "traffic__cargo__goods__general"])
def test_exactly_one_class_takes_the_rest(family: str) -> None:
    assert "exactly one entry must have no share" in refused(**{f"{family}__share": share(0.1)})


def test_shares_do_not_add_up_to_more_than_all() -> None:
    too_many = {"customs__traders__aeo__share": share(1.0), "customs__traders__discredited__share": share(0.1)}
    assert "shares add up to 1.1" in refused(**too_many)
    assert port_with(customs__traders__aeo__share=share(0.99))


def test_a_stay_is_for_every_flow_but_import() -> None:
    assert "stay is needed" in refused(traffic__cargo__flows__empty__stay=None)
    assert "stay is needed" in refused(traffic__cargo__flows__import__stay=number(3, "h"))


@pytest.mark.parametrize("months", [[], [0], [13], [6.5]])
def test_months_are_1_to_12(months: list[float]) -> None:
    storm = {"rate": number(3, "events/year"), "duration": number(30, "h"), "closes_quay": True, "closes_land": False}
    assert "months" in refused(weather={"storm": {**storm, "months": months}})


@pytest.mark.parametrize("at", ["tue", "08:00", "tue 8:00", "die 08:00", "tue 24:30", "tuesday 08:00"])
def test_a_pro_forma_time_that_cannot_be_read(at: str) -> None:
    assert "pro-forma" in refused(traffic__services__north__arrivals__at=leaf(at))


def test_a_port_is_frozen_and_goes_to_another_process() -> None:
    port = small_port()
    with pytest.raises(ValidationError, match="frozen"):
        port.en = "other"
    assert pickle.loads(pickle.dumps(port)) == port
    assert Port.model_validate_json(port.model_dump_json(exclude_none=True)) == port


def test_each_piece_of_a_timeline_holds_from_its_hour_and_the_first_since_ever() -> None:
    ports = tuple(port_with(customs__review__officers=k) for k in (1, 2, 3))
    timeline = PortTimeline((0.0, 24.0, 48.0), ports)
    assert [timeline.index(t) for t in (-1e9, 0, 23.999, 24.0, 47.0, 48.0, 1e9)] == [0, 0, 0, 1, 1, 2, 2]
    assert timeline.at(24.0) is ports[1]


def test_a_horizon_counts_its_days() -> None:
    horizon = Horizon(start=date(2021, 1, 1), warm_up_days=3, days=10, cool_down_days=2)
    assert horizon.total_hours == 15 * 24
    assert horizon.window == (72, 312)
    for days in ({"days": 0}, {"warm_up_days": -1}, {"cool_down_days": 4000}):
        with pytest.raises(ValidationError):
            Horizon(**{"start": date(2021, 1, 1), "warm_up_days": 3, "days": 10, "cool_down_days": 2} | days)
