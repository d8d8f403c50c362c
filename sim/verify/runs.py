"""Runs of a bare port: boxes that come at given hours, or vessels that call at random."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.draws import Draws
from sim.models import simulate
from sim.port.port import Horizon, PortTimeline
from sim.port.traces import BoxTrace, CallTrace, Traces
from sim.records import Flow, Mode, RunLog
from sim.verify.port import BOOKINGS, number, port_with

Floats = NDArray[np.float64]

START = datetime.date(2021, 3, 1)
SLACK_DAYS = 14
"""After the last box has come: all are done by then."""


def export_boxes(moves: Mapping[str, Any], hours: Floats, draws: Draws, mode: Mode = Mode.SEA) -> RunLog:
    """Run the port with one export box at each of `hours`, brought by truck and bound for `mode`.

    They are booked, as a trace says, on one vessel that calls when all is over. Row k of the boxes is that of hours[k].
    """
    days = int(hours[-1] // 24) + SLACK_DAYS
    n = len(hours)
    of_box = {"booked": 0, "flow": Flow.EXPORT, "teu": 1, "reefer": 0, "goods": 0, "by_in": Mode.ROAD, "by_out": mode}
    unsaid = dict.fromkeys(("call", "trader", "onward"), -1)
    columns = {name: np.full(n, int(code)) for name, code in (of_box | unsaid).items()}
    nothing = np.zeros(1, dtype=np.int64)
    vessel = CallTrace(np.array([24.0 * days - 1]), nothing, nothing, np.array([np.nan]), nothing, nothing)
    port = port_with(
        {"traffic.cargo.bookings": BOOKINGS, "customs.export.advance_share": number(1, "share")} | {**moves}
    )
    timeline = PortTimeline((0.0,), (port,), Traces((0,), vessel, BoxTrace(planned=hours, **columns)))
    horizon = Horizon(start=START, warm_up_days=0, days=days, cool_down_days=0)
    return simulate(timeline, horizon, draws.seed, draws.replication)


def vessel_calls(moves: Mapping[str, Any], days: int, draws: Draws) -> RunLog:
    """Run the port for `days` days, the first tenth of them warm-up, with vessels that call by `moves`."""
    warm_up = days // 10
    horizon = Horizon(start=START, warm_up_days=warm_up, days=days - warm_up, cool_down_days=0)
    return simulate(PortTimeline((0.0,), (port_with(moves),)), horizon, draws.seed, draws.replication)
