"""One digest and replication, one log: to the byte, and whatever the quay happens to ask for on the way."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.models import simulate, yard
from sim.port.port import PortTimeline
from tests.behaviour.runs import SEED, STRAINED, as_bytes, busy, horizon, run
from tests.oracle.ports import busy_port


class EagerLedger(yard.YardLedger):
    """A ledger that counts the yard afresh at every look."""

    refreshed = 0

    def room(self, terminal: int, rows: NDArray[np.intp], now: float) -> float | None:
        self._refresh(now)
        type(self).refreshed += 1
        return super().room(terminal, rows, now)

    def speed(self, terminal: int, now: float) -> float:
        self._refresh(now)
        return super().speed(terminal, now)


def test_twice_the_same() -> None:
    assert as_bytes(run(busy_port(STRAINED))) == as_bytes(busy(STRAINED))


def test_replications_and_seeds_differ() -> None:
    port = PortTimeline((0.0,), (busy_port(STRAINED),))
    logs = [simulate(port, horizon(), seed, replication) for seed, replication in ((SEED, 0), (SEED, 1), (SEED + 1, 0))]
    arrivals = [log.calls["t_arrived"].tobytes() for log in logs]
    assert len(set(arrivals)) == 3
    flags = [np.mean(log.boxes["advance"]) for log in logs]
    assert len(set(flags)) == 3


@pytest.mark.parametrize("values", [STRAINED, {**STRAINED, "terminals.t1.yard.slow_from": 0.1}], ids=["full", "slow"])
def test_counting_the_yard_at_every_lot_changes_nothing(
    values: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    lazy = busy(values)
    EagerLedger.refreshed = 0
    # the function simulate hides its module from a dotted name
    monkeypatch.setattr(import_module("sim.models.simulate"), "YardLedger", EagerLedger)
    eager = run(busy_port(values))
    assert EagerLedger.refreshed > 50
    assert np.any(lazy.calls["yard_stop"] > 0)
    assert as_bytes(eager) == as_bytes(lazy)
