"""The points of a sweep, made one by one: lever -> value, in an order that follows from the file alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from sim.scenario.node import Node
from sim.scenario.sweep import Lever, Sweep, tidy, values_of

Point = dict[str, Node]
"""Dotted path -> value, as the sweep file has it."""


def number_of_points(sweep: Sweep) -> int:
    """Return how many points a sweep has."""
    if sweep.content.points is not None:
        return sweep.content.points
    counts = [len(values_of(lever)) for lever in sweep.levers]
    return prod(counts) if sweep.content.design == "grid" else counts[0]


def points(sweep: Sweep) -> Iterator[Point]:
    """Yield every point; of a grid the last lever runs fastest."""
    paths = [lever.path for lever in sweep.levers]
    if sweep.content.design in ("latin_hypercube", "sobol"):
        yield from _drawn(sweep)
        return
    values = [values_of(lever) for lever in sweep.levers]
    together = product(*values) if sweep.content.design == "grid" else zip(*values, strict=True)
    yield from (dict(zip(paths, chosen, strict=True)) for chosen in together)


def alone(sweep: Sweep) -> Iterator[Point]:
    """Yield points that tell whether the values of each lever hold at all: each by itself, or the ends of its range.

    The levers of a list move together, so that of a list only its first point can tell.
    """
    if sweep.content.design == "list":
        yield from (point for point, _ in zip(points(sweep), range(1), strict=False))
        return
    for lever in sweep.levers:
        ends = () if lever.span is None else (lever.span.low, lever.span.high)
        values = values_of(lever) or tuple(lever.node(tidy(end, whole=_whole(lever))) for end in ends)
        yield from ({lever.path: value} for value in values)


def _drawn(sweep: Sweep) -> Iterator[Point]:
    """Yield points that are spread evenly over the unit cube, brought to the levers' ranges."""
    from scipy.stats import qmc

    content, levers = sweep.content, sweep.levers
    assert content.points is not None  # else the file did not load
    if content.design == "sobol":
        cube = qmc.Sobol(len(levers), rng=content.design_seed).random_base2(content.points.bit_length() - 1)
    else:
        cube = qmc.LatinHypercube(len(levers), rng=content.design_seed).random(content.points)
    for row in cube:
        yield {lever.path: _at(lever, float(u)) for lever, u in zip(levers, row, strict=True)}


def _at(lever: Lever, u: float) -> Node:
    """Return the value at a place `u` in [0, 1) of a lever: its values, and whole numbers, have equal shares."""
    span = lever.span
    if span is None:
        return lever.values[int(u * len(lever.values))]
    if span.whole:
        low, high = tidy(span.low, whole=True), tidy(span.high, whole=True)
        return lever.node(int(low + int(u * (high - low + 1))))
    return lever.node(tidy(span.low + u * (span.high - span.low), whole=False))


def _whole(lever: Lever) -> bool:
    return lever.span is not None and lever.span.whole
