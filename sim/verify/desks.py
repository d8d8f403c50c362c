"""Desks, bays, scanners and lanes of the port as waiting lines: export boxes that come one by one at random."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.kernel.draws import Draws
from sim.records import RunLog
from sim.theory.periodic import Desk, desk_stay
from sim.theory.queues import erlang_c, fork_join, stay_jackson, wait_mg1, wait_mmc, waits_by_rank
from sim.verify.case import Case, Floats, poisson_arrivals, steady
from sim.verify.port import Tree, leaf, number
from sim.verify.runs import export_boxes

Found = Mapping[str, float]

REVIEWED: Tree = {"customs.export.manual_share": number(1, "share")}
"""Every box is reviewed by an officer, from its hour on."""


def _officers(servers: int, time: Tree) -> Tree:
    return {"customs.review.officers": number(servers, "servers"), "customs.export.manual_time": time}


def _traders(classes: Mapping[str, Tree]) -> Tree:
    """Return trader classes; every box of each is inspected or none."""
    none = number(0, "share")
    plain = {"inspection_rate": none, "export_inspection_rate": none, "infringement_rate": none}
    return {"customs.traders": {key: plain | more for key, more in classes.items()}}


INSPECTED = _traders({"all": {"export_inspection_rate": number(1, "share")}})


def _wait(rate: float, column: str, moves: Tree, draws: Draws, size: int) -> Found:
    """Return the mean queue [h] in one column of the box table, and the share of boxes that queue at all."""
    queued = steady(export_boxes(moves, poisson_arrivals(rate, size, draws), draws).boxes[column].astype(np.float64))
    return {"wait": float(queued.mean()), "share": float((queued > TIED).mean())}


TIED = 1e-6
"""Hours that rounding in the columns of the box table may lose."""


M_M_3 = Case(
    "m_m_3",
    "review",
    100_000,
    {"wait": 0.06, "share": 0.02},
    lambda: {"wait": wait_mmc(3, 7.0, 0.3), "share": erlang_c(3, 7.0 * 0.3)},
    partial(_wait, 7.0, "review_queued", REVIEWED | _officers(3, number(0.3, "h", "exponential"))),
)
M_D_1 = Case(
    "m_d_1",
    "bay",
    60_000,
    {"wait": 0.05},
    lambda: {"wait": wait_mg1(7.0, 0.1, 0.0)},
    partial(_wait, 7.0, "examine_queued", INSPECTED | {"customs.inspection.examination_time": number(0.1, "h")}),
)
M_G_1 = Case(
    "m_g_1",
    "lane",
    120_000,
    {"wait": 0.05},
    lambda: {"wait": wait_mg1(6.0, 0.1, 1.2)},
    partial(
        _wait,
        6.0,
        "gate_queued",
        {
            "terminals.t.gate.drop_off_lanes": number(1, "servers"),
            "terminals.t.gate.service": number(6, "min", "lognormal_mean", cv=1.2),
        },
    ),
)


def _ranked(rates: tuple[float, ...], moves: Tree, draws: Draws, size: int) -> Found:
    """Return the mean wait of each rank; the first in the port is the one that goes first."""
    classes: dict[str, Tree] = {
        f"rank_{k}": {"priority": number(k, "rank"), "share": number(rate / sum(rates), "share")}
        for k, rate in enumerate(rates, 1)
    }
    del classes[f"rank_{len(rates)}"]["share"]
    log = export_boxes(moves | _traders(classes), poisson_arrivals(sum(rates), size, draws), draws)
    return _by_rank(log, len(rates))


def _by_rank(log: RunLog, ranks: int) -> Found:
    queued, trader = (steady(log.boxes[name]) for name in ("review_queued", "trader"))
    return {f"wait_{k + 1}": float(queued[trader == k].mean(dtype=np.float64)) for k in range(ranks)}


def _cobham(servers: int, rates: tuple[float, ...], cv: float) -> Found:
    return {f"wait_{k}": wait for k, wait in enumerate(waits_by_rank(servers, rates, 0.1, cv), 1)}


TWO_RANKS = Case(
    "two_ranks",
    "review",
    80_000,
    {"wait_1": 0.04, "wait_2": 0.05},
    partial(_cobham, 1, (3.0, 4.0), 0.5),
    partial(_ranked, (3.0, 4.0), REVIEWED | _officers(1, number(0.1, "h", "gamma", shape=4))),
)
THREE_RANKS = Case(
    "three_ranks",
    "review",
    80_000,
    {"wait_1": 0.05, "wait_2": 0.05, "wait_3": 0.06},
    partial(_cobham, 3, (6.0, 7.0, 7.0), 1.0),
    partial(_ranked, (6.0, 7.0, 7.0), REVIEWED | _officers(3, number(0.1, "h", "exponential"))),
)


def _on_the_hour(rates: tuple[float, ...]) -> Found:
    """Return the waits where boxes come on the hour, so many in the mean, and a review takes just one hour.

    Whoever comes at the instant at which the officer is free again is looked at before he begins: rank by rank, and
    within a rank by the order of the table. Rank 1 and 2 together, as rank 1 alone, are a line with Poisson lots whose
    queue in the mean is load^2 / (2 (1 - load)); the first of a lot waits for what it finds only.
    """
    first, both = (rate**2 / (2 * (1 - rate)) for rate in (rates[0], sum(rates)))
    return {"wait_1": first / rates[0], "wait_2": (both - first) / rates[1]}


def _lots(rate: float, size: int, draws: Draws) -> Floats:
    """Return the hours of boxes of which a Poisson number comes on every hour."""
    return np.ceil(poisson_arrivals(rate, size, draws))


def _ranked_on_the_hour(rates: tuple[float, ...], draws: Draws, size: int) -> Found:
    classes: dict[str, Tree] = {
        "first": {"priority": number(1, "rank"), "share": number(rates[0] / sum(rates), "share")},
        "second": {"priority": number(2, "rank")},
    }
    moves = REVIEWED | _officers(1, number(1, "h")) | _traders(classes)
    return _by_rank(export_boxes(moves, _lots(sum(rates), size, draws), draws), 2)


def _first_of_a_lot(rate: float, draws: Draws, size: int) -> Found:
    hours = _lots(rate, size, draws)
    log = export_boxes(REVIEWED | _officers(1, number(1, "h")), hours, draws)
    leads = np.append(True, np.diff(hours) > 0)
    return {"wait_of_first": float(steady(log.boxes["review_queued"][leads]).mean(dtype=np.float64))}


RANKS_ON_THE_HOUR = Case(
    "ranks_on_the_hour",
    "review",
    30_000,
    {"wait_1": 0.04, "wait_2": 0.05},
    partial(_on_the_hour, (0.35, 0.3)),
    partial(_ranked_on_the_hour, (0.35, 0.3)),
)
LOTS_ON_THE_HOUR = Case(
    "lots_on_the_hour",
    "review",
    40_000,
    {"wait_of_first": 0.06},
    lambda: {"wait_of_first": 0.6**2 / (2 * 0.4)},
    partial(_first_of_a_lot, 0.6),
)


def _open(desk: Desk, calendar: str, draws: Draws, size: int) -> Found:
    moves = REVIEWED | _officers(desk.servers, number(desk.service, "h", "exponential"))
    moves |= {"customs.review.calendar": leaf(calendar)}
    boxes = export_boxes(moves, poisson_arrivals(desk.rate, size, draws), draws).boxes
    return {"stay": float(steady(boxes["t_reviewed"] - boxes["t_lodged"]).mean())}


def _hours_case(key: str, desk: Desk, calendar: str, margin: float) -> Case:
    found = partial(_open, desk, calendar)
    return Case(key, "review", 40_000, {"stay": margin}, lambda: {"stay": desk_stay(desk).hours}, found)


NINE_HOURS = _hours_case("nine_hours", Desk(8, 9.0, 2.25, 1.0), "day", 0.03)
ALL_HOURS = _hours_case("all_hours", Desk(3, 24.0, 2.25, 1.0), "always", 0.04)
"""The same 72 officer-hours a day, but in another window."""


def _papers_and_cargo(draws: Draws, size: int) -> Found:
    moves = {
        "customs.export.advance_share": number(0, "share"),
        "customs.export.preparation": number(6, "h", "exponential"),
        "customs.export.arrival_report": number(3, "h", "exponential"),
    }
    boxes = export_boxes(moves, poisson_arrivals(1.0, size, draws), draws).boxes
    return {"later": float(steady(boxes["t_released"] - boxes["t_arrived"]).mean())}


FORK_JOIN = Case(
    "fork_join",
    "release",
    25_000,
    {"later": 0.02},
    lambda: {"later": fork_join(6.0, 3.0)},
    _papers_and_cargo,
)


def _scanned_and_examined(draws: Draws, size: int) -> Found:
    moves: Tree = INSPECTED | {
        "customs.inspection.scanner_share": number(1, "share"),
        "customs.inspection.scan_time": number(6, "min", "exponential"),
        "customs.inspection.suspect_share": number(0.2, "share"),
        "customs.inspection.examination_time": number(0.5, "h", "exponential"),
    }
    boxes = export_boxes(moves, poisson_arrivals(6.0, size, draws), draws).boxes
    return {"stay": float(steady(boxes["t_released"] - boxes["t_at_site"]).mean())}


SITE = Case(
    "site",
    "site",
    80_000,
    {"stay": 0.04},
    lambda: {"stay": stay_jackson(6.0, (0.1,), 0.0) + 0.2 * stay_jackson(1.2, (0.5,), 0.0)},
    _scanned_and_examined,
)

DESK_CASES: tuple[Case, ...] = (
    M_M_3,
    M_D_1,
    M_G_1,
    TWO_RANKS,
    THREE_RANKS,
    RANKS_ON_THE_HOUR,
    LOTS_ON_THE_HOUR,
    NINE_HOURS,
    ALL_HOURS,
    FORK_JOIN,
    SITE,
)
