"""The life of a call: every hour of a lone vessel worked out by hand, and what she meets in company."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models import simulate
from sim.models.openings import Openings
from sim.port.port import Port
from sim.records import Event, RunLog
from tests.models.ports import always, horizon, port_with
from tests.small_port import leaf, number, share, small_port

FEEDER = "traffic__vessel_classes__feeder__"
RATE = 28 * 0.95 * 2**0.9
TRANSIT = 40 / (12 * 1.852)
ARRIVAL = 32.0  # Tuesday 08:00 of a run that begins on a Monday


def at(time: str) -> dict[str, Any]:
    return {"process": "weekly", "at": leaf(time), "deviation": number(0, "h")}


def service(time: str, vessel_class: str = "feeder") -> dict[str, Any]:
    return {"terminal": "t1", "vessel_class": vessel_class, "arrivals": at(time)}


def plain(*times: str, **moves: Any) -> Port:
    """Return a port where all is fixed: a vessel of 160 boxes at each time of the week, 28 moves an hour."""
    fixed = {
        f"{FEEDER}exchange": number(160, "boxes"),
        "terminals__t1__cranes__rate": number(28, "moves/h"),
        "traffic__services": {f"s{k}": service(time) for k, time in enumerate(times or ("tue 08:00",))},
    }
    return port_with(**(fixed | moves))


def week(port: Port, days: int = 6) -> RunLog:
    return simulate(always(port), horizon(days), 1, 0)


def events(log: RunLog, kind: Event) -> list[float]:
    return log.events["t"][log.events["kind"] == kind].tolist()


def test_a_lone_vessel_where_there_is_no_channel() -> None:
    log = week(plain(channel=None, marine=None))
    call = {name: column[0] for name, column in log.calls.items()}
    assert call["t_arrived"] == call["t_assigned"] == call["t_piloted"] == call["t_entered"] == ARRIVAL
    assert call["t_berthed"] == call["t_started"] == ARRIVAL + 1
    assert call["t_discharged"] == pytest.approx(ARRIVAL + 1 + 80 / RATE)
    assert call["t_worked"] == pytest.approx(ARRIVAL + 1 + 160 / RATE)
    assert call["t_unberthed"] == pytest.approx(call["t_worked"] + 0.5)
    assert call["t_departed"] == pytest.approx(call["t_unberthed"])
    assert call["crane_hours"] == pytest.approx(2 * 160 / RATE)
    assert (call["position"], call["yard_stop"]) == (0, 0)
    assert (call["discharge_boxes"], call["load_boxes"]) == (80, 80)
    assert log.boxes["t_discharged"] == pytest.approx(ARRIVAL + 1 + np.arange(1, 81) / RATE)
    assert np.all(log.boxes["t_berthed"] == ARRIVAL + 1)


def test_a_lone_vessel_through_the_channel() -> None:
    log = week(plain())
    call = {name: column[0] for name, column in log.calls.items()}
    assert call["t_entered"] == ARRIVAL
    assert call["t_berthed"] == pytest.approx(ARRIVAL + TRANSIT + 1)
    assert call["t_departed"] == pytest.approx(call["t_unberthed"] + TRANSIT)


def test_every_milestone_is_in_the_journal_once_and_at_its_hour() -> None:
    log = week(plain("tue 08:00", "tue 08:00", "tue 09:00"))
    for kind, milestone in (
        (Event.CALL_ARRIVED, "t_arrived"),
        (Event.BERTH_ASSIGNED, "t_assigned"),
        (Event.CHANNEL_ENTERED, "t_entered"),
        (Event.BERTHED, "t_berthed"),
        (Event.WORK_STARTED, "t_started"),
        (Event.DISCHARGE_ENDED, "t_discharged"),
        (Event.WORK_ENDED, "t_worked"),
        (Event.UNBERTHED, "t_unberthed"),
        (Event.DEPARTED, "t_departed"),
    ):
        assert sorted(events(log, kind)) == sorted(log.calls[milestone])
    lots = log.events["value"][log.events["kind"] == Event.LOT_DISCHARGED]
    assert lots.sum() == len(log.boxes["box"])


def test_the_headway_keeps_the_second_vessel_of_a_pair_outside() -> None:
    log = week(plain("tue 08:00", "tue 08:00"))
    assert np.sort(log.calls["t_piloted"]).tolist() == [ARRIVAL, ARRIVAL]
    assert np.sort(log.calls["t_entered"]) == pytest.approx([ARRIVAL, ARRIVAL + 10 / 60])


def test_a_pilot_is_needed_from_the_anchorage_to_the_berth() -> None:
    log = week(plain("tue 08:00", "tue 08:00", marine__pilots=1))
    first, second = np.sort(log.calls["t_piloted"])
    assert (first, second) == (ARRIVAL, pytest.approx(ARRIVAL + TRANSIT + 1))
    assert np.sort(log.calls["t_entered"]).tolist() == [first, second]


def test_a_tug_is_needed_at_the_berth_only() -> None:
    log = week(plain("tue 08:00", "tue 08:00", marine__tugs=1))
    assert np.sort(log.calls["t_berthed"]) == pytest.approx(ARRIVAL + TRANSIT + np.array([1, 2]))


def test_a_quay_that_is_taken_keeps_the_next_vessel_at_the_anchorage() -> None:
    log = week(plain("tue 08:00", "tue 09:00", terminals__t1__quay__length=200))
    first, second = (log.calls[name] for name in ("t_unberthed", "t_assigned"))
    assert second[1] == first[0]
    assert log.calls["position"].tolist() == [0, 0]


def test_mainline_is_berthed_before_those_who_came_earlier() -> None:
    port = plain(terminals__t1__quay__length=200)
    tree = port.model_dump(mode="json", exclude_none=True)
    tree["traffic"]["vessel_classes"]["liner"] = {
        **tree["traffic"]["vessel_classes"]["feeder"],
        "priority": "mainline",
    }
    times = (("tue 08:00", "feeder"), ("tue 08:10", "feeder"), ("tue 08:20", "liner"))
    tree["traffic"]["services"] = {f"s{k}": service(*which) for k, which in enumerate(times)}
    log = week(Port.model_validate(tree))
    assert np.argsort(log.calls["t_assigned"]).tolist() == [0, 2, 1]


def test_a_call_gives_up_a_crane_to_one_that_has_none_at_the_end_of_its_lot() -> None:
    log = week(plain("tue 08:00", "tue 08:30", channel=None, marine=None, terminals__t1__cranes__count=2))
    start, single = ARRIVAL + 1, 28 * 0.95
    shared = start + 60 / RATE
    assert log.calls["t_started"] == pytest.approx([start, shared])
    # with one crane each, the first has 100 moves left; the second then ends her lot at 110, and goes on with both
    assert log.calls["t_worked"] == pytest.approx([shared + 100 / single, shared + 110 / single + 50 / RATE])
    assert log.calls["crane_hours"] == pytest.approx([120 / RATE + 100 / single, 110 / single + 100 / RATE])


def test_a_full_yard_stops_discharge_until_a_look_finds_room() -> None:
    stay = {"import": {"share": share(0)}, "empty": {"stay": number(7, "h")}}
    goods = {"general": {"reefer_share": share(0)}}
    port = plain(
        channel=None,
        marine=None,
        terminals__t1__yard__dry__teu=60,
        traffic__cargo__flows=stay,
        traffic__cargo__goods=goods,
        traffic__cargo__forty_foot_share=share(0),
        customs__quarantine={},
    )
    log = week(port)
    start = ARRIVAL + 1
    lot = 60 / RATE
    # 60 of 80 boxes fill the yard; the 20 of the next lot find room when 20 have left, 7 h after discharge
    free = start + 20 / RATE + 7
    looks = np.ceil((free - start - lot) / 0.5)
    assert log.calls["yard_stop"][0] == pytest.approx(looks * 0.5)
    assert len(events(log, Event.YARD_FULL)) == looks
    assert log.boxes["t_discharged"][60] == pytest.approx(start + lot + looks * 0.5 + 1 / (RATE * 0.8), rel=0.01)
    assert log.calls["crane_hours"][0] > 2 * looks * 0.5


def test_berth_service_given_directly_takes_just_so_long_whatever_the_cranes() -> None:
    direct = {"terminals__t1__quay__service": number(13, "h"), "channel": None, "marine": None}
    log = week(plain("tue 08:00", "tue 08:00", terminals__t1__cranes__count=2, **direct))
    assert log.calls["t_worked"] - log.calls["t_started"] == pytest.approx([13, 13])
    assert log.calls["crane_hours"].tolist() == [0, 0]
    assert log.boxes["t_discharged"][79] == pytest.approx(ARRIVAL + 1 + 6.5)


@pytest.mark.parametrize(("part", "discharged", "loaded"), [(0.0, 0, 160), (1.0, 160, 0)])
def test_a_vessel_that_only_loads_or_only_discharges(part: float, discharged: int, loaded: int) -> None:
    log = week(plain(channel=None, marine=None, **{f"{FEEDER}discharge_share": part}))
    call = {name: column[0] for name, column in log.calls.items()}
    assert (call["discharge_boxes"], call["load_boxes"]) == (discharged, loaded)
    assert call["t_worked"] == pytest.approx(ARRIVAL + 1 + 160 / RATE)
    assert call["t_discharged"] == pytest.approx(ARRIVAL + 1 + discharged / RATE)


def test_a_deep_vessel_goes_in_and_out_with_the_tide() -> None:
    tide = {"range": number(2, "m"), "period": number(12, "h"), "high_water": number(3, "h")}
    log = week(plain(channel__tide=tide, **{f"{FEEDER}draft": 16 / 1.1}))  # 1 m of tide: 0 to 6 h, 12 to 18 h, ...
    call = {name: column[0] for name, column in log.calls.items()}
    assert call["t_entered"] == pytest.approx(36.0)
    for entry in (call["t_entered"], call["t_unberthed"]):
        assert -1e-9 <= entry % 12 <= 6 - TRANSIT + 1e-9
    assert call["t_unberthed"] > call["t_worked"] + 0.5


def test_milestones_after_the_end_are_not_yet() -> None:
    log = week(plain("tue 20:00"), days=2)
    assert log.end == 48
    assert np.isfinite(log.calls["t_berthed"][0])
    assert np.isnan(log.calls["t_discharged"][0])
    off = log.boxes["t_discharged"]
    assert len(off) == 80
    assert 0 < np.isfinite(off).sum() < 80
    assert np.nanmax(off) <= 48


def test_in_bad_weather_nobody_enters_and_no_crane_moves() -> None:
    storm = {
        "rate": number(300, "events/year"),
        "duration": number(9, "h"),
        "months": list(range(1, 13)),
        "closes_quay": True,
        "closes_land": True,
    }
    port = plain("mon 08:00", "wed 08:00", "fri 08:00", weather={"storm": storm})
    log = simulate(always(port), horizon(60), 1, 0)
    openings = Openings(always(port), horizon(60), Draws(1, 0))
    entered = log.calls["t_entered"][np.isfinite(log.calls["t_entered"])]
    assert np.all(openings.channel.is_open(entered + 1e-9))
    off = log.boxes["t_discharged"][np.isfinite(log.boxes["t_discharged"])]
    assert np.all(openings.quay.is_open(off - 1e-6))
    done = np.isfinite(log.calls["t_worked"])
    started, worked = log.calls["t_started"][done], log.calls["t_worked"][done]
    assert openings.quay.open_between(started, worked).min() >= 160 / RATE - 1e-6
    assert (worked - started).max() > 160 / RATE + 1
    closures = [t for window in openings.windows for t in window if t < log.end]
    assert sorted(events(log, Event.CLOSED) + events(log, Event.REOPENED)) == pytest.approx(sorted(closures))


def test_the_same_arguments_give_the_same_log_byte_for_byte() -> None:
    one, two = (simulate(always(small_port()), horizon(40), 9, 2) for _ in range(2))
    other = simulate(always(small_port()), horizon(40), 9, 3)
    for table in ("events", "calls", "boxes", "stations"):
        a, b = getattr(one, table), getattr(two, table)
        assert all(a[name].tobytes() == b[name].tobytes() for name in a)
    assert one.calls["t_arrived"].tobytes() != other.calls["t_arrived"].tobytes()
