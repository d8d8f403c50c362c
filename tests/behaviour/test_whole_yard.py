"""The yard between sea, river and road: a full one stops quay, basin and gate, and the vessels feel it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.models.boxes import Boxes
from sim.port.terminal import SLOT_KINDS
from sim.records import Event, Flow, Mode, RunLog
from tests.behaviour.attributes import drawn
from tests.behaviour.runs import same
from tests.behaviour.whole import STRAINED, TERMINALS, port_with, whole

INTERVAL = 6.0
PAUSE = 0.5
AMPLE = {path: value for path, value in STRAINED.items() if ".yard." not in path and ".stop_from" not in path}
SHORT_OF_EMPTY = STRAINED | {"terminals.t1.yard.empty.teu": 200, "terminals.nansha_iv.yard.empty.teu": 150}
LOW_STOP = AMPLE | {f"terminals.{key}.gate.stop_from": 0.08 for key in TERMINALS}
RUNS = {"ample": {}, "strained": STRAINED, "empties": SHORT_OF_EMPTY, "gate only": LOW_STOP}


@dataclass(frozen=True)
class Look:
    """What quay or gate found in the yard [TEU by kind of slot]; need: of the lot, None for a loading list."""

    t: float
    terminal: int
    held: NDArray[np.float64]
    need: NDArray[np.float64] | None
    refused: bool


class Yards:
    """The yards of a run, counted box by box from the log."""

    def __init__(self, log: RunLog, boxes: Boxes) -> None:
        self._log, self._boxes, table = log, boxes, log.boxes
        self._kind = np.where(table["reefer"], 1, np.where(table["flow"] == Flow.EMPTY, 2, 0))
        left = np.where(np.isnan(table["t_loaded"]), table["t_gate_out"], table["t_loaded"])
        self._left = np.where(np.isnan(left), np.inf, left)
        planned = np.append(np.full(boxes.discharged, np.inf), boxes.planned)
        self._claimed = (planned < 0) & ~table["direct"]
        by_truck = (table["by_in"] == Mode.ROAD) & ~table["direct"] & (planned >= 0)
        self._outside = np.where(by_truck, boxes.table["t_truck"], np.inf)
        self._done = np.zeros(len(log.calls["call"]), dtype=np.int64)

    def looks(self) -> Iterator[Look]:
        """Yield every look, in order: at an hour at which there is a list, the list comes first."""
        events = self._log.events
        lots = np.flatnonzero(np.isin(events["kind"], (Event.LOT_DISCHARGED, Event.YARD_FULL)))
        hours = np.arange(0.0, self._log.end + 1, INTERVAL)
        steps = [(float(t), 0, k) for k, t in enumerate(hours)] + [(float(events["t"][e]), 1, int(e)) for e in lots]
        for t, is_lot, number in sorted(steps):
            if is_lot:
                yield self._lot(
                    t, int(events["call"][number]), int(events["kind"][number]), int(events["value"][number])
                )
            else:
                yield from (self._list(t, terminal) for terminal in range(len(self._log.names["terminal"])))

    def _held(self, t: float, terminal: int) -> NDArray[np.float64]:
        here = self._claimed & (self._log.boxes["terminal"] == terminal) & (self._left > t)
        return self._teu(np.flatnonzero(here))

    def _teu(self, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.bincount(self._kind[rows], weights=self._log.boxes["teu"][rows], minlength=3)

    def _lot(self, t: float, call: int, event: int, size: int) -> Look:
        if self._log.calls["barge"][call]:
            mine = self._boxes.brought[call]
        else:
            mine = self._boxes.start[call] + np.arange(self._log.calls["discharge_boxes"][call])
        rows = mine[self._done[call] : self._done[call] + size]
        terminal = int(self._log.calls["terminal"][call])
        look = Look(t, terminal, self._held(t, terminal), self._teu(rows), event == Event.YARD_FULL)
        if not look.refused:
            self._claimed[rows] = True
            self._done[call] += size
        return look

    def _list(self, t: float, terminal: int) -> Look:
        look = Look(t, terminal, self._held(t, terminal), None, self._stopped(t, terminal))
        if not look.refused:
            come = (self._outside < t + INTERVAL) & (self._log.boxes["terminal"] == terminal)
            self._claimed[come], self._outside[come] = True, np.inf
        return look

    def _stopped(self, t: float, terminal: int) -> bool:
        """Return whether the gate is stopped from `t` on, by the journal."""
        events = self._log.events
        mine = (events["t"] <= t) & (events["value"] == terminal)
        kinds = events["kind"][mine & np.isin(events["kind"], (Event.GATE_STOPPED, Event.GATE_RESUMED))]
        return bool(kinds.size) and kinds[-1] == Event.GATE_STOPPED


@cache
def seen(name: str) -> tuple[Look, ...]:
    """Return every look of one of the runs."""
    return tuple(Yards(whole(RUNS[name]), _boxes(name)).looks())


def _boxes(name: str) -> Boxes:
    """Return the boxes as they were before the run, with the hours of the trucks."""
    boxes = drawn(port_with(RUNS[name])).boxes
    boxes.table["t_truck"][:] = whole(RUNS[name]).boxes["t_truck"]
    return boxes


def slots(log: RunLog, terminal: int) -> NDArray[np.float64]:
    return np.array([log.yard[f"{log.names['terminal'][terminal]}.{kind}"] for kind in SLOT_KINDS])


@pytest.mark.parametrize("name", RUNS)
def test_a_lot_is_discharged_just_when_there_is_room_for_all_its_kinds(name: str) -> None:
    log, lots = whole(RUNS[name]), [look for look in seen(name) if look.need is not None]
    assert len(lots) > 100
    for look in lots:
        assert look.need is not None
        room = np.all(look.held + look.need <= slots(log, look.terminal))
        assert room != look.refused, look


@pytest.mark.parametrize("name", RUNS)
def test_trucks_are_kept_out_just_while_the_yard_is_as_full_as_the_gate_says(name: str) -> None:
    port = port_with(RUNS[name])
    for look in (look for look in seen(name) if look.need is None):
        stop = list(port.terminals.values())[look.terminal].gate.stop_from
        assert stop is not None
        full = look.held.sum() >= stop.value * slots(whole(RUNS[name]), look.terminal).sum()
        assert full == look.refused, look


def test_quay_and_basin_meet_a_full_yard() -> None:
    log = whole(STRAINED)
    stopped = log.calls["yard_stop"] > 0
    assert np.any(stopped & log.calls["barge"])
    assert np.any(stopped & ~log.calls["barge"])
    # a call that still lies there has not been told of the pause that it is in
    looks = np.bincount(log.events["call"][log.events["kind"] == Event.YARD_FULL], minlength=len(stopped))
    done = np.isfinite(log.calls["t_discharged"])
    assert log.calls["yard_stop"][done] == pytest.approx(PAUSE * looks[done])


def test_one_kind_of_slot_that_is_short_is_enough() -> None:
    refused = [look for look in seen("empties") if look.need is not None and look.refused]
    short = [look.held + look.need > slots(whole(SHORT_OF_EMPTY), look.terminal) for look in refused]
    assert any(kinds.tolist() == [False, False, True] for kinds in short)


def test_a_truck_that_meets_a_stopped_gate_waits_until_it_is_let_in() -> None:
    for values in (STRAINED, LOW_STOP):
        log = whole(values)
        events = log.events
        stopped = events["kind"] == Event.GATE_STOPPED
        assert stopped.any()
        boxes, held = log.boxes, 0
        for terminal in range(len(TERMINALS)):
            mine = events["value"] == terminal
            starts = events["t"][mine & stopped]
            ends = events["t"][mine & (events["kind"] == Event.GATE_RESUMED)]
            for start, end in zip(starts, [*ends, np.inf], strict=False):
                here = (boxes["terminal"] == terminal) & (boxes["by_in"] == Mode.ROAD) & ~boxes["direct"]
                kept = here & (boxes["t_truck"] >= start) & (boxes["t_truck"] < end)
                assert not np.any(boxes["t_gate_in"][kept] <= end)
                held += int(kept.sum())
        assert held > 20


def test_a_full_yard_shows_in_the_time_of_vessels_and_trucks() -> None:
    """The same port but for its slots and the rule of its gate."""
    short, ample = whole(STRAINED), whole(AMPLE)
    assert not ample.calls["yard_stop"].any()
    assert not np.any(np.isin(ample.events["kind"], (Event.YARD_FULL, Event.GATE_STOPPED)))
    for barge in (False, True):
        mine = short.calls["barge"] == barge
        stays = [(log.calls["t_departed"] - log.calls["t_arrived"])[mine] for log in (short, ample)]
        both = np.isfinite(stays[0]) & np.isfinite(stays[1])
        assert stays[0][both].mean() > stays[1][both].mean() + 0.5
        stop = short.calls["yard_stop"][mine][both]
        # those that were stopped, by about as much as they were
        assert np.corrcoef(stop, (stays[0] - stays[1])[both])[0, 1] > 0.5
    brought = (short.boxes["by_in"] == Mode.ROAD) & ~short.boxes["direct"]
    waits = [(log.boxes["t_gate_in"] - log.boxes["t_truck"])[brought] for log in (short, ample)]
    assert np.nanmean(waits[0]) > np.nanmean(waits[1]) + 1
    assert same(short.boxes["t_truck"], ample.boxes["t_truck"])[brought].all()


def test_crane_hours_of_a_stopped_call_go_on() -> None:
    log = whole(STRAINED)
    done = np.isfinite(log.calls["t_worked"]) & (log.calls["yard_stop"] > 0)
    assert np.all(log.calls["crane_hours"][done] > log.calls["yard_stop"][done])
