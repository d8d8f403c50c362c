"""The cases of the study: a single server, whose truth is exact, and a small port, whose truth is a long reference."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.experiment.result import Key
from sim.metrics.summary import LIMITS_H, QUANTILES
from tests.coverage import single_server, small_port
from tests.coverage.kept import Kept
from tests.coverage.single_server import Line
from tests.coverage.study import Case, Pair, Rows, Size

SEED = 1
MAIN = Line(boxes=4000, load=0.5)
"""Its interval is to hold."""

LADDER = (
    *(Line(boxes, load=0.1) for boxes in (50, 200, 800)),
    *(Line(boxes, load=0.7) for boxes in (200, 1000, 2000)),
    Line(1000, load=0.9),
)
"""From runs too short to those that are long enough; at a load of 0.1 boxes have next to nothing to do with another."""


def single(line: Line, seed: int = SEED) -> Case:
    """Return M/M/1 with the reform of an officer a tenth faster."""
    reform = line.reform()
    base_true, reform_true = line.true(), reform.true()
    key = partial(_key, single_server.METRIC, single_server.FLOW, single_server.GROUP)
    true = {key(name): (base_true[name], reform_true[name]) for name in base_true}

    def runs(replication: int) -> tuple[Rows, Rows]:
        return tuple(line.rows(seed, replication)), tuple(reform.rows(seed, replication))

    return Case(f"M/M/1, load {line.load:g}, {line.boxes} boxes", "exact", runs, lambda _: true)


def port(kept: Kept, size: Size) -> Case:
    """Return the small port with half of the boxes declared in advance, from all its runs.

    The truth of an experiment is that of a box in endlessly many runs: mean, percentiles and shares of all boxes of the
    half of the runs that the experiment is not in, together. So it is independent of what it judges, and its error
    is 1 / sqrt(experiments / 2) of that of one experiment.
    """
    middle = size.experiments // 2 * size.per_interval
    last = size.experiments * size.per_interval
    of_other_half = (_pooled(kept, range(middle, last)), _pooled(kept, range(middle)))

    def runs(replication: int) -> tuple[Rows, Rows]:
        base, reform = kept.run(replication)
        return tuple(small_port.rows(base)), tuple(small_port.rows(reform))

    return Case("small port", "reference", runs, lambda number: of_other_half[number * size.per_interval >= middle])


def _pooled(kept: Kept, replications: range) -> Mapping[Key, Pair]:
    """Return the true values by all boxes of these runs."""
    sides = []
    for side in (0, 1):
        found: dict[Key, float] = {}
        for group in small_port.GROUPS:
            hours = np.concatenate([kept.run(number)[side][group] for number in replications])
            hours = hours[np.isfinite(hours)]
            key = partial(_key, small_port.METRIC, small_port.FLOW, group)
            found[key("mean")] = float(hours.mean())
            points = np.quantile(hours, list(QUANTILES.values()))
            found |= {key(name): float(point) for name, point in zip(QUANTILES, points, strict=True)}
            found |= {key(name): float((hours <= limit).mean()) for name, limit in LIMITS_H.items()}
        sides.append(found)
    return {key: (sides[0][key], sides[1][key]) for key in sides[0]}


def _key(metric: str, flow: str, group: str, statistic: str) -> Key:
    return metric, flow, group, statistic
