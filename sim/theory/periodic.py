"""A desk with opening hours: Poisson arrivals all day, exponential work, officers who pause at closing.

A file stays on the desk overnight and goes on in the morning; with exponential work the number of files is all there
is to know. It is a Markov chain whose rates are one set while the desk is open and another while it is closed, day
after day alike: its state at opening repeats itself in the steady state. A day is two matrices, each found by
uniformisation (Jensen 1953), as is the time spent in each state on the way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, eye_array
from scipy.stats import poisson

Floats = NDArray[np.float64]

DAY = 24.0
MOST_STATES = 1024
TINY = 1e-12
"""The probability of the last state, on which more room is made until it is below."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk with `servers` officers who are there from opening for `open_hours` a day; rates an hour, times in hours.

    rate: files coming, all day alike. service: mean work on a file.
    """

    servers: int
    open_hours: float
    rate: float
    service: float

    @property
    def load(self) -> float:
        """Work that comes in a day over the hours that officers are there."""
        return self.rate * self.service * DAY / (self.servers * self.open_hours)


@dataclass(frozen=True, slots=True)
class Stay:
    """Mean time from coming until done, closed hours and all, and mean number of files, at hand and waiting."""

    hours: float
    files: float


def desk_stay(desk: Desk) -> Stay:
    """Return the stay in the periodic steady state.

    Raises ValueError if the desk is loaded to 1 or more, or so highly that the chain takes too many states.
    """
    if not 0 < desk.load < 1:
        raise ValueError(f"a load of {desk.load:g} has no steady state")
    if not 0 < desk.open_hours <= DAY:
        raise ValueError(f"a day has no {desk.open_hours:g} open hours")
    states = 64
    while states <= MOST_STATES:
        time, last = _day(desk, states)
        if last < TINY:
            files = float(time @ np.arange(states)) / DAY
            return Stay(files / desk.rate, files)
        states *= 2
    raise ValueError(f"a load of {desk.load:g} needs more than {MOST_STATES} states")


def _day(desk: Desk, states: int) -> tuple[Floats, float]:
    """Return the mean hours a day in each state, and the probability of the last one at opening."""
    open_rates = _rates(desk.rate, desk.servers / desk.service, desk.servers, states)
    closed_rates = _rates(desk.rate, 0.0, desk.servers, states)
    worked, spent_open = _over(open_rates, desk.open_hours)
    grown, spent_closed = _over(closed_rates, DAY - desk.open_hours)
    # the row that says that the chance of all states is 1 takes the place of one that follows from the others
    system = (worked @ grown - np.eye(states)).T
    system[0] = 1.0
    at_opening = np.linalg.solve(system, np.eye(states)[0])
    return at_opening @ spent_open + at_opening @ worked @ spent_closed, float(at_opening[-1])


def _rates(up: float, most_down: float, servers: int, states: int) -> csr_array:
    """Return the rates between 0, 1, ... files; in the last state nobody comes."""
    rise = np.full(states - 1, up)
    fall = np.minimum(np.arange(1, states), servers) * most_down / servers
    leaving = np.append(rise, 0.0) + np.append(0.0, fall)
    return csr_array(diags_array([rise, fall, -leaving], offsets=[1, -1, 0]))


def _over(rates: csr_array, hours: float) -> tuple[Floats, Floats]:
    """Return, from state (row) to state (column), the chances after `hours` and the mean hours spent meanwhile."""
    size = rates.shape[0]
    fastest = float(-rates.diagonal().min())
    if hours == 0 or fastest == 0:
        return np.eye(size), np.eye(size) * hours
    mean = fastest * hours
    jumps = np.arange(int(mean + 10 * mean**0.5 + 40))
    chance, later = poisson.pmf(jumps, mean), poisson.sf(jumps, mean)
    step = csr_array(eye_array(size) + rates / fastest)
    power = np.eye(size)
    after, spent = np.zeros((size, size)), np.zeros((size, size))
    for weight, rest in zip(chance.tolist(), later.tolist(), strict=True):
        after += weight * power
        spent += rest / fastest * power
        power = power @ step
    return after, spent
