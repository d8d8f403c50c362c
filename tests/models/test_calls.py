"""Vessel calls: when they come, with what, and that only what a cut of the timeline moves is moved by it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models.calls import Calls, draw_calls
from sim.port.port import Port, PortTimeline
from tests.models.ports import always, horizon, port_with
from tests.small_port import leaf, number, share, small_port

DRAWS = Draws(7, 0)
COLUMNS = (
    *("t_arrived", "service", "terminal", "vessel_class", "draft", "discharge", "load"),
    *("crane_rate", "transit_speed", "berth_service", "first"),
)


def calls_of(port: Port, days: int = 140) -> Calls:
    return draw_calls(always(port), horizon(days), DRAWS)


def arrivals(process: dict[str, object], timeline_days: int = 140) -> np.ndarray:
    """Return the arrivals of service north when that is its process."""
    calls = calls_of(port_with(traffic__services__north__arrivals=process), timeline_days)
    return calls.t_arrived[calls.service == 0]


def same(a: Calls, b: Calls) -> bool:
    return all(getattr(a, name).tobytes() == getattr(b, name).tobytes() for name in COLUMNS)


def test_calls_are_in_order_of_arrival_and_inside_the_horizon() -> None:
    calls = calls_of(small_port())
    assert np.all(np.diff(calls.t_arrived) >= 0)
    assert calls.t_arrived.min() >= 0
    assert calls.t_arrived.max() < 140 * 24
    assert set(calls.service) == {0, 1}


@pytest.mark.parametrize(("at", "hour"), [("mon 00:00", 0.0), ("tue 08:30", 32.5), ("sun 24:00", 168.0)])
def test_a_weekly_service_without_deviation_comes_on_the_hour(at: str, hour: float) -> None:
    times = arrivals({"process": "weekly", "at": leaf(at), "deviation": number(0, "h")})
    assert times.tolist() == [t for t in hour + 168.0 * np.arange(-1, 21) if 0 <= t < 140 * 24]


def test_the_deviation_of_a_weekly_service_is_normal_and_carries_calls_over_both_ends() -> None:
    weekly = {"process": "weekly", "at": leaf("thu 00:00"), "deviation": number(30, "h")}
    late = arrivals(weekly, 3640) - 72.0
    off = late - 168 * np.rint(late / 168)
    assert len(off) == pytest.approx(520, abs=2)
    assert np.std(off) == pytest.approx(30, rel=0.1)
    assert abs(np.mean(off)) < 4
    edge = {"process": "weekly", "at": leaf("mon 00:00"), "deviation": number(30, "h")}
    numbers = {len(draw_calls(always(_only_north(edge)), horizon(7), Draws(seed, 0))) for seed in range(60)}
    assert {0, 1, 2} <= numbers


def _only_north(process: dict[str, object]) -> Port:
    return port_with(traffic__services__north__arrivals=process, traffic__services__south=None)


def test_a_longer_horizon_keeps_the_calls_it_had() -> None:
    short, long = calls_of(small_port(), 70), calls_of(small_port(), 140)
    n = len(short)
    assert short.t_arrived.tobytes() == long.t_arrived[:n].tobytes()
    assert short.discharge.tobytes() == long.discharge[:n].tobytes()


def test_the_luck_of_a_service_hangs_on_no_other_service() -> None:
    alone = calls_of(port_with(traffic__services__south=None))
    both = calls_of(small_port())
    mine = both.service == 0
    for name in ("t_arrived", "discharge", "load", "draft", "crane_rate", "transit_speed", "first"):
        assert getattr(alone, name).tobytes() == getattr(both, name)[mine].tobytes()


def test_a_renewal_service_comes_at_its_rate() -> None:
    times = arrivals({"process": "renewal", "interval": number(12, "h", "erlang", phases=3)}, 3650)
    gaps = np.diff(times)
    assert np.mean(gaps) == pytest.approx(12, rel=0.02)
    assert np.std(gaps) / np.mean(gaps) == pytest.approx(3**-0.5, rel=0.04)


@pytest.mark.parametrize("cuts", [(0.0, 100.0), (0.0, 33.3, 777.7, 1000.0), (-50.0, 0.0, 9e9), (0.0, 1e-9, 2e-9)])
def test_a_cut_that_changes_nothing_leaves_every_bit_alone(cuts: tuple[float, ...]) -> None:
    port = small_port()
    assert same(calls_of(port), draw_calls(PortTimeline(cuts, (port,) * len(cuts)), horizon(140), DRAWS))


def _poisson(hours: float) -> Port:
    interval = number(hours, "h", "exponential")
    return _only_north({"process": "renewal", "interval": interval})


def test_from_a_cut_on_the_gaps_that_begin_follow_the_new_port() -> None:
    calm = draw_calls(always(_poisson(20)), horizon(140), DRAWS).t_arrived
    busy = draw_calls(PortTimeline((0.0, 1000.0), (_poisson(20), _poisson(5))), horizon(140), DRAWS).t_arrived
    n = int(np.searchsorted(calm, 1000.0)) + 1  # the gap over the cut began before it
    assert busy[:n].tobytes() == calm[:n].tobytes()
    assert np.allclose(np.diff(busy[n - 1 :])[: len(calm) - n], np.diff(calm[n - 1 :]) / 4)
    assert len(busy[busy > 1000]) == pytest.approx((140 * 24 - 1000) / 5, rel=0.15)


def test_a_port_that_comes_after_the_end_moves_nothing() -> None:
    calm = draw_calls(always(_poisson(20)), horizon(140), DRAWS)
    assert same(calm, draw_calls(PortTimeline((0.0, 3360.0), (_poisson(20), _poisson(1))), horizon(140), DRAWS))


def test_a_quiet_piece_is_passed_over_by_a_gap_that_is_longer_than_it() -> None:
    timeline = PortTimeline((0.0, 500.0, 501.0), (_poisson(300), _poisson(1), _poisson(300)))
    times = draw_calls(timeline, horizon(140), DRAWS).t_arrived
    assert np.all(np.diff(times) > 0)
    assert len(times) < 40


def test_every_call_moves_at_least_one_box_and_no_more_than_its_exchange() -> None:
    tiny = number(0.3, "boxes", "exponential")
    calls = calls_of(port_with(traffic__vessel_classes__feeder__exchange=tiny))
    assert np.all(calls.discharge + calls.load >= 1)
    assert np.all((calls.discharge >= 0) & (calls.load >= 0))


@pytest.mark.parametrize(("value", "low", "high"), [(0.0, 0, 0), (1.0, 1, 1), (0.5, 0, 1)])
def test_a_discharge_share_beyond_0_or_1_is_cut(value: float, low: float, high: float) -> None:
    given = {**share(value), "distribution": {"kind": "normal", "sd": 2.0 if value == 0.5 else 0.0}}
    calls = calls_of(port_with(traffic__vessel_classes__feeder__discharge_share=given))
    shares = calls.discharge / (calls.discharge + calls.load)
    assert shares.min() == low
    assert shares.max() == high


def test_the_first_box_of_a_call_follows_the_boxes_of_the_calls_before_it_in_its_service() -> None:
    calls = calls_of(small_port())
    mine = np.flatnonzero(calls.service == 1)
    places = np.argsort(calls.first[mine])
    first, boxes = calls.first[mine][places], calls.discharge[mine][places]
    assert np.all(first[1:] == first[:-1] + boxes[:-1])
    assert calls.boxes["south"] == first[-1] + boxes[-1]


def test_speed_and_berth_service_follow_the_timeline() -> None:
    slow, fast = port_with(channel__speed=10), port_with(channel__speed=14)
    calls = draw_calls(PortTimeline((0.0, 800.0), (slow, fast)), horizon(140), DRAWS)
    assert np.array_equal(calls.transit_speed, np.where(calls.t_arrived < 800, 10.0, 14.0))
    short, long = (port_with(terminals__t1__quay__service=number(h, "h")) for h in (4, 9))
    calls = draw_calls(PortTimeline((0.0, 800.0), (short, long)), horizon(140), DRAWS)
    assert np.array_equal(calls.berth_service, np.where(calls.t_arrived < 800, 4.0, 9.0))


def test_a_part_of_the_port_cannot_vanish_within_a_run() -> None:
    timeline = PortTimeline((0.0, 800.0), (small_port(), port_with(channel=None)))
    with pytest.raises(TypeError, match="cannot lose"):
        draw_calls(timeline, horizon(140), DRAWS)
