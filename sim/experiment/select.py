"""The best package of policies out of all 2^k, with a guaranteed probability of having selected the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, floor, log10

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, RunError
from sim.experiment import ranking
from sim.experiment.observe import Tally, observe
from sim.experiment.options import Progress, RunOptions
from sim.experiment.ranking import Race, Standing
from sim.experiment.statistics import Interval, direction, interval, paired
from sim.experiment.subject import Subject
from sim.experiment.switches import Switches

MOST_PACKAGES = 1024
DELTAS = {"h": 0.5, "min": 1.0, "d": 0.1, "share": 0.01}
"""Unit -> the smallest difference that matters if the user does not say; else one percent of the number."""


@dataclass(frozen=True)
class Contest:
    """What is selected: by which number, whether more (1) or less (-1) of it is better, and out of which packages."""

    switches: Switches
    subject: Subject
    better: int
    packages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was in the race: its policies, the number over the replications looked at.

    difference: package less the one selected, over the replications that both have. equal: it did the same as the one
    selected, or as another package of fewer or earlier policies, in every replication of the first stage.
    """

    keys: tuple[str, ...]
    value: Interval
    difference: Interval
    equal: tuple[str, ...] | None


@dataclass(frozen=True)
class Selection:
    """The package selected, its change against none, the runner-up, and what it cost.

    packages: all, the selected first, then by their difference to it; the first two are winner and runner-up.
    runs: replications run, or found stored. factorial: those of all packages for as long as the race was.
    """

    contest: Contest
    race: Race
    packages: tuple[Package, ...]
    change: Interval
    runs: int
    factorial: int

    @property
    def best(self) -> Package:
        """The package selected."""
        return self.packages[0]

    @property
    def runner_up(self) -> Package | None:
        """The next best that is not equal to another; None if there is no other."""
        return next((package for package in self.packages[1:] if package.equal is None), None)

    @property
    def leanest(self) -> Package:
        """The package of fewest policies whose mean difference to the selected one does not matter."""
        way = self.contest.better
        near = [package for package in self.packages if way * package.difference.mean > -self.race.delta]
        return min(near, key=lambda package: (len(package.keys), -way * package.difference.mean))


def contest(switches: Switches, subject: Subject, *, better: int = 0, most_policies: int | None = None) -> Contest:
    """Return the contest between all packages of at most `most_policies` policies, small ones first.

    better: 1 for more, -1 for less, 0 for the direction that the number has of itself. Raises RunError if it has none,
    or if the packages are too many.
    """
    way = better or direction(subject.metric, subject.statistic, subject.unit)
    if way == 0:
        what = f"neither more nor less of {subject.name} is good in itself"
        raise RunError(Problem(what, remedy="say which is better: --better less, or --better more"))
    k = len(switches.keys)
    most = k if most_policies is None else min(most_policies, k)
    count = sum(comb(k, size) for size in range(most + 1))
    if count > MOST_PACKAGES:
        what = f"{k} policies make {count:,} packages of up to {most} policies, more than {MOST_PACKAGES:,}"
        raise RunError(Problem(what, remedy="allow fewer policies at once with --max-policies, or set some to off"))
    packages = [coalition for coalition in range(1 << k) if coalition.bit_count() <= most]
    return Contest(switches, subject, way, tuple(sorted(packages, key=lambda c: (c.bit_count(), _reverse(c, k)))))


def default_delta(subject: Subject, size: float) -> float:
    """Return the difference that matters for a number of such a size: by its unit, else about one percent of it."""
    if subject.unit in DELTAS:
        return DELTAS[subject.unit]
    one_percent = abs(size) / 100
    if one_percent == 0:
        return 1.0
    digit = 10.0 ** floor(log10(one_percent))
    return round(one_percent / digit) * digit


