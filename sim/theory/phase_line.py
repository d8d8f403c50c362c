"""E_k/E_m/n: Erlang arrivals and services at n berths, solved exactly.

Planners read berth waiting times off printed tables for E2/E2/n; this computes them. A level counts the phases of
arrivals that have come: an arrival phase is one level up, a service that ends is k levels down. Within a level, the
state is how many berths are in each phase of service. From n vessels on the levels repeat, and the matrix R of Neuts
(1981) carries the solution from level to level, R = up / (-(stay + R^k down)). Below n vessels each level has a matrix
of its own, found in the same way from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from sim.theory.roots import guess
from sim.theory.spreads import Matrix, count_spreads, ended, inner, started

MAX_SPREADS = 500
"""Of one level: E2 up to 499 berths, E3 up to 30, E4 up to 12, E6 up to 6, E8 up to 4.

These take seconds, at loads near 1 half a minute."""

MAX_LEVELS = 2000
"""Arrival phases times berths."""

MAX_ENTRIES = 60_000_000
"""Of all the matrices below n vessels together, half a gigabyte."""

MOST_STEPS, LEAP_EVERY, MOST_RATIO = 2000, 8, 0.9999
"""It takes some 10 to 60 steps, a few hundred where there is no guess."""

ROUNDING = 1e-14
LOST = 1e-8
"""A solution whose berths are in use for another share of the time than the load, by this much, is refused."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Mean wait in units of the mean service, share of vessels that wait, mean number waiting, and their load."""

    wait: float
    delayed: float
    queue: float
    load: float


def erlang_line(arrival_phases: int, service_phases: int, berths: int, load: float) -> Waiting:
    """Return the waiting of E_k/E_m/n at `load`, the share of berth time in use (0 < load < 1).

    Raises ValueError if the phases, berths or load are out of bounds, or more than the solver can carry, and
    ArithmeticError if rounding has spoilt the solution.
    """
    if min(arrival_phases, service_phases, berths) < 1 or not 0 < load < 1:
        raise ValueError("phases and berths must be at least 1, and the load above 0 and below 1")
    _refuse_too_large(arrival_phases, service_phases, berths)
    line = _Line(arrival_phases, service_phases, berths, load)
    step = _repeating(line)
    return _waiting(line, _below(line, step), step)


def _refuse_too_large(arrival_phases: int, service_phases: int, berths: int) -> None:
    sizes = [count_spreads(busy, service_phases) for busy in range(berths + 1)]
    entries = arrival_phases * sum(size * size for size in sizes)
    if sizes[-1] > MAX_SPREADS:
        raise ValueError(f"{sizes[-1]} spreads of the services, more than {MAX_SPREADS}: take fewer phases or berths")
    if arrival_phases * berths > MAX_LEVELS or entries > MAX_ENTRIES:
        raise ValueError("too many arrival phases and berths together: take fewer")


class _Line:
    """The rates of one line: a service phase ends at rate `serve`, an arrival phase at rate `arrive`."""

    def __init__(self, arrival_phases: int, service_phases: int, berths: int, load: float) -> None:
        self.k, self.m, self.n, self.load = arrival_phases, service_phases, berths, load
        self.arrive, self.serve = load * berths * arrival_phases, float(service_phases)

    def stay(self, vessels: int) -> Matrix:
        """Return the rates within a level, with all that leaves it on the diagonal."""
        within = inner(min(vessels, self.n), self.m, self.serve)
        within[np.diag_indices_from(within)] -= self.arrive
        return within

    def down(self, vessels: int) -> Matrix:
        """Return the rates of departures from `vessels` to one fewer."""
        return ended(min(vessels, self.n), self.m, self.serve, waiting=vessels > self.n)


def _repeating(line: _Line) -> Matrix:
    """Return R of the levels from n vessels on: the least solution, improved from a guess until it stands still."""
    stay, down = line.stay(line.n + 1), line.down(line.n + 1)
    first = guess(line.k, line.m, line.n, line.load)
    step: Matrix = np.zeros_like(stay) if first is None else first
    change = np.full_like(step, np.inf)
    for number in range(1, MOST_STEPS):
        better = line.arrive * np.linalg.inv(-(stay + np.linalg.matrix_power(step, line.k) @ down))
        last, change = change, better - step
        moved, before = float(np.abs(change).max()), float(np.abs(last).max())
        # close to the end rounding takes over: then it moves no less than before, as it also does just after a leap
        leapt = number % LEAP_EVERY in (1, 2)
        if moved < ROUNDING or (before <= moved < 20 * ROUNDING and not leapt):
            return np.asarray(better)
        step = np.asarray(better)
        if number % LEAP_EVERY == 0:
            step = step + change * _still_to_come(change, last)
            np.maximum(step, 0.0, out=step)
    raise ArithmeticError(f"the solution had not settled after {MOST_STEPS} steps")


def _still_to_come(change: Matrix, last: Matrix) -> float:
    """Return how many times the last change is still to come, if changes keep shrinking by one factor (Aitken)."""
    ratio = float((change * last).sum() / (last * last).sum())
    return ratio / (1 - ratio) if 0 < ratio < MOST_RATIO else 0.0


def _below(line: _Line, step: Matrix) -> list[list[Matrix]]:
    """Return the matrices from level to level of 0 to n - 1 vessels, arrival phase by arrival phase.

    They are found from above. Each hangs on the product of the k matrices from its level on: those of its own block
    (as many vessels), and the first few of the block above, whose products `heads` are kept.
    """
    heads = [np.linalg.matrix_power(step, phase) for phase in range(line.k + 1)]
    blocks: list[list[Matrix]] = []
    for vessels in range(line.n, 0, -1):
        out = np.linalg.inv(-(line.stay(vessels) + heads[-1] @ line.down(vessels + 1)))
        block = [line.arrive * started(vessels - 1, line.m) @ out]
        tail, stay, down = block[0], line.stay(vessels - 1), line.down(vessels)
        for phase in range(line.k - 1, 0, -1):
            block.append(line.arrive * np.linalg.inv(-(stay + tail @ heads[phase] @ down)))
            tail = block[-1] @ tail
        blocks.append(block[::-1])
        heads = list(accumulate(blocks[-1], np.matmul, initial=np.eye(len(stay))))
    return blocks[::-1]


def _waiting(line: _Line, blocks: list[list[Matrix]], step: Matrix) -> Waiting:
    """Return what a vessel finds: follow the levels upwards, and sum up all that lies beyond n vessels."""
    level = np.ones((1, 1))
    mass, busy, starting = 0.0, 0.0, 0.0
    for vessels, block in enumerate(blocks):
        for phase, matrix in enumerate(block):
            share = float(level.sum())
            mass, busy = mass + share, busy + vessels * share
            starting += share * (phase == line.k - 1)
            level = level @ matrix
    of_block = sum(level @ np.linalg.matrix_power(step, phase) for phase in range(line.k))
    on = np.linalg.matrix_power(step, line.k)
    total = np.linalg.inv(np.eye(len(on)) - on)
    beyond = of_block @ total
    full = float(beyond.sum())
    waits = float((level @ np.linalg.matrix_power(step, line.k - 1) @ total).sum())
    in_use = (busy + line.n * full) / (mass + full) / line.n
    if not (total.min() > -LOST and abs(in_use - line.load) < LOST):
        raise ArithmeticError(f"the solution has berths in use for {in_use:.9g} of the time, not {line.load:.9g}")
    queue = float((beyond @ on @ total).sum()) / (mass + full)
    return Waiting(queue / (line.load * line.n), waits / (waits + starting), queue, line.load)
