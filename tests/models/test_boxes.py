"""What boxes are: columns in order of call and working order, each with luck of its own."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models import simulate
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.models.luck import Luck
from sim.port.port import Port, PortTimeline
from sim.records import BOX_FIELDS, Flow
from tests.models.ports import always, horizon, port_with
from tests.small_port import number, share, small_port

DAYS = 600


def drawn(port: Port, days: int = DAYS, seed: int = 3) -> tuple[Calls, Boxes]:
    draws = Draws(seed, 0)
    calls = draw_calls(always(port), horizon(days), draws)
    return calls, draw_boxes(always(port), calls, draws)


CALLS, BOXES = drawn(small_port())
TABLE = BOXES.table


def near(value: float, n: int) -> Any:
    return pytest.approx(value, abs=4 * np.sqrt(value * (1 - value) / n))


def test_one_row_a_box_in_order_of_call() -> None:
    assert list(TABLE) == [field.name for field in BOX_FIELDS]
    assert all(TABLE[field.name].dtype == np.dtype(field.dtype) for field in BOX_FIELDS)
    assert np.array_equal(TABLE["box"], np.arange(CALLS.discharge.sum()))
    assert np.array_equal(np.bincount(TABLE["call"], minlength=len(CALLS)), CALLS.discharge)
    assert np.all(np.diff(TABLE["call"]) >= 0)
    assert np.array_equal(TABLE["call"][BOXES.start[CALLS.discharge > 0]], np.flatnonzero(CALLS.discharge))
    assert np.array_equal(TABLE["t_arrived"], CALLS.t_arrived[TABLE["call"]])


def test_shares_of_flows_sizes_and_goods() -> None:
    n = len(TABLE["box"])
    for flow, value in ((Flow.IMPORT, 0.8), (Flow.TRANSHIPMENT, 0.1), (Flow.DOMESTIC, 0.05), (Flow.EMPTY, 0.05)):
        assert np.mean(TABLE["flow"] == flow) == near(value, n)
    assert np.mean(TABLE["teu"] == 2) == near(0.6, n)
    assert set(TABLE["teu"]) == {1, 2}
    imports = TABLE["goods"][BOXES.cleared]
    assert np.mean(imports == 1) == near(0.1, len(imports))


def test_codes_of_flows_do_not_hang_on_their_order_in_the_file() -> None:
    flows = {
        "empty": {"share": share(0.05), "stay": number(190, "h")},
        "import": {"share": share(0.8)},
        "transhipment": {"stay": number(100, "h")},
    }
    _, boxes = drawn(port_with(traffic__cargo__flows=flows))
    assert np.mean(boxes.table["flow"] == Flow.IMPORT) == near(0.8, len(boxes.stay))
    assert set(boxes.stay[boxes.table["flow"] == Flow.EMPTY]) == {190.0}
    assert set(boxes.stay[boxes.table["flow"] == Flow.TRANSHIPMENT]) == {100.0}


def test_only_imports_have_traders_goods_and_a_way_through_customs() -> None:
    others = TABLE["flow"] != Flow.IMPORT
    assert np.array_equal(np.flatnonzero(~others), BOXES.cleared)
    assert np.all(TABLE["trader"][others] == -1)
    assert np.all(TABLE["goods"][others] == -1)
    for flag in ("advance", "two_step", "selected", "quarantine", "scan", "dutiable", "manual", "shipside"):
        assert not TABLE[flag][others].any()
        assert TABLE[flag][~others].any()
    assert np.array_equal(BOXES.slot[BOXES.cleared], np.arange(len(BOXES.cleared)))
    assert np.all(BOXES.slot[others] == -1)


def test_the_others_have_a_stay_and_imports_have_none() -> None:
    for flow, hours in ((Flow.TRANSHIPMENT, 100), (Flow.DOMESTIC, 70), (Flow.EMPTY, 190)):
        assert set(BOXES.stay[TABLE["flow"] == flow]) == {hours}
    assert np.all(np.isnan(BOXES.stay[BOXES.cleared]))


def test_an_empty_box_is_never_a_reefer() -> None:
    assert not TABLE["reefer"][TABLE["flow"] == Flow.EMPTY].any()
    food = BOXES.cleared[TABLE["goods"][BOXES.cleared] == 1]
    assert np.mean(TABLE["reefer"][food]) == near(0.6, len(food))


def test_nothing_has_happened_yet() -> None:
    assert all(np.all(np.isnan(c)) for name, c in TABLE.items() if name.startswith("t_") and name != "t_arrived")


def test_a_port_without_imports_or_without_boxes_runs() -> None:
    none = {"import": {"share": share(0)}, "empty": {"stay": number(190, "h")}}
    _, boxes = drawn(port_with(traffic__cargo__flows=none), days=30)
    assert len(boxes.cleared) == 0
    log = simulate(always(port_with(traffic__vessel_classes__feeder__discharge_share=0)), horizon(10), 1, 0)
    assert len(log.boxes["box"]) == 0
    assert np.all(np.isfinite(log.calls["t_discharged"][:1]))


def same_boxes(a: tuple[Calls, Boxes], b: tuple[Calls, Boxes], service: int) -> bool:
    """Whether the boxes of one service are the same in both, whatever else there is."""
    rows = [np.flatnonzero(calls.service[boxes.table["call"]] == service) for calls, boxes in (a, b)]
    n = min(len(r) for r in rows)
    tables = [{k: v[r[:n]] for k, v in boxes.table.items()} for (_, boxes), r in zip((a, b), rows, strict=True)]
    return n > 0 and all(
        tables[0][k].tobytes() == tables[1][k].tobytes() for k in tables[0] if k not in {"box", "call"}
    )


def test_a_box_keeps_its_luck_whatever_another_service_brings() -> None:
    busy = {"process": "renewal", "interval": number(7, "h", "exponential")}
    assert same_boxes((CALLS, BOXES), drawn(port_with(traffic__services__south__arrivals=busy)), service=0)
    assert same_boxes((CALLS, BOXES), drawn(port_with(traffic__services__south=None)), service=0)


def test_a_box_keeps_its_luck_in_a_longer_run() -> None:
    for service in (0, 1):
        assert same_boxes((CALLS, BOXES), drawn(small_port(), days=DAYS + 100), service)


def test_only_what_a_value_decides_moves_with_it() -> None:
    _, moved = drawn(port_with(customs__declaration__advance_share=0.7))
    different = {name for name in TABLE if TABLE[name].tobytes() != moved.table[name].tobytes()}
    assert different == {"advance", "shipside"}
    assert not np.any(TABLE["advance"] & ~moved.table["advance"])


def test_a_piece_of_the_timeline_moves_only_the_boxes_that_come_in_it() -> None:
    timeline = PortTimeline((0.0, 4000.0), (small_port(), port_with(customs__review__manual_share=0.9)))
    draws = Draws(3, 0)
    calls = draw_calls(timeline, horizon(DAYS), draws)
    moved = draw_boxes(timeline, calls, draws)
    changed = moved.table["manual"] != TABLE["manual"]
    assert changed.any()
    assert np.all(TABLE["t_arrived"][changed] >= 4000)
    assert np.array_equal(moved.times.prepare, BOXES.times.prepare)


def test_purposes_are_independent() -> None:
    luck = Luck(Draws(3, 0), CALLS)
    names = ("flow", "size", "goods", "advance", "two-step", "documents", "selection", "infringement", "stay", "spread")
    limit = 4 / np.sqrt(len(TABLE["box"]))
    assert all(abs(np.corrcoef(luck(a), luck(b))[0, 1]) < limit for a, b in combinations(names, 2))


def test_luck_of_some_boxes_is_part_of_the_luck_of_all() -> None:
    luck, some = Luck(Draws(3, 0), CALLS), np.array([5, 900, 17])
    assert luck.narrowed(some)("size").tolist() == luck("size")[some].tolist()


def test_no_two_boxes_share_a_place() -> None:
    places = Luck(Draws(3, 0), CALLS)._owners.places
    assert len(set(places.tolist())) == len(places)


def test_teu_of_a_call_are_those_of_its_boxes() -> None:
    log = simulate(always(small_port()), horizon(60), 3, 0)
    teu = np.bincount(log.boxes["call"], weights=log.boxes["teu"].astype(float), minlength=len(log.calls["call"]))
    assert np.array_equal(teu, log.calls["discharge_teu"])
    assert log.calls["load_teu"] == pytest.approx(log.calls["load_boxes"] * 1.6)
