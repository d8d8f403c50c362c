"""One number of the results by name: `metric[.flow][.group][.statistic]`, as in `arrival_to_release.export.p90`.

What is left out means the whole: flow `all` where a metric has it, else the first of FLOWS that it has; group `all`;
statistic `mean`, else the single `value`, else the `count`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.errors import Problem, RunError
from sim.experiment.result import Key
from sim.records import MetricRow
from sim.scenario.nearest import choice_of, nearest_of, with_nearest

FLOWS = ("all", "import", "export", "transhipment", "domestic", "empty", "vessel", "barge", "train")
STATISTICS = ("mean", "value", "count", "total", "p50", "p90", "p95", "within_24h", "within_48h", "unfinished")
LIST = "list"
"""Asked for in the place of a metric, all names are listed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The number that an experiment is about, with its unit."""

    metric: str
    flow: str
    group: str
    statistic: str
    unit: str

    @property
    def key(self) -> Key:
        """Metric, flow, group and statistic, as results are keyed."""
        return self.metric, self.flow, self.group, self.statistic

    @property
    def name(self) -> str:
        """The whole name, which finds it again."""
        return ".".join(self.key)


def subjects(rows: Iterable[MetricRow]) -> tuple[Subject, ...]:
    """Return every number of a replication, metric by metric in the order of first sight, the whole before its parts.

    Of each metric the first is what its bare name means.
    """
    found = dict.fromkeys(Subject(row.metric, row.flow, row.group, row.statistic, row.unit) for row in rows)
    metrics = {subject.metric: number for number, subject in enumerate(reversed(found))}
    return tuple(sorted(found, key=lambda subject: (-metrics[subject.metric], *_rank(subject))))


def find(name: str, rows: Iterable[MetricRow]) -> Subject:
    """Return the number that `name` means among those of a replication. Raises RunError with the nearest right name."""
    return find_all([name], rows)[0]


def find_all(names: Sequence[str], rows: Iterable[MetricRow]) -> tuple[Subject, ...]:
    """Return the numbers that `names` mean. Raises RunError with every name that means none."""
    found = search(names, rows)
    problems = [item for item in found if isinstance(item, Problem)]
    if problems:
        raise RunError(problems)
    return tuple(dict.fromkeys(item for item in found if isinstance(item, Subject)))


def search(names: Sequence[str], rows: Iterable[MetricRow]) -> list[Subject | Problem]:
    """Return for every name the number that it means, or the problem that it means none."""
    known: dict[str, list[Subject]] = {}
    for subject in subjects(rows):
        known.setdefault(subject.metric, []).append(subject)
    return [_found(name.strip(), known) for name in names]


def value_of(subject: Subject, rows: Iterable[MetricRow]) -> float | None:
    """Return the value of one replication; None if it has none, as a mean over no box."""
    for row in rows:
        if (row.metric, row.flow, row.group, row.statistic) == subject.key:
            return row.value
    return None


def values_of(subject: Subject, replications: Sequence[Iterable[MetricRow]], where: str) -> list[float]:
    """Return the value of every replication. Raises RunError that names `where` if one has none."""
    values = [value_of(subject, rows) for rows in replications]
    without = [str(number) for number, value in enumerate(values) if value is None]
    if without:
        what = f"{subject.name} is a number of nothing in replication {choice_of(without)}"
        raise RunError(Problem(what, where, "choose a number that all replications have, or more days (--days)"))
    return [value for value in values if value is not None]


def _rank(subject: Subject) -> tuple[int, int, int]:
    return (
        FLOWS.index(subject.flow) if subject.flow in FLOWS else len(FLOWS),
        0 if subject.group == "all" else 1,
        STATISTICS.index(subject.statistic) if subject.statistic in STATISTICS else len(STATISTICS),
    )


def _found(name: str, known: dict[str, list[Subject]]) -> Subject | Problem:
    metric, _, rest = name.partition(".")
    if metric not in known:
        near = nearest_of(metric, known)
        remedy = f"write {name.replace(metric, near, 1)}" if near else f"--metric {LIST} prints all names"
        return Problem(with_nearest(f"there is no metric {metric!r}", metric, known), f"--metric {name}", remedy)
    names: dict[str, Subject] = {}
    for subject in known[metric]:
        for short in _shortened(subject):
            names.setdefault(short, subject)
    if rest in names:
        return names[rest]
    what = with_nearest(f"{metric} has no {rest!r}", rest, names)
    parts = {
        kind: choice_of(dict.fromkeys(str(getattr(subject, kind)) for subject in known[metric]))
        for kind in ("flow", "group", "statistic")
    }
    listed = "; ".join(f"{kind}: {choice}" for kind, choice in parts.items())
    return Problem(what, f"--metric {name}", f"write {metric}[.flow][.group][.statistic], where {listed}")


def _shortened(subject: Subject) -> Iterable[str]:
    """Yield what may stand after the metric's name: flow, group and statistic, any of them left out."""
    flow, group, statistic = subject.flow, subject.group, subject.statistic
    for parts in ((), (flow,), (group,), (statistic,), (flow, group), (flow, statistic), (group, statistic)):
        yield ".".join(parts)
    yield f"{flow}.{group}.{statistic}"
