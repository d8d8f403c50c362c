"""What a run leaves behind at its last hour: nothing that was still to come, and names and slots for what there is."""

from __future__ import annotations

import numpy as np
import pytest

from sim.models import simulate
from sim.port.port import Port
from sim.records import BOX_FIELDS, CALL_FIELDS, EVENT_FIELDS, RAIL_FIELDS, TRAIN_FIELDS, Field, Mode, RunLog
from tests.models.ports import always, at, horizon, lone_port, whole_port_with
from tests.models.test_barge_call import BY_BARGE, river
from tests.small_port import share


def ended(port: Port, days: int) -> RunLog:
    return simulate(always(port), horizon(days), 1, 0)


WHOLE = ended(whole_port_with(traffic__cargo__bookings__europe_share=share(0.6)), 30)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("events", EVENT_FIELDS),
        ("calls", CALL_FIELDS),
        ("boxes", BOX_FIELDS),
        ("rail", RAIL_FIELDS),
        ("trains", TRAIN_FIELDS),
    ],
)
def test_tables_are_those_of_the_schema(table: str, fields: tuple[Field, ...]) -> None:
    columns = getattr(WHOLE, table)
    assert list(columns) == [field.name for field in fields]
    for field in fields:
        assert columns[field.name].dtype == np.dtype(field.dtype), field.name
    assert len({len(column) for column in columns.values()}) == 1
    assert len(next(iter(columns.values()))) > 0


def test_nothing_is_told_that_comes_after_the_end() -> None:
    for table in (WHOLE.boxes, WHOLE.calls, WHOLE.rail, WHOLE.trains):
        for name, column in table.items():
            if name.startswith("t_") and name != "t_europe":
                assert not np.any(column > WHOLE.end), name
    assert np.all(WHOLE.rail["t_europe"][np.isfinite(WHOLE.rail["t_departed"])] > WHOLE.end - 400)


def test_a_box_has_the_call_that_took_it_once_it_is_aboard() -> None:
    aboard = np.isfinite(WHOLE.boxes["t_loaded"])
    assert np.array_equal(WHOLE.boxes["call_out"] >= 0, aboard)
    loads = np.bincount(WHOLE.boxes["call_out"][aboard], minlength=len(WHOLE.calls["call"]))
    done = np.isfinite(WHOLE.calls["t_worked"])
    assert np.array_equal(loads[done], WHOLE.calls["load_boxes"][done])
    teu = np.bincount(
        WHOLE.boxes["call_out"][aboard], weights=WHOLE.boxes["teu"][aboard], minlength=len(WHOLE.calls["call"])
    )
    assert np.array_equal(teu[done], WHOLE.calls["load_teu"][done])


def test_a_run_that_ends_while_a_barge_is_worked() -> None:
    """The barge is berthed at 22:18 of the ninth day and has 75 boxes; 35 of them are off at its end."""
    log = ended(lone_port(traffic__services=river("tue 22:00"), **BY_BARGE), 9)
    own = {name: column[log.boxes["booked"] == 2] for name, column in log.boxes.items()}
    barge = np.flatnonzero(log.calls["barge"])[-1]
    off = np.isfinite(own["t_discharged"])
    assert off.sum() == 35
    assert np.array_equal(own["call"] == barge, off)
    assert np.array_equal(np.isfinite(own["t_arrived"]), off)
    assert np.array_equal(np.isfinite(own["t_berthed"]), off)
    assert log.calls["discharge_boxes"][barge] == 75


def test_a_run_that_ends_while_a_vessel_is_loaded() -> None:
    """She comes at 20:00 of the ninth day: what she loads is decided, and some of it is aboard, before midnight."""
    late = {"sea": {"terminal": "t1", "vessel_class": "feeder", "arrivals": at("tue 20:00"), "berth": "sea"}}
    log = ended(lone_port(traffic__services=river("sat 10:00") | late), 9)
    call = np.flatnonzero(~log.calls["barge"])[-1]
    assert log.calls["load_boxes"][call] == 75
    assert 0 < np.sum(log.boxes["call_out"] == call) < 75
    assert np.isnan(log.calls["t_worked"][call])


def test_slots_and_quays_are_told_by_name() -> None:
    kinds = {f"{key}.{kind}" for key in ("t1", "nansha_iv", "nansha_v") for kind in ("dry", "reefer", "empty")}
    assert set(WHOLE.yard) == kinds
    assert WHOLE.yard["t1.empty"] == 2000
    assert WHOLE.quay["t1"] == (500, 15)
    assert WHOLE.quay["nansha_iv basin"] == (200, 5)
    bare = ended(lone_port(terminals__t1__yard__empty=None), 2)
    assert "t1.empty" not in bare.yard
    assert "nansha_iv.empty" in bare.yard


def test_modes_and_calls_of_a_box_go_together() -> None:
    boxes, calls = WHOLE.boxes, WHOLE.calls
    brought = boxes["call"] >= 0
    assert np.array_equal(calls["barge"][boxes["call"][brought]], boxes["by_in"][brought] == Mode.BARGE)
    assert not np.any(brought & (boxes["by_in"] == Mode.ROAD))
    taken = boxes["call_out"] >= 0
    assert np.array_equal(calls["barge"][boxes["call_out"][taken]], boxes["by_out"][taken] == Mode.BARGE)
    assert set(boxes["by_out"][taken]) == {Mode.SEA, Mode.BARGE}
    assert np.array_equal(calls["terminal"][boxes["call_out"][taken]], boxes["terminal"][taken])
    assert np.array_equal(calls["terminal"][boxes["call"][brought]], boxes["terminal"][brought])


def test_a_vessel_takes_only_what_is_booked_on_her_service_or_drew_it() -> None:
    boxes, calls = WHOLE.boxes, WHOLE.calls
    mine = (boxes["booked"] >= 0) & (boxes["call_out"] >= 0)
    assert np.array_equal(calls["service"][boxes["call_out"][mine]], calls["service"][boxes["booked"][mine]])
    missed = mine & (boxes["rolled"] > 0)
    assert missed.any()
    assert np.array_equal(
        boxes["call_out"][mine & (boxes["rolled"] == 0)], boxes["booked"][mine & (boxes["rolled"] == 0)]
    )
    assert np.all(boxes["call_out"][missed] != boxes["booked"][missed])


def test_the_cost_of_the_run_is_counted() -> None:
    assert WHOLE.counts["boxes"] == len(WHOLE.boxes["box"])
    assert WHOLE.counts["calls"] == len(WHOLE.calls["call"])
    assert WHOLE.counts["simpy_events"] > WHOLE.counts["calls"]
