"""What the model says of ports that cannot work, as the tests read it."""

from __future__ import annotations

from sim.errors import Problem
from sim.models import impossibilities
from sim.port.evidence import lookup
from sim.port.port import Port


def problems_of(port: Port) -> tuple[Problem, ...]:
    """Return what no run of the port could do: each names a place that there is, and a remedy."""
    found = impossibilities(port)
    for problem in found:
        assert lookup(port, str(problem.where)) is not None
        assert problem.remedy
    return found


def only_problem(port: Port) -> str:
    """Return the one problem there is, in words."""
    (problem,) = problems_of(port)
    return f"{problem.where}: {problem.what} -> {problem.remedy}"
