"""The channel: headway, meetings, tide and weather, and that no vessel waits for more than these."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours
from sim.models.fairway import Direction, Fairway, Passage, half_window, tidal_entry, tide_needed, transit_hours
from sim.port.channel import Channel, Tide
from tests.models.ports import port_with
from tests.small_port import number

IN, OUT = Direction.INBOUND, Direction.OUTBOUND
TIDE = {"range": number(2, "m"), "period": number(12, "h"), "high_water": number(3, "h")}


def channel_with(**moves: object) -> Channel:
    channel = port_with(**{f"channel__{name}": value for name, value in moves.items()}).channel
    assert channel is not None
    return channel


PLAIN = channel_with(headway=30, meeting_beam_sum=60)
TIDAL = channel_with(headway=30, meeting_beam_sum=60, tide=TIDE)
CLOSURES = ((5.0, 9.0), (20.0, 31.0))


def needing(height: float) -> float:
    """Return the draft that needs that height of tide [m] over 15 m of water with a tenth of the draft below."""
    return (15 + height) / 1.1


def height(tide: Tide, t: float) -> float:
    turn = 2 * math.pi * (t - tide.high_water.value) / tide.period.value
    return tide.range.value * (1 + math.cos(turn)) / 2


def booked(*wishes: tuple[float, Direction, float], channel: Channel = PLAIN) -> list[float]:
    """Return the entries of vessels that are ready at an hour, go that way and have a beam; 2 h of transit each."""
    fairway = Fairway(OpenHours.always())
    return [fairway.book(channel, Passage(way, 2.0, beam, 8.0), ready) for ready, way, beam in wishes]


def test_the_same_way_the_headway_is_kept() -> None:
    assert booked((1, IN, 20), (1, IN, 20), (1.2, IN, 20), (9, IN, 20)) == [1, 1.5, 2, 9]


def test_two_that_may_meet_do_not_wait_and_keep_no_headway() -> None:
    assert booked((1, IN, 30), (1, OUT, 30)) == [1, 1]


def test_two_that_are_too_wide_to_meet_follow_each_other() -> None:
    assert booked((1, IN, 31), (1, OUT, 30)) == [1, 3]
    assert booked((1, IN, 31), (2.5, OUT, 30), (3, OUT, 20)) == [1, 3, 3.5]


def test_a_vessel_slips_in_before_an_entry_booked_for_later() -> None:
    fairway = Fairway(OpenHours.always())
    assert fairway.book(PLAIN, Passage(OUT, 2.0, 40, 8), 5.0) == 5.0
    assert fairway.book(PLAIN, Passage(IN, 2.0, 40, 8), 3.0) == 3.0
    assert fairway.book(PLAIN, Passage(IN, 2.0, 40, 8), 3.1) == 7.0


def test_bookings_that_nobody_can_meet_any_more_are_forgotten_without_a_trace() -> None:
    def entries(forget: bool) -> list[float]:
        fairway, out = Fairway(OpenHours.always()), []
        rng = np.random.default_rng(3)
        for ready in np.cumsum(rng.exponential(0.4, 300)):
            if forget:
                fairway.forget(ready, PLAIN)
            passage = Passage(Direction(int(rng.integers(2))), float(rng.uniform(1, 3)), float(rng.uniform(15, 50)), 8)
            out.append(fairway.book(PLAIN, passage, ready + float(rng.uniform(0, 1))))
        return out

    assert entries(forget=True) == entries(forget=False)


def test_weather_closes_the_entrance() -> None:
    fairway = Fairway(OpenHours.always().minus(CLOSURES))
    assert fairway.window(PLAIN, Passage(IN, 2.0, 20, 8), 4.0) == 4.0  # she may still be under way at 5
    assert fairway.window(PLAIN, Passage(IN, 2.0, 20, 8), 5.0) == 9.0


def test_a_draft_that_the_depth_carries_waits_for_no_tide() -> None:
    assert tide_needed(TIDAL, 10.0) == pytest.approx(-4.0)
    assert tide_needed(TIDAL, 14.0) == pytest.approx(0.4)
    assert tidal_entry(TIDAL, Passage(IN, 2.0, 20, 13.6), 7.0) == 7.0
    assert tidal_entry(TIDAL, Passage(IN, 2.0, 20, 14.0), 7.0) > 7.0


def test_half_of_the_range_stands_for_half_of_the_period() -> None:
    assert half_window(TIDAL.tide, 1.0) == pytest.approx(3.0)
    assert half_window(TIDAL.tide, 2.0) == 0.0
    assert half_window(TIDAL.tide, 2.1) == -math.inf
    assert half_window(None, 0.1) == -math.inf


@pytest.mark.parametrize(
    ("ready", "entry"), [(-1.0, 0.0), (0.0, 0.0), (3.9, 3.9), (4.0, 4.0), (4.1, 12.0), (100.0, 100.0), (101.0, 108.0)]
)
def test_the_tide_carries_her_through_the_whole_transit(ready: float, entry: float) -> None:
    # the tide stands at 1 m from 0 to 6 h, 12 to 18 h, ...
    assert tidal_entry(TIDAL, Passage(IN, 2.0, 20, needing(1.0)), ready) == pytest.approx(entry)


def test_a_draft_that_no_tide_carries_never_enters() -> None:
    fairway = Fairway(OpenHours.always().minus(CLOSURES))
    for draft, transit in ((needing(2.1), 1.0), (needing(1.0), 6.1)):
        assert fairway.window(TIDAL, Passage(IN, transit, 20, draft), 1.0) == math.inf
        assert fairway.book(TIDAL, Passage(IN, transit, 20, draft), 1.0) == math.inf
    assert fairway.window(PLAIN, Passage(IN, 1.0, 20, needing(0.1)), 1.0) == math.inf
    assert fairway.book(TIDAL, Passage(IN, 2.0, 20, 8.0), 1.0) == 1.0  # and is in nobody's way


@settings(deadline=None)
@given(st.floats(0.01, 1.99), st.floats(0.0, 20_000.0), st.floats(9.0, 14.0), st.floats(0.0, 12.0))
def test_a_window_just_as_long_as_the_transit_costs_no_tide(
    needed: float, ready: float, period: float, high: float
) -> None:
    channel = channel_with(tide={**TIDE, "period": number(period, "h"), "high_water": number(high, "h")})
    transit = 2 * half_window(channel.tide, tide_needed(channel, needing(needed)))
    fairway = Fairway(OpenHours.always())
    entry = fairway.window(channel, Passage(IN, transit, 20, needing(needed)), ready)
    assert ready <= entry <= ready + period + 1e-6
    assert fairway.window(channel, Passage(IN, transit, 20, needing(needed)), entry) == pytest.approx(entry, abs=1e-6)


vessels = st.tuples(
    st.floats(0, 3), st.sampled_from(Direction), st.floats(0.5, 3.0), st.floats(15, 50), st.floats(-1.0, 1.6)
)


@settings(deadline=None)
@given(st.lists(vessels, max_size=8))
def test_every_entry_keeps_the_rules_and_none_could_be_earlier(fleet: list[tuple[float, ...]]) -> None:
    channel, weather = TIDAL, OpenHours.always().minus(CLOSURES)
    assert channel.tide is not None
    fairway, entered, ready = Fairway(weather), [], 0.0
    for gap, way, transit, beam, needed in fleet:
        ready += gap
        ship = Passage(Direction(int(way)), transit, beam, needing(needed))

        def free(entry: float, ship: Passage = ship, slack: float = 1e-7) -> bool:
            under_way = np.linspace(entry, entry + ship.transit, 30)
            need = tide_needed(channel, ship.draft)
            return (
                bool(weather.is_open(entry))
                and (need <= 0 or all(height(channel.tide, t) >= need - slack for t in under_way))
                and all(
                    abs(entry - other) >= 0.5 - slack
                    if they.direction == ship.direction
                    else they.beam + ship.beam <= 60
                    or entry >= other + they.transit - slack
                    or entry + ship.transit <= other + slack
                    for other, they in entered
                )
            )

        entry = fairway.book(channel, ship, ready)
        if math.isfinite(entry):
            assert entry >= ready
            assert free(entry)
        earlier = np.arange(ready, min(entry, ready + 100.0), 0.05)
        assert not any(free(float(t), slack=-1e-6) for t in earlier if t < entry - 1e-6)
        entered.append((entry, ship))


def test_each_reach_has_its_own_limit() -> None:
    reaches = {
        "outer": {"length": number(37.04, "km"), "speed_limit": number(20, "kn")},
        "inner": {"length": number(18.52, "km"), "speed_limit": number(5, "kn")},
    }
    channel = channel_with(reaches=reaches)
    assert transit_hours(channel, 10.0) == pytest.approx(37.04 / 18.52 + 2.0)
    assert transit_hours(channel, 4.0) == pytest.approx(37.04 / 7.408 + 2.5)
