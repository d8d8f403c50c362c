"""Traces that say little: a few calls, a few boxes, one column at a time."""

from __future__ import annotations

import pickle
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.metrics import conservation
from sim.models import offered_loads, simulate, traced_ports
from sim.models.boxes import Boxes, draw_boxes
from sim.models.calls import Calls, draw_calls
from sim.models.traced import traced_calls
from sim.port.port import Port, PortTimeline
from sim.port.traces import BoxTrace, CallTrace, Traces
from sim.records import Flow, Mode
from tests.models.ports import always, port_with
from tests.models.trace_files import hours, traced
from tests.oracle.compare import compare
from tests.small_port import number, small_port, small_port_tree, whole_small_port

DRAWS = Draws(7, 0)
WHOLE = whole_small_port()
NAMES = list(WHOLE.traffic.services)
EAST, WEST, RIVER = (NAMES.index(name) for name in ("east", "west", "river_c"))
FEEDER, BARGE = (list(WHOLE.traffic.vessel_classes).index(name) for name in ("feeder", "barge"))


def called(*rows: tuple[float, int], **said: Any) -> CallTrace:
    """Return calls (hour, service); of the rest only what is said."""
    n = len(rows)
    none = np.full(n, -1)
    classes = np.array([BARGE if service >= NAMES.index("river_a") else FEEDER for _, service in rows], dtype=np.int64)
    columns = {"vessel_class": classes, "draft": np.full(n, np.nan), "discharge": none, "load": none}
    columns |= {name: np.asarray(values) for name, values in said.items()}
    return CallTrace(np.array([t for t, _ in rows], dtype=float), np.array([s for _, s in rows], dtype=int), **columns)


def boxes(**said: Any) -> BoxTrace:
    """Return boxes of which only these columns are said."""
    n = len(next(iter(said.values())))
    columns = {f.name: np.full(n, -1) for f in fields(BoxTrace)} | {"planned": np.full(n, np.nan)}
    return BoxTrace(**columns | {name: np.asarray(values) for name, values in said.items()})


def draw(port: Port, traces: Traces | None, days: int = 30) -> tuple[Calls, Boxes]:
    timeline = PortTimeline((0.0,), (port,), traces)
    calls = draw_calls(timeline, hours(days), DRAWS)
    return calls, draw_boxes(timeline, calls, DRAWS)


def test_only_the_services_of_the_trace_are_replaced() -> None:
    calls, _ = draw(WHOLE, Traces((EAST,), called((10.0, EAST), (50.0, EAST))))
    drawn, _ = draw(WHOLE, None)
    assert calls.t_arrived[calls.service == EAST].tolist() == [10.0, 50.0]
    others = calls.service != EAST
    assert calls.t_arrived[others].tolist() == drawn.t_arrived[drawn.service != EAST].tolist()
    assert np.all(calls.trace[others] == -1)


def test_a_service_that_the_trace_stands_for_without_a_call_makes_none() -> None:
    calls, _ = draw(WHOLE, Traces((EAST, WEST), called((10.0, EAST))))
    assert WEST not in calls.service
    assert calls.boxes["west"] == calls.boxes["west booked"] == 0


def test_the_boxes_of_other_services_keep_their_luck() -> None:
    traces = Traces((EAST,), called((10.0, EAST)), boxes(call=[0, 0], teu=[2, 1]))
    for (calls, own), flow in zip((draw(WHOLE, traces), draw(WHOLE, None)), ("a", "b"), strict=True):
        owner = np.where(own.table["call"] >= 0, own.table["call"], own.table["booked"])
        rows = calls.service[owner] == WEST
        columns = ("flow", "teu", "reefer", "goods", "trader", "advance", "manual", "selected", "by_in", "by_out")
        found = {name: own.table[name][rows] for name in columns}
        if flow == "a":
            first = found
    assert len(first["flow"]) > 100
    assert all(np.array_equal(first[name], found[name]) for name in first)


def test_calls_that_only_say_when_are_those_of_the_same_places() -> None:
    drawn, own = draw(WHOLE, None)
    mine = drawn.service == EAST
    trace = called(*((t, EAST) for t in drawn.t_arrived[mine].tolist()))
    calls, same = draw(WHOLE, Traces((EAST,), trace))
    for field in fields(Calls):
        if field.name not in ("trace", "boxes"):
            assert np.array_equal(getattr(calls, field.name), getattr(drawn, field.name)), field.name
    assert all(same.table[name].tobytes() == own.table[name].tobytes() for name in own.table)


def test_what_a_call_says_is_taken_and_the_rest_is_drawn() -> None:
    rows = ((10.0, EAST), (20.0, EAST), (30.0, EAST))
    drawn, _ = draw(WHOLE, Traces((EAST,), called(*rows)))
    said = called(*rows, draft=[np.nan, 7.5, np.nan], discharge=[-1, 0, 33], load=[21, -1, 0])
    calls, _ = draw(WHOLE, Traces((EAST,), said))
    a, b = calls.service == EAST, drawn.service == EAST
    assert calls.draft[a].tolist() == [drawn.draft[b][0], 7.5, drawn.draft[b][2]]
    assert calls.discharge[a].tolist() == [drawn.discharge[b][0], 0, 33]
    assert calls.load[a].tolist() == [21, drawn.load[b][1], 0]
    room = WHOLE.traffic.cargo.bookings
    assert room is not None
    assert calls.booked[a].tolist() == np.rint(calls.load[a] * (1 - room.connection_room.value)).astype(int).tolist()


