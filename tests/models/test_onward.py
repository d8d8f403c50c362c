"""How discharged boxes go on: the shares of barge, sea and road, and onto which line or service."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.port.port import Port, PortTimeline
from sim.records import Flow, Mode
from tests.models.ports import always, horizon, port_with, whole_port_with
from tests.small_port import number, share, small_port, whole_small_port, whole_small_port_tree

DAYS = 900


def drawn(port: Port | PortTimeline, days: int = DAYS) -> tuple[Calls, Boxes]:
    timeline, draws = port if isinstance(port, PortTimeline) else always(port), Draws(3, 0)
    calls = draw_calls(timeline, horizon(days), draws)
    return calls, draw_boxes(timeline, calls, draws)


CALLS, BOXES = drawn(whole_small_port())
OFF = {name: column[: BOXES.discharged] for name, column in BOXES.table.items()}
SERVICES = list(whole_small_port().traffic.services)


def near(value: float, n: int) -> Any:
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / n) + 1e-12)


@pytest.mark.parametrize(
    ("flow", "by_barge", "by_sea"),
    [(Flow.IMPORT, 0.2, 0), (Flow.TRANSHIPMENT, 0.5, 0.3), (Flow.DOMESTIC, 0.5, 0), (Flow.EMPTY, 0.3, 0)],
)
def test_shares_of_the_ways_out(flow: Flow, by_barge: float, by_sea: float) -> None:
    out = OFF["by_out"][OFF["flow"] == flow]
    for way, value in ((Mode.BARGE, by_barge), (Mode.SEA, by_sea), (Mode.ROAD, 1 - by_barge - by_sea)):
        assert np.mean(out == way) == near(value, len(out))
    assert np.all(OFF["by_in"] == Mode.SEA)


def test_where_no_share_is_given_imports_go_by_road_and_the_others_are_gone() -> None:
    _, boxes = drawn(small_port(), 60)
    imports = boxes.table["flow"] == Flow.IMPORT
    assert np.all(boxes.table["by_out"][imports] == Mode.ROAD)
    assert np.all(boxes.table["by_out"][~imports] == Mode.NONE)
    assert np.all(boxes.destination == -1)


def test_a_share_of_nought_is_a_share_and_sends_all_by_road() -> None:
    flows = {"import": {"share": share(0.8)}, "empty": {"stay": number(190, "h"), "barge_share": share(0)}}
    _, boxes = drawn(port_with(traffic__cargo__flows=flows), 60)
    assert np.all(boxes.table["by_out"] == Mode.ROAD)


@pytest.mark.parametrize(("name", "way"), [("barge_share", Mode.BARGE), ("connection_share", Mode.SEA)])
def test_moving_one_share_moves_boxes_to_or_from_the_road_only(name: str, way: Mode) -> None:
    _, other = drawn(whole_port_with(**{f"traffic__cargo__flows__transhipment__{name}": share(0.1)}))
    before, after = OFF["by_out"], other.table["by_out"][: other.discharged]
    moved = before != after
    assert moved.any()
    assert set(before[moved]) == {way}
    assert set(after[moved]) == {Mode.ROAD}
    assert np.all(OFF["flow"][moved] == Flow.TRANSHIPMENT)


def test_a_share_follows_the_timeline_by_the_arrival_of_the_vessel() -> None:
    later = whole_port_with(traffic__cargo__flows__import__barge_share=share(1))
    _, boxes = drawn(PortTimeline((0.0, 1000.0), (whole_small_port(), later)), 90)
    own = {name: column[: boxes.discharged] for name, column in boxes.table.items()}
    imports = own["flow"] == Flow.IMPORT
    late = own["t_arrived"] >= 1000
    assert np.all(own["by_out"][imports & late] == Mode.BARGE)
    assert np.any(own["by_out"][imports & ~late] == Mode.ROAD)


def test_by_barge_means_a_line_of_the_terminal_drawn_by_weight() -> None:
    by_barge = OFF["by_out"] == Mode.BARGE
    for terminal, weights in ((0, {"river_a": 2 / 3, "river_b": 1 / 3}), (1, {"river_c": 1.0})):
        line = BOXES.destination[by_barge & (OFF["terminal"] == terminal)]
        assert {SERVICES[code] for code in np.unique(line)} == set(weights)
        for name, value in weights.items():
            assert np.mean(line == SERVICES.index(name)) == near(value, len(line))


def test_by_sea_means_another_service_of_the_terminal() -> None:
    by_sea = OFF["by_out"] == Mode.SEA
    onto, own = BOXES.destination[by_sea], CALLS.service[OFF["call"]][by_sea]
    assert np.all(onto != own)
    for name, other in {"north": "south", "south": "north", "east": "west", "west": "east"}.items():
        assert set(onto[own == SERVICES.index(name)]) == {SERVICES.index(other)}


def test_by_road_there_is_no_destination() -> None:
    assert np.all(BOXES.destination[OFF["by_out"] == Mode.ROAD] == -1)


def test_a_service_draws_connections_by_what_it_loads_in_a_week() -> None:
    """North calls every week, south every 60 h, west every 84 h with vessels that load twice as much."""
    tree = whole_small_port_tree()
    large = tree["traffic"]["vessel_classes"]["feeder"]
    tree["traffic"]["vessel_classes"]["large"] = {**large, "exchange": number(320, "boxes")}
    arrivals = {"process": "renewal", "interval": number(84, "h")}
    tree["traffic"]["services"]["west"] = {"terminal": "t1", "vessel_class": "large", "arrivals": arrivals}
    calls, boxes = drawn(Port.model_validate(tree))
    own = {name: column[: boxes.discharged] for name, column in boxes.table.items()}
    mine = (own["by_out"] == Mode.SEA) & (calls.service[own["call"]] == SERVICES.index("north"))
    onto = boxes.destination[mine]
    south, west = 168 / 60 * 80, 168 / 84 * 160
    assert set(onto) == {SERVICES.index("south"), SERVICES.index("west")}
    assert np.mean(onto == SERVICES.index("south")) == near(south / (south + west), len(onto))


def test_the_only_service_of_a_terminal_takes_up_its_own_boxes() -> None:
    calls, boxes = drawn(whole_port_with(traffic__services__west=None), 200)
    own = {name: column[: boxes.discharged] for name, column in boxes.table.items()}
    alone = (own["by_out"] == Mode.SEA) & (own["terminal"] == 1)
    assert alone.any()
    assert np.array_equal(boxes.destination[alone], calls.service[own["call"]][alone])
