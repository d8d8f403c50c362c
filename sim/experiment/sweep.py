"""A sweep: every point of a design over the workers, journalled as it comes, and one table at the end.

Points are made one by one as workers become free and their numbers go to the journal, so that the memory of this
process does not grow with their number. What is stored is never run again, whatever ended the sweep before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from sim.errors import SimError
from sim.experiment.batches import Measured, Trial
from sim.experiment.design import Point, number_of_points, points
from sim.experiment.evaluate import measured_batches
from sim.experiment.journal import Journal, opened
from sim.experiment.lock import locked
from sim.experiment.options import RunOptions
from sim.experiment.pilot import Pilot, settled_template
from sim.experiment.refusals import refusals
from sim.experiment.sweep_book import Entry, Made, SweepBook
from sim.experiment.sweep_checks import check_levers, check_names, first_point, looks, settings
from sim.experiment.sweep_metrics import Metrics
from sim.experiment.sweep_table import write_table
from sim.scenario import Scenario
from sim.scenario.digest import canonical
from sim.scenario.node import plain
from sim.scenario.sweep import Sweep
from sim.scenario.template import Template, making_version

FOLDER = "sweeps"


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """How far a sweep is: points done of all, those among them that failed, and points that were stored before."""

    done: int
    points: int
    failed: int
    stored: int


Report = Callable[[SweepProgress], None]


@dataclass(frozen=True)
class SweepResult:
    """A sweep that is done: where its table is, how many points it has, and how many of them have no numbers.

    untouched: everything was there already, from an earlier sweep over the same points. pilot: it found the warm-up of
    all points.
    """

    sweep: Sweep
    folder: Path
    base: Scenario
    points: int
    failed: int
    untouched: bool
    pilot: Pilot | None = None

    @property
    def table(self) -> Path:
        """The Parquet file with a row for each point and number."""
        return self.folder / f"{self.sweep.name}.parquet"


def run_sweep(sweep: Sweep, options: RunOptions, report: Report | None = None) -> SweepResult:
    """Run what is missing of a sweep, write its table and return where it is.

    `options.out` is the folder of results. A point that cannot be made or whose run fails becomes a row with its
    error. Raises ScenarioError, PolicyError, RunError or OutputError for what makes the sweep as a whole impossible;
    what was finished before stays in the journal.
    """
    assert options.out is not None
    folder = options.out / FOLDER / sweep.name
    template, pilot = settled_template(Template(sweep.scenario, sweep.options), options)
    with opened(options.out) as journal, locked(folder):
        work = _Work(sweep, template, journal, options)
        before = work.book.entry(sweep.name)
        if before == work.entry(before) and all((folder / name).is_file() for name in before.files):
            return SweepResult(sweep, folder, template.base, before.points, 0, untouched=True, pilot=pilot)
        if before is None or before.plan != work.plan:
            check_levers(sweep, template)
            check_names(sweep, looks(first_point(sweep, template), journal))
        work.book.begin(work.entry(None), work.recipes())
        work.carry_out(report or (lambda _: None))
        failed, files = write_table(folder, sweep, template.base, work.results(), work.metrics)
        work.book.finish(sweep.name, files, failed)
    return SweepResult(sweep, folder, template.base, work.points, failed, untouched=False, pilot=pilot)


class _Work:
    """One sweep under way."""

    def __init__(self, sweep: Sweep, template: Template, journal: Journal, options: RunOptions) -> None:
        self.sweep, self.template, self._journal, self._options = sweep, template, journal, options
        self.book, self.metrics = SweepBook(journal), Metrics(sweep)
        self.points = number_of_points(sweep)
        self._replications = tuple(range(sweep.content.replications))
        self._made_by = f"{making_version()}\n{template.base.digest}\n{template.base.text}\n"
        self.plan = self._plan()
        self._left: dict[str, int] = {}
        self._bad: set[str] = set()
        self._done = self._failed = self._stored = 0

    def entry(self, before: Entry | None) -> Entry:
        """Return how the journal would name this sweep, done as `before` was if that was without failures."""
        title, base = self.sweep.content.title, self.template.base
        files, failed, begun = ((), None, "") if before is None else (before.files, 0, before.begun)
        size = (self.points, len(self._replications))
        return Entry(self.sweep.name, title.zh, title.en, base.name, *size, self.plan, files, failed, begun)

    def recipes(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield the recipe and the levers of every point: what is set in which scenario, by which code."""
        for point in points(self.sweep):
            levers = {path: plain(node) for path, node in point.items()}
            yield hashlib.sha256((self._made_by + canonical(levers)).encode()).hexdigest(), levers

    def carry_out(self, report: Report) -> None:
        """Run the points that are missing."""
        report(self._progress())
        try:
            with closing(measured_batches(self._trials(report), self._missing, self._options, self._journal)) as found:
                for scenario, measured in found:
                    self._landed(scenario, measured)
                    report(self._progress())
        finally:
            with suppress(SimError):  # on a full disk the error that is told is the first one
                self.book.write_notes()

    def results(self) -> Iterator[tuple[Mapping[str, object], Made, list[Measured]]]:
        """Yield the levers of every point, what it came to, and its replications."""
        for _, recipe, levers in self.book.points(self.sweep.name):
            made = self.book.made(recipe)
            assert made is not None  # every point was made, or failed, before
            measured = self._journal.read(made.digest, self._replications) if made.digest else {}
            yield levers, made, list(measured.values())

    def _trials(self, report: Report) -> Iterator[Trial]:
        for number, (point, (recipe, _)) in enumerate(zip(points(self.sweep), self.recipes(), strict=True), start=1):
            made, scenario = self.book.made(recipe), None
            if made is None or (made.digest is not None and self._lacks(made.digest)):
                made, scenario = self._make(point, f"{self.sweep.name}-{number}")
                self.book.note(recipe, made)
            if scenario is not None and made.digest is not None and made.digest not in self._left:
                lacking = self._lacks(made.digest)
                if lacking:
                    self._left[made.digest] = len(lacking)
                    yield Trial(scenario, lacking)
                    continue
            self._done += 1
            self._stored += made.digest is not None
            self._failed += made.digest is None
            report(self._progress())

    def _make(self, point: Point, name: str) -> tuple[Made, Scenario | None]:
        try:
            scenario = replace(self.template.point(settings(point)), name=name)
        except SimError as error:
            return Made(None, error.problems), None
        refused = refusals(scenario)
        return (Made(None, tuple(refused)), None) if refused else (Made(scenario.digest), scenario)

    def _lacks(self, digest: str) -> tuple[int, ...]:
        stored = self._journal.stored(digest)
        return tuple(number for number in self._replications if number not in stored)

    def _missing(self, trial: Trial) -> tuple[int, ...]:
        return trial.replications

    def _landed(self, scenario: Scenario, measured: tuple[Measured, ...]) -> None:
        for item in measured:
            if item.figures is not None:
                self.metrics.look(item.figures)
            if item.figures is None or item.violations:
                self._bad.add(scenario.digest)
        self._left[scenario.digest] -= len(measured)
        if not self._left[scenario.digest]:
            del self._left[scenario.digest]
            self._done += 1
            self._failed += scenario.digest in self._bad
            self._bad.discard(scenario.digest)

    def _progress(self) -> SweepProgress:
        return SweepProgress(self._done, self.points, self._failed, self._stored)

    def _plan(self) -> str:
        """Return a hash of all that the table of this sweep follows from."""
        total = hashlib.sha256(f"{version('nansha-sim')}\n{self.sweep.text}\n{len(self._replications)}\n".encode())
        for recipe, _ in self.recipes():
            total.update(recipe.encode())
        return total.hexdigest()
