"""Which numbers a sweep reports: its names are looked up in the first replication that comes."""

from __future__ import annotations

from sim.errors import Problem, RunError
from sim.experiment.figures import Figures, Layout
from sim.experiment.subject import Subject, find
from sim.scenario.sweep import METRICS, Sweep


class Metrics:
    """The numbers that a sweep asks for."""

    def __init__(self, sweep: Sweep) -> None:
        self._names, self._places = sweep.content.metrics, sweep.metric_places
        self._by_default = self._names == METRICS
        self._places_in: dict[Layout, tuple[int | None, ...]] = {}
        self.chosen: tuple[Subject, ...] | None = None

    def look(self, figures: Figures) -> tuple[Subject, ...]:
        """Return the numbers, as found in the first figures that were shown.

        Raises RunError with every name that means none; of the names by default those without a number are left out.
        """
        if self.chosen is not None:
            return self.chosen
        rows, found, problems = figures.rows(), [], []
        for name in self._names:
            try:
                found.append(find(name, rows))
            except RunError as error:
                where = self._places.get(name)
                problems += [Problem(problem.what, where, problem.remedy) for problem in error.problems]
        if problems and not self._by_default:
            raise RunError(problems)
        self.chosen = tuple(dict.fromkeys(found))
        return self.chosen

    def values(self, figures: Figures) -> tuple[float | None, ...]:
        """Return the value of each number, None where there is none."""
        chosen = self.look(figures)
        if figures.layout not in self._places_in:
            index = {line[:4]: k for k, line in enumerate(figures.layout)}
            self._places_in[figures.layout] = tuple(index.get(subject.key) for subject in chosen)
        places = self._places_in[figures.layout]
        return tuple(None if place is None else float(figures.values[place]) for place in places)
