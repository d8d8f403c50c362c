"""What a sweep will cost, from one short run: time and disk, before hours are spent."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from itertools import chain
from time import perf_counter

from sim.errors import RunError
from sim.experiment.design import number_of_points
from sim.experiment.journal import LITTLE_ENDIAN
from sim.experiment.pilot import PILOT_DAYS, PILOT_REPLICATIONS
from sim.experiment.sweep_checks import check_levers, check_names, first_point, looks, run_once
from sim.experiment.warm_up import HOURS_PER_DAY
from sim.scenario.automatic import PATH, UNTIL_CHOSEN
from sim.scenario.sweep import Sweep
from sim.scenario.template import Template

PROBE_DAYS = 7
"""Days measured by the probe at most; its warm-up and cool-down are those of the scenario."""

BESIDE = 1.1
"""Disk of a stored replication over its numbers alone: indexes, and the room that a database leaves between rows."""


@dataclass(frozen=True)
class Expected:
    """What a sweep is expected to take: seconds of one replication and of making one point, bytes of both.

    pilot_s: seconds of the pilot that finds the warm-up, 0 without; until then the runs are reckoned with UNTIL_CHOSEN
    days of it.
    """

    points: int
    replications: int
    run_s: float
    make_s: float
    run_bytes: int
    point_bytes: int
    pilot_s: float = 0.0

    def seconds(self, workers: int) -> float:
        """Return the time of the whole sweep over so many workers."""
        return self.points * (self.replications * self.run_s / workers + self.make_s) + self.pilot_s / workers

    @property
    def bytes(self) -> int:
        """Disk of the whole sweep."""
        return int(BESIDE * self.points * (self.replications * self.run_bytes + self.point_bytes))


def probe(sweep: Sweep) -> Expected:
    """Check a sweep, run one replication of its first point over few days, and return what all will take.

    Nothing is stored. Raises as the sweep would if it cannot be run, and RunError if the probe fails.
    """
    template = Template(sweep.scenario, sweep.options)
    auto = template.base.auto_warm_up
    if auto:
        template = Template(sweep.scenario, sweep.options, {PATH: str(UNTIL_CHOSEN)})
    check_levers(sweep, template)
    start = perf_counter()
    scenario = first_point(sweep, template)
    made = perf_counter() - start
    text = zlib.compress(template.base.text.encode())
    horizon = scenario.horizon
    short = replace(scenario, horizon=horizon.model_copy(update={"days": min(PROBE_DAYS, horizon.days)}))
    start = perf_counter()
    measured = run_once(short)
    taken = (perf_counter() - start) * horizon.total_hours / short.horizon.total_hours
    if measured.figures is None:
        raise RunError(measured.problems)
    check_names(sweep, chain([measured.figures], looks(scenario)))
    numbers = len(zlib.compress(measured.figures.values.astype(LITTLE_ENDIAN).tobytes()))
    size = number_of_points(sweep), sweep.content.replications
    days = PILOT_DAYS + horizon.cool_down_days
    pilot = PILOT_REPLICATIONS * taken * days * HOURS_PER_DAY / horizon.total_hours if auto else 0.0
    return Expected(*size, taken, made, numbers, len(text), pilot)