def test_a_call_may_be_of_another_class_and_draws_from_it() -> None:
    tree = port_with(traffic__vessel_classes__large={**_feeder(), "exchange": number(1000, "boxes")})
    trace = CallTrace(
        t_arrived=np.array([1.0, 2.0, 3.0]),
        service=np.zeros(3, dtype=int),
        vessel_class=np.array([0, 1, 0]),
        draft=np.full(3, np.nan),
        discharge=np.full(3, -1),
        load=np.full(3, -1),
    )
    calls = draw_calls(traced(tree, Traces((0, 1), trace)), hours(10), DRAWS)
    assert calls.vessel_class.tolist() == [0, 1, 0]
    moves = calls.discharge + calls.load
    assert moves[1] == 1000
    assert np.all(moves[[0, 2]] < 400)


def _feeder() -> dict[str, Any]:
    feeder: dict[str, Any] = small_port_tree()["traffic"]["vessel_classes"]["feeder"]
    return feeder


def test_a_load_that_is_not_said_leaves_the_usual_room_beside_what_is_booked() -> None:
    booked = boxes(booked=[0] * 47, flow=[Flow.EXPORT] * 47)
    calls, _ = draw(WHOLE, Traces((EAST,), called((200.0, EAST)), booked))
    mine = calls.service == EAST
    assert (calls.discharge[mine].tolist(), calls.booked[mine].tolist(), calls.load[mine].tolist()) == ([0], [47], [50])


def test_every_column_of_a_discharged_box_is_taken() -> None:
    trace = boxes(
        call=[0, 0, 0],
        flow=[Flow.IMPORT, Flow.TRANSHIPMENT, Flow.IMPORT],
        teu=[1, 2, -1],
        reefer=[1, 0, -1],
        goods=[1, 0, 1],
        trader=[2, 0, 0],
        by_out=[Mode.ROAD, Mode.SEA, Mode.BARGE],
        onward=[-1, WEST, RIVER],
    )
    calls, own = draw(WHOLE, Traces((EAST,), called((200.0, EAST)), trace))
    (number_,) = np.flatnonzero(calls.service == EAST)
    rows = np.flatnonzero(own.table["call"][: own.discharged] == number_)
    table = {name: own.table[name][rows].tolist() for name in ("flow", "teu", "reefer", "trader", "goods", "by_out")}
    assert table["flow"] == [Flow.IMPORT, Flow.TRANSHIPMENT, Flow.IMPORT]
    assert table["teu"][:2] == [1, 2]
    assert table["reefer"][:2] == [True, False]
    assert table["trader"] == [2, -1, 0], "a transhipment has no trader"
    assert table["goods"][0] == 1
    assert table["by_out"] == [Mode.ROAD, Mode.SEA, Mode.BARGE]
    assert own.destination[rows].tolist() == [-1, WEST, RIVER]


def test_every_column_of_a_booked_box_is_taken() -> None:
    trace = boxes(
        call=[-1, 0, 0, -1, -1],
        booked=[1] * 5,
        flow=[Flow.EXPORT, Flow.EXPORT, Flow.EMPTY, Flow.EXPORT, Flow.EXPORT],
        by_in=[Mode.ROAD, Mode.BARGE, Mode.BARGE, -1, Mode.BARGE],
        by_out=[Mode.RAIL, Mode.SEA, -1, -1, -1],
        planned=[90.5, np.nan, 70.0, -30.0, 5.0],
        trader=[0, 2, -1, -1, -1],
    )
    calls, own = draw(WHOLE, Traces((EAST, RIVER), called((80.0, RIVER), (200.0, EAST)), trace))
    barge, vessel = (int(np.flatnonzero(calls.service == service)[0]) for service in (RIVER, EAST))
    rows = np.flatnonzero(own.table["booked"] == vessel)
    assert own.table["call"][rows[:3]].tolist() == [-1, barge, barge]
    assert own.table["call"][rows[4]] == barge, "drawn: the first barge of its line after it is planned"
    assert own.table["by_in"][rows].tolist()[:3] == [Mode.ROAD, Mode.BARGE, Mode.BARGE]
    assert own.table["by_out"][rows].tolist()[:3] == [Mode.RAIL, Mode.SEA, Mode.SEA]
    assert own.table["europe"][rows[0]]
    planned = own.planned[rows - own.discharged]
    assert planned.tolist() == [90.5, 80.0, 70.0, -30.0, 5.0], "who names a barge plans on her"
    assert own.table["trader"][rows[0]] == 0
    assert set(rows[[1, 2, 4]].tolist()) <= set(own.brought[barge].tolist())


