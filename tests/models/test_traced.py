"""Calls and boxes of a trace: what it says comes back, what it does not say keeps its draws, and no box is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.draws import Draws
from sim.metrics import conservation
from sim.models import simulate
from sim.models.boxes import draw_boxes
from sim.models.calls import draw_calls
from sim.port.port import Port
from sim.records import Mode, RunLog
from tests.models.ports import always
from tests.models.trace_files import Drawn, hours, read, traced, write
from tests.small_port import small_port, whole_small_port

PORTS = {"imports": small_port(), "whole": whole_small_port()}
GIVEN = ("call", "booked", "terminal", "flow", "by_in", "by_out", "teu", "reefer", "goods", "trader")
"""Columns of the box table that a trace can say."""


def drawn(port: Port, days: int, seed: int) -> Drawn:
    draws = Draws(seed, 0)
    calls = draw_calls(always(port), hours(days), draws)
    return Drawn(port, calls, draw_boxes(always(port), calls, draws))


def without_weekly(port: Port) -> Port:
    """Return a port whose services all are renewal processes: place k of each is its k-th call in the run."""
    services = {key: s for key, s in port.traffic.services.items() if s.arrivals.process == "renewal"}
    traffic = port.traffic.model_copy(update={"services": services})
    return port.model_copy(update={"traffic": traffic})


def as_bytes(log: RunLog) -> bytes:
    tables = (log.events, log.calls, log.boxes, log.stations, log.rail, log.trains)
    return b"".join(table[name].tobytes() for table in tables for name in table)


@pytest.mark.parametrize("kind", PORTS)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), other=st.integers(0, 10_000), days=st.integers(1, 20))
def test_a_trace_written_from_a_run_gives_its_calls_and_boxes_back(
    kind: str, seed: int, other: int, days: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    port = PORTS[kind]
    first, folder = drawn(port, days, seed), tmp_path_factory.mktemp("trace")
    write(first, folder)
    timeline, draws = traced(port, read(folder, port, hours(days).start)), Draws(other, 3)
    calls = draw_calls(timeline, hours(days), draws)
    boxes = draw_boxes(timeline, calls, draws)
    for name in ("t_arrived", "service", "terminal", "vessel_class", "draft", "barge", "discharge", "load", "booked"):
        assert getattr(calls, name).tobytes() == getattr(first.calls, name).tobytes(), name
    # a box for which no barge had room is said to come by barge, and by which is drawn again
    waiting = (first.boxes.table["by_in"] == Mode.BARGE) & (first.boxes.table["call"] < 0)
    for name in GIVEN:
        same = boxes.table[name] == first.boxes.table[name]
        # trader and goods are not said of boxes that nobody clears, and one port or another may clear an export
        if name in ("trader", "goods"):
            same |= first.boxes.table[name] < 0
            same |= boxes.table["one_port"]
        assert np.all(same | waiting), name
    assert boxes.planned.tobytes() == first.boxes.planned.tobytes()
    said = first.boxes.destination >= 0
    assert np.array_equal(boxes.destination[said], first.boxes.destination[said])


@pytest.mark.parametrize("kind", PORTS)
def test_with_the_same_draws_the_whole_run_is_the_same_to_the_bit(kind: str, tmp_path: Path) -> None:
    port = without_weekly(PORTS[kind])
    write(drawn(port, 30, 4), tmp_path)
    timeline = traced(port, read(tmp_path, port, hours(30).start))
    assert as_bytes(simulate(timeline, hours(30), 4, 0)) == as_bytes(simulate(always(port), hours(30), 4, 0))


def test_a_trace_longer_than_the_run_is_cut_at_its_end(tmp_path: Path) -> None:
    port = without_weekly(whole_small_port())
    write(drawn(port, 40, 4), tmp_path)
    timeline = traced(port, read(tmp_path, port, hours(40).start))
    assert as_bytes(simulate(timeline, hours(20), 4, 0)) == as_bytes(simulate(always(port), hours(20), 4, 0))


def test_no_box_of_a_trace_is_lost(tmp_path: Path) -> None:
    port = PORTS["whole"]
    first = drawn(port, 40, 8)
    write(first, tmp_path)
    log = simulate(traced(port, read(tmp_path, port, hours(40).start)), hours(40), 99, 1)
    assert conservation(log) == []
    assert len(log.boxes["box"]) == len(first.boxes.table["box"])
    off = first.boxes.table["teu"][: first.boxes.discharged].sum()
    assert log.calls["discharge_teu"][~log.calls["barge"]].sum() == off
