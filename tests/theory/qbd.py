"""E_k/E_m/n in another way than sim.theory: as a quasi-birth-and-death process, plain and slow.

A state is the number of vessels (the level), the phase of the next arrival, and how many berths are in each phase of
service. From n vessels on the levels repeat, and the matrix R of Neuts (1981) carries the solution from level to
level; it is found by logarithmic reduction (Latouche and Ramaswami 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Counts = tuple[int, ...]

MAX_STATES = 1500
"""Of one level: beyond this the solution takes minutes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Mean wait in units of the mean service, share of vessels that wait, mean number waiting, and their load."""

    wait: float
    delayed: float
    queue: float
    load: float


@dataclass(frozen=True)
class _Line:
    """Arrival phases and rate, service phases and rate (of one phase), berths; service has mean 1."""

    arrival_phases: int
    service_phases: int
    berths: int
    arrival_rate: float
    service_rate: float

    def busy(self, vessels: int) -> tuple[Counts, ...]:
        """Return the ways in which the busy berths can spread over the service phases."""
        return _spreads(min(vessels, self.berths), self.service_phases)


@lru_cache(maxsize=256)
def _spreads(busy: int, phases: int) -> tuple[Counts, ...]:
    return tuple(
        tuple(chosen.count(phase) for phase in range(phases))
        for chosen in combinations_with_replacement(range(phases), busy)
    )


def erlang_line(arrival_phases: int, service_phases: int, berths: int, load: float) -> Waiting:
    """Return the waiting of E_k/E_m/n at `load`, the share of berth time in use (0 < load < 1).

    Raises ValueError if the phases, berths or load are out of bounds, or too many for the solver.
    """
    if min(arrival_phases, service_phases, berths) < 1 or not 0 < load < 1:
        raise ValueError("phases and berths must be at least 1, and the load above 0 and below 1")
    rate = load * berths
    line = _Line(arrival_phases, service_phases, berths, rate * arrival_phases, float(service_phases))
    states = arrival_phases * len(line.busy(berths))
    if states > MAX_STATES:
        raise ValueError(f"{states} states a level, more than {MAX_STATES}: fewer berths or phases are needed")
    up, stay, down = _blocks(line, berths), _local(line, berths), _down(line, berths + 1)
    step = _rate_matrix(up, stay, down)
    levels = _boundary(line, step)
    at_least = np.linalg.solve(np.eye(len(step)) - step, np.eye(len(step)))
    last = levels[-1]
    beyond = last @ at_least  # n vessels or more
    queue = float((last @ step @ at_least @ at_least).sum())
    starting = sum(_arriving(line, level, k) for k, level in enumerate(levels[:-1]))
    waits = _arriving(line, beyond, berths)
    return Waiting(queue / rate, waits / (waits + starting), queue, load)


def _arriving(line: _Line, level: Matrix, vessels: int) -> float:
    """Return the flow of arrivals out of a level: those in the last arrival phase."""
    per_phase = len(line.busy(vessels))
    return float(level[(line.arrival_phases - 1) * per_phase :].sum())


def _blocks(line: _Line, vessels: int) -> Matrix:
    """Return the rates of an arrival, from `vessels` to one more."""
    here, there = line.busy(vessels), line.busy(vessels + 1)
    out = np.zeros((line.arrival_phases * len(here), line.arrival_phases * len(there)))
    first_row = (line.arrival_phases - 1) * len(here)
    for i, spread in enumerate(here):
        begun = spread if vessels >= line.berths else (spread[0] + 1, *spread[1:])
        out[first_row + i, there.index(begun)] = line.arrival_rate
    return out


def _down(line: _Line, vessels: int) -> Matrix:
    """Return the rates of a departure, from `vessels` to one fewer; who waits takes the berth."""
    here, there = line.busy(vessels), line.busy(vessels - 1)
    out = np.zeros((line.arrival_phases * len(here), line.arrival_phases * len(there)))
    for i, spread in enumerate(here):
        if not spread[-1]:
            continue
        left = (*spread[:-1], spread[-1] - 1)
        after = (left[0] + 1, *left[1:]) if vessels > line.berths else left
        for phase in range(line.arrival_phases):
            out[phase * len(here) + i, phase * len(there) + there.index(after)] = spread[-1] * line.service_rate
    return out


def _local(line: _Line, vessels: int) -> Matrix:
    """Return the rates within a level: the next phase of an arrival or a service; the diagonal takes all that leave."""
    here = line.busy(vessels)
    size = len(here)
    out = np.zeros((line.arrival_phases * size, line.arrival_phases * size))
    for phase in range(line.arrival_phases):
        for i, spread in enumerate(here):
            row = phase * size + i
            out[row, row] = -line.arrival_rate - sum(spread) * line.service_rate
            if phase + 1 < line.arrival_phases:
                out[row, row + size] = line.arrival_rate
            for k in range(line.service_phases - 1):
                if spread[k]:
                    moved = list(spread)
                    moved[k], moved[k + 1] = moved[k] - 1, moved[k + 1] + 1
                    out[row, phase * size + here.index(tuple(moved))] += spread[k] * line.service_rate
    return out


def _rate_matrix(up: Matrix, stay: Matrix, down: Matrix) -> Matrix:
    """Return R, the least solution of up + R stay + R R down = 0, by logarithmic reduction."""
    eye = np.eye(len(stay))
    within = np.linalg.inv(-stay)
    high, low = within @ up, within @ down
    first, ahead = low.copy(), high.copy()
    for _ in range(60):
        mixed = np.linalg.inv(eye - high @ low - low @ high)
        high, low = mixed @ high @ high, mixed @ low @ low
        more = ahead @ low
        first += more
        ahead = ahead @ high
        if np.abs(more).max() < 1e-15:
            break
    return np.asarray(up @ np.linalg.inv(-(stay + up @ first)))


def _boundary(line: _Line, step: Matrix) -> list[Matrix]:
    """Return the probabilities of levels 0 to n, by eliminating from level n down."""
    n = line.berths
    carry = _local(line, n) + step @ _down(line, n + 1)
    steps: list[Matrix] = []
    for level in range(n - 1, -1, -1):
        back = _blocks(line, level) @ np.linalg.inv(-carry)
        steps.append(back)
        carry = _local(line, level) + back @ _down(line, level + 1)
    # one equation of level 0 is left over: its place takes that of the sum
    system = carry.copy()
    system[:, 0] = 1.0
    first = np.linalg.solve(system.T, np.eye(len(system))[0])
    levels = [first]
    for back in reversed(steps):
        levels.append(levels[-1] @ back)
    beyond = levels[-1] @ np.linalg.inv(np.eye(len(step)) - step)
    total = sum(float(level.sum()) for level in levels[:-1]) + float(beyond.sum())
    return [level / total for level in levels]
