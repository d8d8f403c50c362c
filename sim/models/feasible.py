"""What no run of a port could ever do, found before one is run: a vessel too long, a box that no carrier takes."""

from __future__ import annotations

from sim.errors import Problem
from sim.models.feasible_berth import aboard, at_quay, in_yard
from sim.models.feasible_cargo import ever_open, in_time, onward
from sim.models.feasible_visit import visits
from sim.models.feasible_water import in_channel, with_help
from sim.models.load_week import Week
from sim.port.port import Port


def impossibilities(port: Port) -> tuple[Problem, ...]:
    """Return a problem for everything that a call of this port would wait for in vain or could not carry, with remedy.

    And for every kind of box that could never go on. Only classes that a service uses, and boxes that there are, are
    looked at. Drawn values count up to what is drawn once in a million calls.
    """
    week = Week.of(port)
    found: list[Problem] = []
    for visit in visits(week):
        found += [*at_quay(visit), *in_yard(visit), *aboard(visit)]
        if visit.at_sea_quay:
            found += [*in_channel(visit), *with_help(visit)]
    # what is wrong with a class is wrong with it wherever it calls
    return tuple(dict.fromkeys([*found, *onward(week), *in_time(week), *ever_open(week)]))
