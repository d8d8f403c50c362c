"""Vessels at berths, boxes in the yard and boxes for the train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.kernel.draws import Draws
from sim.records import Mode
from sim.theory.phase_line import erlang_line
from sim.theory.queues import poisson_at_least, wait_batch
from sim.verify.case import Case, poisson_arrivals, steady
from sim.verify.port import Tree, leaf, number
from sim.verify.runs import export_boxes, vessel_calls

Found = Mapping[str, float]

VESSEL = 100
"""Metres of a vessel of the bare port; vessels lie without gaps."""

SERVICE = 10.0
"""Mean hours at berth."""


@dataclass(frozen=True)
class Berths:
    """E_k/E_m/n berths: phases of the gaps between arrivals and of the times at berth, berths, their load."""

    arrivals: int
    service: int
    number: int
    load: float

    @property
    def gap(self) -> float:
        """Mean hours between two arrivals."""
        return SERVICE / (self.load * self.number)

    def expected(self) -> Found:
        """Return the mean wait [h], and the share of vessels that wait."""
        line = erlang_line(self.arrivals, self.service, self.number, self.load)
        return {"wait": line.wait * SERVICE, "share": line.delayed}

    def found(self, draws: Draws, size: int) -> Found:
        """Return the same of a quay with room for just so many vessels, over as many days as `size` calls take."""
        moves: Tree = {
            "terminals.t.quay.length": number(VESSEL * self.number, "m"),
            "terminals.t.quay.service": number(SERVICE, "h", "erlang", phases=self.service),
            "traffic.services.line.arrivals.interval": number(self.gap, "h", "erlang", phases=self.arrivals),
        }
        calls = vessel_calls(moves, int(size * self.gap / 24), draws).calls
        wait = steady(calls["t_assigned"] - calls["t_arrived"])
        return {"wait": float(wait.mean()), "share": float((wait > 0).mean())}


def _berths(key: str, berths: Berths, size: int, margins: Found) -> Case:
    return Case(key, "berth", size, margins, berths.expected, berths.found)


E2_E2_4 = _berths("e2_e2_4", Berths(2, 2, 4, 0.6), 12_000, {"wait": 0.12, "share": 0.07})
M_E3_2 = _berths("m_e3_2", Berths(1, 3, 2, 0.6), 8_000, {"wait": 0.1, "share": 0.05})

STAY, CALLED, MANY = 5.0, 1.0, 8


def _yard(draws: Draws, size: int) -> Found:
    """Return the mean content of the yard, and the share of hours at which there are many boxes.

    Each call brings one box, after the same hour at one of ever enough berths, and it stays as long as its own draw.
    """
    moves: Tree = {
        "terminals.t.quay.length": number(60 * VESSEL, "m"),
        "traffic.services.line.arrivals.interval": number(CALLED, "h", "exponential"),
        "traffic.vessel_classes.vessel.discharge_share": number(1, "share"),
        "traffic.cargo.flows.empty.stay": number(STAY, "h", "lognormal_mean", cv=0.8),
    }
    log = vessel_calls(moves, int(size * CALLED / 24), draws)
    hours = np.arange(*log.window, 0.5)
    came, left = (np.sort(log.boxes[name]) for name in ("t_discharged", "t_gate_out"))  # NaN, not yet, comes last
    content = np.searchsorted(came, hours, "right") - np.searchsorted(left, hours, "right")
    return {"content": float(content.mean()), "many": float((content >= MANY).mean())}


YARD = Case(
    "m_g_inf",
    "yard",
    5_000,
    {"content": 0.03, "many": 0.12},
    lambda: {"content": STAY / CALLED, "many": poisson_at_least(STAY / CALLED, MANY)},
    _yard,
)

EVERY, PLACES, COMING = 24.0, 40, 1.5
"""Hours between two trains, places on each, boxes an hour."""


def _train(draws: Draws, size: int) -> Found:
    """Return the mean wait for a train with room: boxes come to the station as soon as they are in the port."""
    moves: Tree = {"rail": _rail(), "traffic.cargo.bookings.europe_share": number(1, "share")}
    log = export_boxes(moves, poisson_arrivals(COMING, size, draws), draws, Mode.RAIL)
    return {"wait": float(steady(log.rail["t_departed"] - log.rail["t_ready"]).mean())}


def _rail() -> Tree:
    hour, none = number(0, "h"), number(0, "share")
    return {
        "trains_per_week": number(168 / EVERY, "trains/week"),
        "first_train": leaf("mon 00:00"),
        "capacity": number(PLACES, "TEU"),
        "cut_off": hour,
        "seamless": leaf(True),
        "sea_share": none,
        "wait": hour,
        "shuttle_mode": leaf("truck"),
        "shuttle_interval": number(1, "h"),
        "shuttle": hour,
        "declaration": hour,
        "inspection_rate": none,
        "statutory_share": none,
        "statutory_inspection_rate": none,
        "inspection": hour,
        "transit": hour,
        "sea_transit": hour,
    }


TRAIN = Case(
    "train",
    "train",
    60_000,
    {"wait": 0.03},
    lambda: {"wait": wait_batch(COMING, EVERY, PLACES)},
    _train,
)

CARRIER_CASES: tuple[Case, ...] = (E2_E2_4, M_E3_2, YARD, TRAIN)