def test_named_boxes_take_their_room_on_a_barge_before_the_drawn_ones() -> None:
    """She carries 100 TEU: 49 boxes of 2 TEU that name her leave room for one of those that only come by barge."""
    n = 49
    trace = boxes(
        call=[0] * n + [-1] * 3,
        booked=[1] * (n + 3),
        flow=[Flow.DOMESTIC] * (n + 3),
        by_in=[Mode.BARGE] * (n + 3),
        teu=[2] * (n + 3),
        planned=[np.nan] * n + [1.0] * 3,
    )
    for more in (0, 40):  # too many are said to be aboard: they are, and none of the others
        columns = {f.name: getattr(trace, f.name) for f in fields(BoxTrace)}
        full = boxes(**{name: np.concatenate([np.repeat(of[:1], more), of]) for name, of in columns.items()})
        calls, own = draw(WHOLE, Traces((EAST, WEST, RIVER), called((80.0, RIVER), (200.0, EAST)), full))
        (barge,) = np.flatnonzero(calls.service == RIVER)
        assert len(own.brought[int(barge)]) == n + (more or 1)


def test_the_run_of_a_trace_is_that_of_one_process_per_box() -> None:
    trace = boxes(
        call=[1] * 30 + [0] * 5 + [-1] * 20,
        booked=[-1] * 30 + [2] * 25,
        flow=[Flow.IMPORT] * 20 + [Flow.TRANSHIPMENT] * 10 + [Flow.EXPORT] * 25,
        by_in=[-1] * 30 + [Mode.BARGE] * 5 + [-1] * 20,
        by_out=[Mode.BARGE] * 5 + [Mode.ROAD] * 15 + [Mode.SEA] * 5 + [Mode.BARGE] * 5 + [-1] * 25,
    )
    calls = called((60.0, RIVER), (80.0, EAST), (300.0, WEST), (330.0, RIVER))
    timeline = traced(WHOLE, Traces((EAST, WEST, RIVER), calls, trace))
    found = compare(timeline, hours(25), 3)
    assert found.wrong == []
    assert conservation(found.log) == []


def test_no_calls_at_all() -> None:
    none = called()
    log = simulate(traced(WHOLE, Traces(tuple(range(len(NAMES))), none)), hours(3), 1, 0)
    assert len(log.calls["call"]) == len(log.boxes["box"]) == 0


def test_traces_go_to_the_workers_and_compare_by_what_they_say() -> None:
    traces = Traces((EAST,), called((10.0, EAST)), boxes(call=[0], teu=[2]), {"a.csv": 1})
    timeline = traced(WHOLE, traces)
    sent = pickle.loads(pickle.dumps(timeline))
    assert sent == timeline
    assert hash(sent.traces) == hash(traces)
    assert sent.traces.fingerprint == traces.fingerprint
    other = Traces((EAST,), called((10.0, EAST)), boxes(call=[0], teu=[1]))
    assert other != traces
    assert traces != Traces((EAST,), called((10.0, EAST)))
    assert traces == Traces((EAST,), called((10.0, EAST)), boxes(call=[0], teu=[2]), {"b.parquet": 1}, 3)


def test_loads_are_of_the_port_as_the_trace_uses_it() -> None:
    def load(traces: Traces | None) -> dict[str, float]:
        (port,) = traced_ports(PortTimeline((0.0,), (WHOLE,), traces), hours(30))
        return {load.station: load.load for load in offered_loads(port)}

    assert traced_ports(always(WHOLE), hours(30)) == (WHOLE,)
    many = called(*((10.0 * k, EAST) for k in range(70)), discharge=[100] * 70, load=[100] * 70)
    few = called((10.0, EAST), (40.0, EAST), discharge=[10, 10], load=[10, 10])
    loads = [load(Traces((EAST,), trace)) for trace in (few, many)]
    assert loads[0]["quay nansha_iv"] < load(None)["quay nansha_iv"] < loads[1]["quay nansha_iv"]
    assert loads[0]["quay t1"] == load(None)["quay t1"]
    assert load(Traces((EAST, WEST), called()))["quay nansha_iv"] == 0
    of_boxes = Traces((EAST,), called((10.0, EAST)), boxes(call=[0], teu=[2]))
    assert traced_ports(traced(WHOLE, of_boxes), hours(30)) == (), "their ways are not the shares that loads rest on"


def test_small_ports_count_what_vessels_load() -> None:
    """Without bookings loads are counts, which a trace may give."""
    port = small_port()
    trace = CallTrace(
        t_arrived=np.array([5.0]),
        service=np.array([0]),
        vessel_class=np.array([0]),
        draft=np.array([np.nan]),
        discharge=np.array([-1]),
        load=np.array([17]),
    )
    own = boxes(call=[0, 0], flow=[Flow.IMPORT, Flow.EMPTY])
    log = simulate(traced(port, Traces((0, 1), trace, own)), hours(20), 1, 0)
    assert log.calls["load_boxes"].tolist() == [17]
    assert log.calls["discharge_boxes"].tolist() == [2]
    assert conservation(log) == []


def test_a_timeline_without_traces_has_no_traced_calls() -> None:
    with pytest.raises(TypeError, match="there are no traces"):
        traced_calls(always(small_port()), 0, lambda t, c: {}, lambda p: 0.0)
