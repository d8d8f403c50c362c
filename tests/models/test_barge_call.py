"""The life of a barge call, worked out by hand, and how barges and vessels keep out of each other's way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.models import simulate
from sim.port.port import Port
from sim.records import Event, Mode, RunLog
from tests.models.ports import always, at, horizon, lone_port
from tests.small_port import number, share, small_port_tree

RATE = 22 * 0.95
ARRIVAL = 24.0 * 5 + 10
OFF = 33 + 80 / (28 * 0.95 * 2**0.9)
"""Hour at which the vessel of the first week has discharged her boxes."""


def weeks(port: Port, days: int = 13) -> RunLog:
    return simulate(always(port), horizon(days), 1, 0)


def barges(log: RunLog) -> dict[str, Any]:
    return {name: column[log.calls["barge"]] for name, column in log.calls.items()}


def river(*times: str, **more: Any) -> dict[str, Any]:
    """Return the services of the lone port with a barge line for each of these times."""
    line = {"terminal": "t1", "vessel_class": "barge", "berth": "basin", **more}
    sea = {"terminal": "t1", "vessel_class": "feeder", "arrivals": at("tue 08:00"), "berth": "sea"}
    return {"sea": sea} | {f"river_{k}": {**line, "arrivals": at(time)} for k, time in enumerate(times)}


BY_BARGE = {"traffic__cargo__bookings__flows": {"domestic": {"barge_share": share(1)}}}
"""What is booked comes by barge, ready 80 h before the vessel: on the barge of the Saturday before her."""


def test_a_lone_barge_that_only_takes() -> None:
    log = weeks(lone_port())
    call = {name: column[0] for name, column in barges(log).items()}
    assert [call[name] for name in ("t_arrived", "t_assigned", "t_piloted", "t_entered")] == [ARRIVAL] * 4
    assert call["t_berthed"] == call["t_started"] == call["t_discharged"] == pytest.approx(ARRIVAL + 0.3)
    assert call["t_worked"] == pytest.approx(ARRIVAL + 0.3 + 80 / RATE)
    assert call["t_unberthed"] == call["t_departed"] == pytest.approx(call["t_worked"] + 0.3)
    assert (call["discharge_boxes"], call["load_boxes"], call["load_teu"], call["left_boxes"]) == (0, 80, 80, 0)
    assert call["crane_hours"] == pytest.approx(80 / RATE)
    assert (call["position"], call["yard_stop"]) == (0, 0)


def test_the_boxes_that_she_takes() -> None:
    log = weeks(lone_port())
    mine = log.boxes["call_out"] == np.flatnonzero(log.calls["barge"])[0]
    assert np.array_equal(np.flatnonzero(mine), np.arange(80))
    assert np.sort(log.boxes["t_loaded"][mine]) == pytest.approx(ARRIVAL + 0.3 + np.arange(1, 81) / RATE)
    assert np.all(np.isnan(log.boxes["t_gate_out"][mine]))
    assert log.boxes["t_discharged"][mine].max() == pytest.approx(OFF)


def test_a_lone_barge_that_brings_and_takes() -> None:
    log = weeks(lone_port(**BY_BARGE))
    call = {name: column[0] for name, column in barges(log).items()}
    assert (call["discharge_boxes"], call["discharge_teu"], call["load_boxes"]) == (75, 75, 80)
    assert call["t_discharged"] == pytest.approx(ARRIVAL + 0.3 + 75 / RATE)
    assert call["t_worked"] == pytest.approx(ARRIVAL + 0.3 + 155 / RATE)
    number_of = np.flatnonzero(log.calls["barge"])[0]
    brought = log.boxes["call"] == number_of
    assert np.all(log.boxes["by_in"][brought] == Mode.BARGE)
    assert log.boxes["t_discharged"][brought] == pytest.approx(ARRIVAL + 0.3 + np.arange(1, 76) / RATE)
    assert np.array_equal(log.boxes["t_arrived"][brought], log.boxes["t_discharged"][brought])
    assert np.all(log.boxes["t_berthed"][brought] == call["t_berthed"])
    # and the vessel of the week after takes them
    vessels = np.flatnonzero(~log.calls["barge"])
    assert np.all(log.boxes["call_out"][brought] == vessels[1])
    assert np.all(log.boxes["booked"][brought] == vessels[1])


def test_every_milestone_of_a_barge_is_in_the_journal() -> None:
    log = weeks(lone_port(**BY_BARGE))
    number_of = np.flatnonzero(log.calls["barge"])[0]
    mine = log.events["call"] == number_of
    kinds = [Event(kind).name for kind in log.events["kind"][mine]]
    lots = [name for name in kinds if name.startswith("LOT")]
    assert [name for name in kinds if not name.startswith("LOT")] == [
        *("CALL_ARRIVED", "BERTH_ASSIGNED", "BERTHED", "WORK_STARTED", "DISCHARGE_ENDED", "WORK_ENDED", "UNBERTHED")
    ]
    assert lots == ["LOT_DISCHARGED"] * 5 + ["LOT_LOADED"] * 6  # 15 moves a lot
    sizes = log.events["value"][mine][[k for k, name in enumerate(kinds) if name.startswith("LOT")]]
    assert sizes.tolist() == [15] * 5 + [15] * 5 + [5]


def test_what_is_not_ready_by_the_last_list_waits_for_the_next_barge() -> None:
    """Ready 92 h after discharge, from 125 h on; the barge comes at 130 h, the last list was drawn up at 126 h."""
    log = weeks(lone_port(traffic__cargo__flows={"empty": {"stay": number(92, "h"), "barge_share": share(1)}}))
    ready = log.boxes["t_discharged"][:80] + 92
    assert 0 < np.sum(ready <= 126) < 80
    assert ready.max() < ARRIVAL
    first, second = np.flatnonzero(log.calls["barge"])
    assert log.boxes["call_out"][:80].tolist() == np.where(ready <= 126, first, second).tolist()
    assert barges(log)["left_boxes"].tolist() == [0, 0]


def test_a_barge_takes_no_more_than_she_carries_and_the_rest_goes_next_time() -> None:
    log = weeks(lone_port(traffic__vessel_classes__barge__capacity=50), days=20)
    loads, left = (barges(log)[name].tolist() for name in ("load_boxes", "left_boxes"))
    assert (loads[0], left[0]) == (50, 30)
    assert (loads[1], left[1]) == (50, 60)


def test_a_barge_for_which_there_is_nothing_comes_and_goes() -> None:
    log = weeks(lone_port(traffic__services=river("mon 10:00")), days=3)
    call = {name: column[0] for name, column in barges(log).items()}
    assert (call["discharge_boxes"], call["load_boxes"]) == (0, 0)
    assert call["t_departed"] == pytest.approx(10.6)
    assert call["crane_hours"] == 0


def test_barges_lie_in_the_basin_first_come_first_served() -> None:
    """Room for one, and two come at once; the second is berthed when the first is gone."""
    log = weeks(
        lone_port(traffic__services=river("sat 10:00", "sat 10:00"), terminals__t1__basin__quay__length=60), days=7
    )
    call = barges(log)
    assert call["t_assigned"][1] == call["t_unberthed"][0]
    assert call["position"].tolist() == [0, 0]


def test_neither_channel_nor_pilots_nor_fog_hold_a_barge() -> None:
    """Where the sea is closed all the time, and vessels never come in."""
    tree = small_port_tree()
    fog = {"rate": number(8000, "events/year"), "duration": number(90, "h"), "months": [3]}
    log = weeks(
        lone_port(
            channel=tree["channel"] | {"depth": number(1, "m")},
            marine=tree["marine"] | {"pilots": number(1, "servers")},
            weather={"fog": {**fog, "closes_quay": False, "closes_land": False}},
        ),
        days=7,
    )
    vessel = np.flatnonzero(~log.calls["barge"])[0]
    assert np.isnan(log.calls["t_entered"][vessel])
    assert barges(log)["t_departed"][0] == pytest.approx(ARRIVAL + 0.6)


def test_weather_that_closes_the_quay_stops_the_cranes_of_the_basin() -> None:
    gale = {"rate": number(40, "events/year"), "duration": number(9, "h"), "months": [3]}
    log = weeks(lone_port(weather={"gale": {**gale, "closes_quay": True, "closes_land": False}}), days=20)
    call = barges(log)
    done = np.isfinite(call["t_worked"]) & (call["load_boxes"] > 0)
    assert done.any()
    slow = (call["t_worked"] - call["t_started"])[done] - call["load_boxes"][done] / RATE
    assert slow.min() >= -1e-9
    assert slow.max() > 1


def test_the_basin_has_cranes_of_its_own() -> None:
    """A vessel that comes with the barge and wants all cranes of the sea quay changes nothing for the barge."""
    alone = weeks(lone_port())
    services = river("sat 10:00") | {
        "other": {"terminal": "t1", "vessel_class": "feeder", "arrivals": at("sat 10:00"), "berth": "sea"}
    }
    both = weeks(lone_port(traffic__services=services, traffic__vessel_classes__feeder__cranes=4))
    for name in ("t_berthed", "t_started", "t_worked", "t_departed", "crane_hours"):
        assert barges(alone)[name][0] == barges(both)[name][0], name


def test_a_barge_waits_where_there_is_no_room_in_the_yard() -> None:
    """75 domestic boxes are in the port when the run begins, and the 80 off the vessel stay."""
    flows = {"empty": {"stay": number(900, "h"), "barge_share": share(1)}}
    slots = {"terminals__t1__yard__dry__teu": 100, "terminals__t1__yard__empty__teu": 200}
    log = weeks(lone_port(traffic__cargo__flows=flows, terminals__t1__gate__stop_from=1, **slots, **BY_BARGE))
    call = barges(log)
    # those there at the beginning left with the first vessel; the barge brings 75, and 75 more a week later
    assert call["yard_stop"][0] == 0
    full = lone_port(traffic__cargo__flows=flows, **(slots | {"terminals__t1__yard__dry__teu": 40}), **BY_BARGE)
    stopped = weeks(full)
    assert barges(stopped)["yard_stop"][0] > 24
    number_of = np.flatnonzero(stopped.calls["barge"])[0]
    looks = (stopped.events["kind"] == Event.YARD_FULL) & (stopped.events["call"] == number_of)
    assert looks.sum() > 48
