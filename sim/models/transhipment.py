"""Release of transhipment boxes: approved by an officer in his hours or automatically at any, then moved across."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.models.cohorts import Cohorts
from sim.models.luck import Luck
from sim.port.customs import TranshipmentRelease
from sim.port.port import Port
from sim.records import Column, Flow

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Transhipment:
    """The transhipment boxes by rising row, and for each its hours of tally, approval (working hours) and transfer."""

    rows: Rows
    tally: Floats
    approval: Floats
    transfer: Floats


def release_of(port: Port) -> TranshipmentRelease:
    """Return the transhipment release of a port that has it."""
    if port.customs.transhipment is None:
        raise TypeError("a port cannot lose its transhipment release within a run")
    return port.customs.transhipment


def transhipment(cohorts: Cohorts, luck: Luck, table: dict[str, Column]) -> Transhipment:
    """Return the hours of the transhipment boxes, and mark those released automatically."""
    if cohorts.first.customs.transhipment is None:
        none = np.empty(0)
        return Transhipment(np.empty(0, dtype=np.intp), none, none, none)
    rows = np.flatnonzero(table["flow"] == Flow.TRANSHIPMENT)
    own, u = cohorts.at(rows), luck.narrowed(rows)
    automatic = u("automatic release") < own.value(lambda p: release_of(p).automatic_share.value)
    table["automatic"][rows] = automatic
    approval = own.quantile(lambda p: release_of(p).approval, u("approval"))
    return Transhipment(
        rows=rows,
        tally=own.quantile(lambda p: p.customs.tally, u("tally")),
        approval=np.where(automatic, 0.0, approval),
        transfer=own.quantile(lambda p: release_of(p).transfer, u("transfer")),
    )


def release(boxes: Transhipment, table: dict[str, Column], rows: Rows, desk: OpenHours) -> None:
    """Release transhipment boxes whose time of coming, `t_discharged` or `t_gate_in`, has just been set."""
    k = np.searchsorted(boxes.rows, rows)
    came = table["t_discharged"][rows]
    tallied = np.where(np.isnan(came), table["t_gate_in"][rows], came) + boxes.tally[k]
    opened = desk.next_open(tallied)
    # no work at a closing: approved at the next opening
    by_hand = np.maximum(desk.to_wall_end(desk.to_open(opened) + boxes.approval[k]), opened)
    table["t_tallied"][rows] = table["t_lodged"][rows] = tallied
    table["t_reviewed"][rows] = np.where(table["automatic"][rows], tallied, by_hand)
    table["t_released"][rows] = table["t_reviewed"][rows] + boxes.transfer[k]
