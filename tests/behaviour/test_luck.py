"""Draws belong to the box and the call: what else comes to the port, and for how long it is run, does not move them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernel.draws import Draws
from sim.models.boxes import draw_boxes
from sim.models.calls import draw_calls
from sim.port.port import Port, PortTimeline
from sim.records import Column, RunLog
from tests.behaviour.runs import SEED, SPARE, STRAINED, busy, horizon, run, same
from tests.oracle.ports import busy_port

NEWCOMER = "orient"


def with_one_more_service(port: Port, place: int) -> Port:
    """Return the port with a copy of a service under a new name, at that place among the others."""
    services = list(port.traffic.services.items())
    services.insert(place, (NEWCOMER, port.traffic.services["south"]))
    return port.model_copy(update={"traffic": port.traffic.model_copy(update={"services": dict(services)})})


def drawn(port: Port) -> dict[str, dict[str, Column]]:
    """Return service -> all that is drawn for its boxes, in the order of its calls."""
    timeline, draws = PortTimeline((0.0,), (port,)), Draws(SEED, 0)
    calls = draw_calls(timeline, horizon(), draws)
    boxes = draw_boxes(timeline, calls, draws)
    service = calls.service[boxes.table["call"]]
    own = {name: column for name, column in boxes.table.items() if name not in {"box", "call"}}
    imports = {f"{name} [h]": column for name, column in vars(boxes.times).items()}
    return {
        key: {name: column[service == code] for name, column in own.items()}
        | {name: column[service[boxes.cleared] == code] for name, column in imports.items()}
        | {"stay": boxes.stay[service == code]}
        for code, key in enumerate(port.traffic.services)
    }


@pytest.mark.parametrize("place", [0, 2, 4])
def test_one_more_service_leaves_the_luck_of_the_others(place: int) -> None:
    port = busy_port({})
    before, after = drawn(port), drawn(with_one_more_service(port, place))
    assert len(after.pop(NEWCOMER)["teu"]) > 0
    for service, columns in before.items():
        assert len(columns["teu"]) > 0
        for name, column in columns.items():
            assert same(column, after[service][name]).all(), (service, name)


def test_one_more_service_changes_no_box_that_it_does_not_meet() -> None:
    """With room for all, each box of the others has the same hours."""
    port = busy_port({**SPARE, "terminals.t1.quay.length": 5000, "terminals.t1.cranes.count": 100})
    port = port.model_copy(update={"channel": None, "marine": None})
    before, after = run(port), run(with_one_more_service(port, 1))
    assert len(after.boxes["box"]) > len(before.boxes["box"])
    code = after.names["service"].index(NEWCOMER)
    old = after.calls["service"][after.boxes["call"]] != code
    for name in set(before.boxes) - {"box", "call"}:
        assert same(before.boxes[name], after.boxes[name][old]).all(), name


@pytest.mark.parametrize("values", [STRAINED, {**STRAINED, "customs.traders.aeo.priority": 1}], ids=["busy", "ranks"])
def test_a_shorter_run_is_the_beginning_of_a_longer_one(values: dict[str, float]) -> None:
    short, long = busy(values, 14), busy(values, 28)
    for name in short.calls:
        if name.startswith("t_"):
            check_prefix(short, short.calls[name], long.calls[name], name)
    for name, column in short.boxes.items():
        if name.startswith("t_"):
            check_prefix(short, column, long.boxes[name], name)
        elif column.dtype.kind != "f" and name not in {"found", "shipside"}:
            assert same(column, long.boxes[name][: len(column)]).all(), name
    assert np.any(np.isnan(short.boxes["t_gate_out"]) & ~np.isnan(short.boxes["t_discharged"]))


def check_prefix(short: RunLog, column: Column, longer: Column, name: str) -> None:
    """Fail unless the shorter run has just those hours of the longer one that lie within it."""
    longer = longer[: len(column)]
    assert same(column, np.where(longer <= short.end, longer, np.nan)).all(), name
