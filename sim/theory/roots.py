"""A first guess of the rate matrix of E_k/E_m/n from its eigenvalues and eigenvectors, which are known one by one.

While all servers are busy they do not know of each other, so an eigenvector is a product over the servers, and its
eigenvalue x the root of an equation in one unknown (Adan, van de Waarsenburg and Wessels 1996): the arrival phases
come as x, a service ends as the k-th power of x, and each server adds one m-th root of unity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.theory.spreads import Matrix, moved, places, spreads

Complex = NDArray[np.complex128]

FIXED_STEPS, NEWTON_STEPS = 40, 40


def guess(arrival_phases: int, service_phases: int, servers: int, load: float) -> Matrix | None:
    """Return the matrix R of level to level, to the digits that rounding leaves; None if it leaves none.

    A level is one more arrival phase; services have mean 1.
    """
    states = np.array(spreads(servers, service_phases))
    x = _eigenvalues(arrival_phases, states, servers, load)
    # a server in phase p carries the power m - 1 - p of its root
    powers = states @ (service_phases - 1 - np.arange(service_phases))
    vectors = _products(servers, service_phases) * (x ** (arrival_phases / service_phases))[:, None] ** powers
    with np.errstate(all="ignore"):
        vectors /= np.abs(vectors).max(axis=1, keepdims=True)
        scale = np.abs(vectors).max(axis=0)
        vectors /= scale
        try:
            step = np.linalg.solve(vectors, x[:, None] * vectors).real * scale / scale[:, None]
        except np.linalg.LinAlgError:
            return None
    usable = np.isfinite(step).all() and step.min() > -0.01 and step.max() < 1
    return np.maximum(step, 0.0) if usable else None


def _eigenvalues(arrival_phases: int, states: NDArray[np.int_], servers: int, load: float) -> Complex:
    """Return the eigenvalue that belongs to each multiset of roots of unity, the spreads standing for multisets.

    They solve x (arrive + servers serve - serve s x^(k/m)) = arrive, where s is the sum of the roots. A step of the
    fixed point maps the right half of the unit disc into itself, so there is one root in it; for the multiset of ones
    the steps, and then Newton's, come from below and stop before the second root, which is 1.
    """
    phases = states.shape[1]
    arrive, serve, power = load * servers * arrival_phases, float(phases), arrival_phases / phases
    total, sums = arrive + servers * serve, serve * (states @ _unity(phases))
    x = np.zeros(len(states), dtype=np.complex128)
    for _ in range(FIXED_STEPS):
        x = arrive / (total - sums * x**power)
    for _ in range(NEWTON_STEPS):
        x = x - (x * (total - sums * x**power) - arrive) / (total - (1 + power) * sums * x**power)
    return x


def _products(servers: int, phases: int) -> Complex:
    """Return for each multiset of roots (rows) the product over servers, gathered by spread (columns)."""
    roots = _unity(phases)
    table = np.ones((1, 1), dtype=np.complex128)
    for busy in range(1, servers + 1):
        rows, columns, fewer = spreads(busy, phases), places(busy, phases), places(busy - 1, phases)
        first = [next(phase for phase in range(phases) if spread[phase]) for spread in rows]
        rest = table[[fewer[moved(spread, phase, None)] for spread, phase in zip(rows, first, strict=True)]]
        table = np.zeros((len(rows), len(rows)), dtype=np.complex128)
        for phase in range(phases):
            grown = [columns[moved(spread, None, phase)] for spread in fewer]
            table[:, grown] += roots[first, None] ** (phases - 1 - phase) * rest
    return table


def _unity(phases: int) -> Complex:
    return np.asarray(np.exp(2j * np.pi * np.arange(phases) / phases))
