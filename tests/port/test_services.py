"""Where services call: boxes a week per metre of quay, and where their vessels fit."""

from __future__ import annotations

from math import inf

import pytest

from sim.port.port import Port
from sim.port.services import Quays, calls_per_week
from tests.small_port import number, small_port, whole_small_port, whole_small_port_tree

SEA, BASIN = Quays(whole_small_port(), "sea"), Quays(whole_small_port(), "basin")


def test_services_are_those_of_one_kind_of_berth_as_written() -> None:
    assert SEA.services("t1") == ("north", "south")
    assert BASIN.services("t1") == ("river_a", "river_b")
    assert SEA.services("nansha_v") == BASIN.services("nansha_v") == ()
    assert SEA.in_use() == BASIN.in_use() == ("t1", "nansha_iv")


def test_those_of_the_longest_vessels_come_first() -> None:
    tree = whole_small_port_tree()
    classes = tree["traffic"]["vessel_classes"]
    classes["large"] = classes["feeder"] | {"loa": number(300, "m")}
    tree["traffic"]["services"]["south"]["vessel_class"] = "large"
    assert Quays(Port.model_validate(tree), "sea").services("t1") == ("south", "north")


def test_boxes_a_week_per_metre() -> None:
    services = SEA.port.traffic.services
    assert calls_per_week(services["north"]) == 1
    assert calls_per_week(services["south"]) == pytest.approx(168 / 60)
    assert SEA.boxes("north") == 160
    assert SEA.crowding("t1") == pytest.approx(160 * (1 + 2.8) / 500)
    assert SEA.crowding("nansha_v", ("north",)) == pytest.approx(160 / 500)
    together = 160 * (1 + 2.8 + 168 / 90 + 168 / 110)
    assert SEA.mean_crowding(("t1", "nansha_iv", "nansha_v")) == pytest.approx(together / 1500)


def test_barge_lines_are_measured_by_the_boxes_that_come_by_sea() -> None:
    by_sea = 160 * (168 / 90 + 168 / 110)
    assert BASIN.size("nansha_iv") == SEA.handled("nansha_iv") == pytest.approx(by_sea)
    assert BASIN.crowding("nansha_iv") == pytest.approx(40 * 4.2 / by_sea)
    assert BASIN.crowding("nansha_v") == inf


def test_nothing_fits_in_a_basin_that_is_not_there() -> None:
    assert not Quays(small_port(), "basin").fits("north", "t1")
    assert BASIN.fits("river_a", "nansha_v")
    assert list(SEA.that_fit("north", ("t1", "nansha_v"))) == ["t1", "nansha_v"]


def test_a_service_sent_away_leaves_the_first_port_as_it_is() -> None:
    sent = SEA.sent("north", "nansha_v")
    assert sent.services("nansha_v") == ("north",)
    assert SEA.services("t1") == ("north", "south")
