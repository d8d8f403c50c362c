"""One digest and replication, one log, with all flows too; and whatever quay and gate happen to ask on the way."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.models.yard import YardLedger
from sim.records import Event
from tests.behaviour.runs import as_bytes, run
from tests.behaviour.whole import STRAINED, port_with, whole

SLOW = STRAINED | {f"terminals.{key}.yard.slow_from": 0.1 for key in ("t1", "nansha_iv")}


class EagerLedger(YardLedger):
    """A ledger that counts the yard afresh at every look."""

    looks = 0

    def room(self, terminal: int, rows: NDArray[np.intp], now: float) -> float | None:
        self._refresh(now)
        type(self).looks += 1
        return super().room(terminal, rows, now)

    def speed(self, terminal: int, now: float) -> float:
        self._refresh(now)
        return super().speed(terminal, now)

    def stops_trucks(self, terminal: int, now: float) -> bool:
        self._refresh(now)
        return super().stops_trucks(terminal, now)


def test_twice_the_same() -> None:
    assert as_bytes(run(port_with(STRAINED), 35)) == as_bytes(whole(STRAINED))


def test_replications_differ() -> None:
    one, two = whole(STRAINED), run(port_with(STRAINED), 35, replication=1)
    assert one.boxes["europe"].tobytes() != two.boxes["europe"].tobytes()
    assert one.calls["t_arrived"].tobytes() != two.calls["t_arrived"].tobytes()


@pytest.mark.parametrize("values", [STRAINED, SLOW], ids=["full", "slow"])
def test_counting_the_yard_at_every_lot_and_list_changes_nothing(
    values: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    lazy = whole(values)
    EagerLedger.looks = 0
    # the function simulate hides its module from a dotted name
    monkeypatch.setattr(import_module("sim.models.simulate"), "YardLedger", EagerLedger)
    eager = run(port_with(values), 35)
    assert EagerLedger.looks > 100
    assert np.any(lazy.calls["yard_stop"] > 0)
    assert np.any(lazy.events["kind"] == Event.GATE_STOPPED)
    assert as_bytes(eager) == as_bytes(lazy)
