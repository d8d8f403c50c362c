"""Which numbers a sweep reports: what its names mean is looked up in the first replication that comes."""

from __future__ import annotations

from sim.errors import Problem, RunError
from sim.experiment.figures import Figures, Layout
from sim.experiment.subject import Subject, search
from sim.scenario.sweep import METRICS, Sweep


def unknown(sweep: Sweep, figures: Figures) -> list[Problem]:
    """Return a problem, with its place in the sweep file, for every name that means none of the figures."""
    names = sweep.content.metrics
    return [
        Problem(found.what, sweep.metric_places.get(name), found.remedy)
        for name, found in zip(names, search(names, figures.rows()), strict=True)
        if isinstance(found, Problem)
    ]


class Metrics:
    """The numbers that a sweep asks for."""

    def __init__(self, sweep: Sweep) -> None:
        self._sweep = sweep
        self._places_in: dict[Layout, tuple[int | None, ...]] = {}
        self.chosen: tuple[Subject, ...] | None = None

    def look(self, figures: Figures) -> tuple[Subject, ...]:
        """Return the numbers, as found in the first figures that were shown.

        Raises RunError with every name that means none; of the names by default those without a number are left out.
        """
        if self.chosen is not None:
            return self.chosen
        problems = [] if self._sweep.content.metrics == METRICS else unknown(self._sweep, figures)
        if problems:
            raise RunError(problems)
        found = search(self._sweep.content.metrics, figures.rows())
        self.chosen = tuple(dict.fromkeys(subject for subject in found if isinstance(subject, Subject)))
        return self.chosen

    def values(self, figures: Figures) -> tuple[float | None, ...]:
        """Return the value of each number, None where there is none."""
        chosen = self.look(figures)
        if figures.layout not in self._places_in:
            index = {line[:4]: k for k, line in enumerate(figures.layout)}
            self._places_in[figures.layout] = tuple(index.get(subject.key) for subject in chosen)
        places = self._places_in[figures.layout]
        return tuple(None if place is None else float(figures.values[place]) for place in places)
