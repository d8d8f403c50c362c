"""The yard never holds more than its slots; a full yard stops the quay, and the quay goes on when there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.records import Event, RunLog
from tests.behaviour.runs import STRAINED, busy

PAUSE = 0.5
SHORT_OF_DRY = STRAINED
SHORT_OF_REEFER = {"terminals.t1.yard.reefer.teu": 20, "customs.quarantine.food.sampling_rate": 1}
every_run = pytest.mark.parametrize("values", [{}, SHORT_OF_DRY, SHORT_OF_REEFER], ids=["ample", "dry", "reefer"])


@dataclass(frozen=True)
class Look:
    """A quay looks at the yard [TEU by kind of slot]: what is held, what the lot needs, and whether it was refused."""

    t: float
    terminal: str
    call: int
    held: NDArray[np.int64]
    need: NDArray[np.int64]
    refused: bool


def looks(log: RunLog) -> Iterator[Look]:
    """Yield every look at the yard, told from the hours of the boxes and the journal alone."""
    boxes, teu = log.boxes, log.boxes["teu"].astype(np.int64)
    kind = boxes["reefer"].astype(np.int64)
    first = np.concatenate([[0], np.cumsum(log.calls["discharge_boxes"])])
    done = np.zeros(len(log.calls["call"]), dtype=np.int64)
    claimed = np.zeros(len(teu), dtype=bool)
    lots = np.isin(log.events["kind"], (Event.LOT_DISCHARGED, Event.YARD_FULL))
    for t, event, call, size in zip(*(log.events[c][lots] for c in ("t", "kind", "call", "value")), strict=True):
        start = first[call] + done[call]
        rows = slice(start, start + int(size))
        terminal = boxes["terminal"][start]
        here = claimed & (boxes["terminal"] == terminal) & ~(boxes["t_gate_out"] <= t)
        held, need = (np.bincount(kind[r], weights=teu[r], minlength=2).astype(np.int64) for r in (here, rows))
        yield Look(t, log.names["terminal"][terminal], int(call), held, need, event == Event.YARD_FULL)
        if event == Event.LOT_DISCHARGED:
            claimed[rows] = True
            done[call] += int(size)


def slots(log: RunLog, terminal: str) -> NDArray[np.float64]:
    return np.array([log.yard[f"{terminal}.{kind}"] for kind in ("dry", "reefer")])


@every_run
def test_a_lot_is_discharged_just_when_there_is_room(values: dict[str, float]) -> None:
    log = busy(values)
    seen = list(looks(log))
    assert len(seen) > 10
    for look in seen:
        room = np.all(look.held + look.need <= slots(log, look.terminal))
        assert room != look.refused, look


@pytest.mark.parametrize("values", [SHORT_OF_DRY, SHORT_OF_REEFER], ids=["dry", "reefer"])
def test_a_full_yard_is_looked_at_again_and_the_call_goes_on(values: dict[str, float]) -> None:
    log = busy(values)
    seen = list(looks(log))
    resumed = 0
    for k, look in enumerate(seen):
        if look.refused and look.t + PAUSE < log.end:
            after = next(other for other in seen[k + 1 :] if other.call == look.call)
            assert after.t == pytest.approx(look.t + PAUSE)
            resumed += not after.refused
    assert resumed > 0
    stops = np.bincount([look.call for look in seen if look.refused and look.t + PAUSE < log.end], minlength=1)
    assert log.calls["yard_stop"][: len(stops)] == pytest.approx(PAUSE * stops)


def test_the_peak_is_near_the_slots_when_the_yard_fills() -> None:
    log = busy(SHORT_OF_DRY)
    peak = max((look.held + look.need)[0] for look in looks(log) if look.terminal == "t1" and not look.refused)
    assert 0.8 * log.yard["t1.dry"] < peak <= log.yard["t1.dry"]
