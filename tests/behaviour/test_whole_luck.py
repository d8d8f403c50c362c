"""With all flows too, draws belong to the box: one more service moves nobody's, nor does a longer run."""

from __future__ import annotations

import numpy as np
import pytest

from sim.models import simulate
from sim.port.port import Port, PortTimeline
from sim.records import Mode
from tests.behaviour.attributes import drawn
from tests.behaviour.runs import SEED, horizon, same
from tests.behaviour.whole import SPARE, STRAINED, port_with, whole

NEWCOMER = "orient"


def with_one_more(port: Port, service: str, place: int) -> Port:
    """Return the port with a copy of a service under a new name, at that place among the others."""
    services = list(port.traffic.services.items())
    services.insert(place, (NEWCOMER, port.traffic.services[service]))
    return port.model_copy(update={"traffic": port.traffic.model_copy(update={"services": dict(services)})})


def by_service(port: Port) -> dict[tuple[str, str], dict[str, np.ndarray]]:
    """Return (service, discharged or booked) -> all that is drawn for its boxes, in the order of its calls."""
    all_of_them = drawn(port)
    booked = np.arange(len(all_of_them.service)) >= all_of_them.boxes.discharged
    # lines and services by name: their codes count those before them
    names = np.array([*port.traffic.services, ""])
    known = np.nan_to_num(all_of_them.own["destination"], nan=-1).astype(int)
    own = all_of_them.own | {"destination": names[known]}
    return {
        (key, what): {name: column[(all_of_them.service == code) & rows] for name, column in own.items()}
        for code, key in enumerate(port.traffic.services)
        for what, rows in (("discharged", ~booked), ("booked", booked))
    }


@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("copied", ["east", "river_c"])
def test_one_more_service_leaves_the_luck_of_the_others(copied: str, place: int) -> None:
    """But a box in transit may draw the newcomer for its vessel or its barge: at the newcomer's own terminal only."""
    port = port_with({})
    before, after = by_service(port), by_service(with_one_more(port, copied, place))
    assert len(after.pop((NEWCOMER, "discharged"))["teu"]) > 0 or copied == "river_c"
    assert len(after.pop((NEWCOMER, "booked"))["teu"]) > 0 or copied == "river_c"
    for key, columns in before.items():
        for name, column in columns.items():
            if name == "destination":
                way = Mode.SEA if copied == "east" else Mode.BARGE
                others = (columns["terminal"] != 1) | (columns["by_out"] != way)
                assert np.array_equal(column[others], after[key][name][others]), key
            else:
                assert same(column, after[key][name]).all(), (key, name)


def test_one_more_service_changes_no_box_that_it_does_not_meet() -> None:
    """With room for all, and at a terminal of its own: what is at the others has the same hours."""
    values = SPARE | {f"terminals.{key}.quay.length": 5000 for key in ("t1", "nansha_iv")}
    port = port_with(values).model_copy(update={"channel": None, "marine": None})
    logs = [
        simulate(PortTimeline((0.0,), (one,)), horizon(35), SEED, 0) for one in (port, with_one_more(port, "east", 2))
    ]
    here = [log.boxes["terminal"] == 0 for log in logs]
    assert here[0].sum() == here[1].sum() > 1000
    assert len(logs[1].boxes["box"]) > len(logs[0].boxes["box"])
    for name in set(logs[0].boxes) - {"box", "call", "call_out", "booked"}:
        assert same(logs[0].boxes[name][here[0]], logs[1].boxes[name][here[1]]).all(), name


@pytest.mark.parametrize("values", [{}, STRAINED], ids=["plain", "strained"])
def test_a_shorter_run_is_the_beginning_of_a_longer_one_up_to_the_first_box_that_it_lacks(
    values: dict[str, float],
) -> None:
    """It ends before the vessels come on which that box and those after it are booked, so none of them is brought."""
    short, long = whole(values, 35), whole(values, 49)
    plan = drawn(port_with(values), 49)
    due = plan.calls.t_arrived[plan.boxes.table["booked"][plan.boxes.discharged :]]
    first = float(plan.boxes.planned[due >= short.end].min())
    assert 0 < first < short.end
    for name in (name for name in short.calls if name.startswith("t_")):
        hours, longer = short.calls[name], long.calls[name][: len(short.calls["call"])]
        early = (hours < first) | (longer < first)
        assert same(hours, longer)[early].all(), name
        assert early.any(), name
    booked = [log.boxes["booked"] for log in (short, long)]
    pairs = [
        (
            np.flatnonzero(booked[0] < 0),
            np.flatnonzero((booked[1] < 0) & (long.boxes["call"] < len(short.calls["call"]))),
        ),
        (np.flatnonzero(booked[0] >= 0), np.flatnonzero((booked[1] >= 0) & (booked[1] < len(short.calls["call"])))),
    ]
    for rows, others in pairs:
        assert len(rows) == len(others)
        for name in (name for name in short.boxes if name.startswith("t_")):
            hours, longer = short.boxes[name][rows], long.boxes[name][others]
            early = (hours < first) | (longer < first)
            assert same(hours, longer)[early].all(), name