def race(what: Contest, delta: float | None, most: int, options: RunOptions) -> Race:
    """Return the race that a contest is decided by: a first stage of as many replications as the scenario has.

    Without a `delta` the default one is taken, by the size of the number without any policy. Raises RunError if there
    can be no first stage, or no difference.
    """
    first = what.switches.reform.replications
    if first < 2:
        problem = Problem("one replication cannot tell luck from difference", remedy="use --replications 10 or more")
        raise RunError(problem)
    if delta is None:
        size = observe([what.switches.scenario(0)], [0], [what.subject], options)[0, 0, 0]
        delta = default_delta(what.subject, float(size))
    if not 0 < delta < float("inf"):
        raise RunError(Problem(f"--delta {delta:g} is no difference", remedy="as in --delta 0.5, in the number's unit"))
    if most < first:
        what_is_wrong = f"--max-replications {most} are fewer than the {first} replications of the first stage"
        raise RunError(Problem(what_is_wrong, remedy=f"allow {first} or more, or ask for fewer --replications"))
    return Race(delta, first, most)


def select(what: Contest, race: Race, options: RunOptions, progress: Progress | None = None) -> Selection:
    """Return the package selected. Raises RunError if `race.most` replications do not decide; what was run is stored.

    Doubles (packages that make the same port, or do the same) are kept out of the race, for the smaller one.
    """
    scenarios = [what.switches.scenario(coalition) for coalition in what.packages]
    tally, ran = Tally(progress), set[tuple[str, int]]()

    def draw(systems: Sequence[int], replications: range) -> NDArray[np.float64]:
        asked = [scenarios[system] for system in systems]
        ran.update((scenario.digest, number) for scenario in asked for number in replications)
        return what.better * observe(asked, replications, [what.subject], options, tally.next())[:, 0]

    standing = ranking.select(len(scenarios), draw, race)
    if not standing.decided:
        raise RunError(_undecided(what, race, standing))
    return _selection(what, race, standing, len(ran))


def _selection(what: Contest, race: Race, standing: Standing, runs: int) -> Selection:
    seen = {system: standing.left.get(system, standing.looked_at) for system in standing.values}
    values = {system: what.better * found[: seen[system]] for system, found in standing.values.items()}
    best = standing.best
    packages = [_package(what, standing, values, system) for system in values if system != best]
    packages.sort(key=lambda package: (-what.better * package.difference.mean, len(package.keys)))
    none = values[0][: len(values[best])]
    return Selection(
        what,
        race,
        (_package(what, standing, values, best), *packages),
        paired(none.tolist(), values[best][: len(none)].tolist()),
        runs,
        len(values) * standing.looked_at,
    )


def _package(what: Contest, standing: Standing, values: dict[int, NDArray[np.float64]], system: int) -> Package:
    mine, best = values[system], values[standing.best]
    both = min(len(mine), len(best))
    equal = standing.equal.get(system)
    return Package(
        what.switches.keys_of(what.packages[system]),
        interval(mine.tolist()),
        paired(best[:both].tolist(), mine[:both].tolist()),
        None if equal is None else what.switches.keys_of(what.packages[equal]),
    )


def _undecided(what: Contest, race: Race, standing: Standing) -> Problem:
    left = [" + ".join(what.switches.keys_of(what.packages[system])) or "none" for system in standing.survivors]
    shown = "; ".join(left[:4]) + ("; ..." if len(left) > 4 else "")
    text = f"after {standing.looked_at} replications {len(left)} packages are still too near to one another: {shown}"
    remedy = (
        f"allow up to {standing.bound} replications (--max-replications {standing.bound}), or a larger difference "
        f"than {race.delta:g} {what.subject.unit} (--delta); what was run is kept"
    )
    return Problem(text, remedy=remedy)


def _reverse(coalition: int, k: int) -> int:
    """Return the place of a coalition among those of its size when policies are written in order."""
    return -sum(1 << (k - 1 - bit) for bit in range(k) if coalition >> bit & 1)
