"""What is in the port when the run begins: the booked boxes that were to come before hour 0."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from sim.models import simulate
from sim.models.world import World
from sim.port.port import Port
from sim.records import Flow, Mode
from tests.models.ports import always, horizon, whole_port_with
from tests.small_port import share, small_port, whole_small_port


class Caught(Exception):
    """Ends a run as soon as its world is there."""


def world_of(port: Port, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the world of a run just after its boxes have settled in."""
    module: Any = import_module("sim.models.simulate")
    settle: Callable[[World], None] = module.settle_in
    caught: list[World] = []

    def catch(world: World) -> None:
        settle(world)
        caught.append(world)
        raise Caught

    monkeypatch.setattr(module, "settle_in", catch)
    with pytest.raises(Caught):
        simulate(always(port), horizon(60), 1, 0)
    return caught[0]


@pytest.fixture(name="world")
def _world(monkeypatch: pytest.MonkeyPatch) -> World:
    return world_of(whole_port_with(customs__export__direct_share=share(0.5)), monkeypatch)


def test_who_was_to_come_before_hour_0_is_there_since_then(world: World) -> None:
    boxes, table = world.boxes, {k: v[world.boxes.discharged :] for k, v in world.boxes.table.items()}
    early = (boxes.planned < 0) & ~table["direct"]
    assert early.sum() > 100
    assert np.array_equal(table["t_arrived"][early], boxes.planned[early])
    assert np.all(np.isnan(table["t_arrived"][~early]))
    by_truck = early & (table["by_in"] == Mode.ROAD)
    for milestone in ("t_truck", "t_gate_in"):
        assert np.array_equal(table[milestone][by_truck], boxes.planned[by_truck])
    assert np.all(np.isnan(table["t_discharged"][by_truck]))
    by_barge = early & ~by_truck
    assert by_barge.any()
    assert np.array_equal(table["t_discharged"][by_barge], boxes.planned[by_barge])
    assert np.all(np.isnan(table["t_gate_in"][by_barge]))
    assert np.all(table["call"][early] == -1)


def test_one_that_comes_straight_to_the_vessel_is_not(world: World) -> None:
    table = {k: v[world.boxes.discharged :] for k, v in world.boxes.table.items()}
    direct = (world.boxes.planned < 0) & table["direct"]
    assert direct.any()
    assert np.all(np.isnan(table["t_arrived"][direct]))


def test_they_hold_their_slots(world: World) -> None:
    """By kind: dry, reefer, empty."""
    boxes, table = world.boxes, world.boxes.table
    there = boxes.discharged + np.flatnonzero((boxes.planned < 0) & ~table["direct"][boxes.discharged :])
    kind = np.where(table["reefer"][there], 1, np.where(table["flow"][there] == Flow.EMPTY, 2, 0))
    for terminal in (0, 1, 2):
        here = table["terminal"][there] == terminal
        teu = np.bincount(kind[here], weights=table["teu"][there][here], minlength=3)
        assert world.yard._held[terminal] == teu.tolist()
    assert sum(world.yard._held[0]) > 0
    assert sum(world.yard._held[2]) == 0


def test_they_have_been_cleared_or_are_at_the_desks_by_hour_0(world: World) -> None:
    world.landside.advance(0.0)
    table = {k: v[world.boxes.discharged :] for k, v in world.boxes.table.items()}
    export = (table["flow"] == Flow.EXPORT) & (world.boxes.planned < 0) & ~table["direct"]
    released = table["t_released"] <= 0
    assert np.any(export & released)
    assert np.all(table["t_released"][released] >= table["t_arrived"][released])
    transit = (table["flow"] == Flow.TRANSHIPMENT) & (world.boxes.planned < -200)
    assert np.all(table["t_released"][transit] < 0)


def test_a_port_that_books_nothing_begins_empty() -> None:
    log = simulate(always(small_port()), horizon(20), 1, 0)
    assert np.nanmin(log.boxes["t_discharged"]) > 0


@pytest.mark.long
def test_from_the_first_hour_on_about_as_much_is_booked_and_in_the_port_as_later() -> None:
    """The first calls find their boxes: without those of before hour 0 they would load next to nothing."""
    levels = []
    for replication in range(4):
        log = simulate(always(whole_small_port()), horizon(90), 1, replication)
        own = {name: column[log.boxes["booked"] >= 0] for name, column in log.boxes.items()}
        left = np.where(np.isnan(own["t_loaded"]), own["t_gate_out"], own["t_loaded"])
        left = np.where(np.isnan(left), np.inf, left)
        there = [np.sum((own["t_arrived"] <= hour) & (left > hour)) for hour in range(0, 24 * 60, 12)]
        levels.append((there[0], np.mean(there[20:])))
    first, later = np.mean(levels, axis=0)
    assert first == pytest.approx(later, rel=0.25)
