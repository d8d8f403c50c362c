"""Offered loads against a long run of the small port with all flows: what was asked for is what came."""

from __future__ import annotations

import numpy as np
import pytest

from sim.metrics.passage import entered, left, stacked
from sim.models import offered_loads, simulate
from sim.port.port import Port
from sim.records import Flow, Mode, RunLog
from tests.models.ports import always, horizon
from tests.models.whole_port import whole_port

WEEKS, WARM_UP = 24, 4
SKIP = WARM_UP * 168.0


def regular_port() -> Port:
    """Return the port with calls at fixed intervals and of one size: the weeks of a run then differ little."""
    moves: dict[str, object] = {}
    port = whole_port()
    for key, service in port.traffic.services.items():
        if service.arrivals.process == "renewal":
            gap = service.arrivals.interval
            moves[f"traffic__services__{key}__arrivals__interval"] = gap.model_copy(update={"distribution": None})
    exchange = port.traffic.vessel_classes["feeder"].exchange.model_copy(update={"distribution": None})
    return whole_port(**moves, traffic__vessel_classes__feeder__exchange=exchange)


PORT = regular_port()
LOADS = {load.station: load for load in offered_loads(PORT)}


@pytest.fixture(scope="module")
def log() -> RunLog:
    return simulate(always(PORT), horizon(7 * (WARM_UP + WEEKS)), 3, 0)


def test_stations_worked_as_they_were_asked_to(log: RunLog) -> None:
    for station, name in enumerate(log.names["station"]):
        load = LOADS[name]
        per_week = log.stations["work"][station] / (WARM_UP + WEEKS)
        # a station with few customers and long jobs differs more from its mean
        assert per_week == pytest.approx(load.demand, rel=0.25 if name == "scanner" else 0.12), name
        assert log.stations["capacity"][station] / (WARM_UP + WEEKS) == pytest.approx(load.capacity), name


@pytest.mark.parametrize("barge", [False, True])
@pytest.mark.parametrize("terminal", ["t1", "nansha_iv"])
def test_quays_and_cranes_worked_as_they_were_asked_to(log: RunLog, terminal: str, barge: bool) -> None:
    calls, described = log.calls, PORT.terminals[terminal]
    quay = described.basin.quay if barge and described.basin else described.quay
    name = f"{terminal} basin" if barge else terminal
    here = (calls["terminal"] == log.names["terminal"].index(terminal)) & (calls["barge"] == barge)
    mine = here & (calls["t_arrived"] > SKIP) & np.isfinite(calls["t_unberthed"])
    kept = (calls["t_unberthed"] - calls["t_assigned"]) * (calls["loa"] + quay.gap.value)
    assert kept[mine].sum() / WEEKS == pytest.approx(LOADS[f"quay {name}"].demand, rel=0.12)
    assert calls["crane_hours"][mine].sum() / WEEKS == pytest.approx(LOADS[f"cranes {name}"].demand, rel=0.12)


@pytest.mark.parametrize("terminal", ["t1", "nansha_iv"])
def test_barges_and_calls_carried_what_they_were_asked_to(log: RunLog, terminal: str) -> None:
    boxes, code = log.boxes, log.names["terminal"].index(terminal)
    here = boxes["terminal"] == code
    came = here & (boxes["by_in"] == Mode.BARGE) & (boxes["t_discharged"] > SKIP)
    went = here & (boxes["by_out"] == Mode.BARGE) & (boxes["t_loaded"] > SKIP)
    to_sea = here & (boxes["by_out"] == Mode.SEA) & (boxes["t_loaded"] > SKIP)
    assert boxes["teu"][came].sum() / WEEKS == pytest.approx(LOADS[f"barges in {terminal}"].demand, rel=0.12)
    assert boxes["teu"][went].sum() / WEEKS == pytest.approx(LOADS[f"barges out {terminal}"].demand, rel=0.12)
    assert to_sea.sum() / WEEKS == pytest.approx(LOADS[f"call room {terminal}"].demand, rel=0.12)


def test_trains_carried_what_they_were_asked_to(log: RunLog) -> None:
    later = log.trains["t_planned"] > SKIP
    assert log.trains["teu"][later].sum() / WEEKS == pytest.approx(LOADS["trains"].demand, rel=0.2)
    assert log.trains["capacity_teu"][later].sum() / WEEKS == pytest.approx(LOADS["trains"].capacity, rel=0.05)


@pytest.mark.parametrize("kind", ["laden", "empty"])
@pytest.mark.parametrize("terminal", ["t1", "nansha_iv"])
def test_the_yard_held_what_was_estimated_and_what_closed_hours_add(log: RunLog, terminal: str, kind: str) -> None:
    boxes, end = log.boxes, (WARM_UP + WEEKS) * 168.0
    here = (boxes["terminal"] == log.names["terminal"].index(terminal)) & stacked(boxes.__getitem__)
    here &= (boxes["flow"] == Flow.EMPTY) == (kind == "empty")
    came, gone = entered(boxes.__getitem__), left(boxes.__getitem__)
    here &= came < end
    hours = np.minimum(np.where(np.isnan(gone), end, gone), end) - np.maximum(came, SKIP)
    held = (boxes["teu"] * np.maximum(hours, 0))[here].sum() / (end - SKIP)
    kinds = ["empty"] if kind == "empty" else ["dry", "reefer"]
    estimate = sum(LOADS[f"yard {terminal} {slots}"].demand for slots in kinds)
    assert 0.9 * estimate < held < 1.3 * estimate
