"""What charts can be made of: stored results, what was found of them, and stored sweeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import SimError

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult
    from sim.experiment.attribute import Attribution
    from sim.experiment.families import Judged
    from sim.experiment.findings import Found
    from sim.experiment.sweep_recall import SweepSource
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Change:
    """An attribution, and the two scenarios between which it is."""

    found: Attribution
    base: Scenario
    reform: Scenario


@dataclass(frozen=True)
class Material:
    """Results in the folder `root`, the first of them the base of the others; or a sweep, and then no results."""

    root: Path
    results: tuple[ScenarioResult, ...] = ()
    sweep: SweepSource | None = None

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """What was found of each reform; empty if there is nothing to compare. Raises RunError without common draws."""
        from sim.experiment.families import judged

        return judged(self.results[0], list(self.results[1:])) if len(self.results) > 1 else ()

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The attributions kept of these results: against the base, and of each against itself without its policies.

        Of several of one number, that over most replications.
        """
        from sim.experiment.findings import attributions

        found: dict[tuple[str, str], Change] = {}
        for result in self.results:
            reform = result.scenario
            for base in self._bases(reform):
                for one in attributions(self.root, base.digest, reform.digest):
                    found[reform.digest, one.subject.name] = Change(one, base, reform)
        return tuple(found.values())

    @cached_property
    def sensitivities(self) -> tuple[tuple[Found, Scenario], ...]:
        """What was kept of the sensitivities of these results; of several of one number, that of most replications."""
        from sim.experiment.findings import sensitivities

        found = {
            (result.scenario.digest, one.subject.name, one.effect): (one, result.scenario)
            for result in self.results
            for one in sensitivities(self.root, result.scenario.digest)
        }
        return tuple(found.values())

    def _bases(self, reform: Scenario) -> list[Scenario]:
        """Return what a scenario may have been held against, the base of the comparison last."""
        from sim.experiment.switches import switches

        first = self.results[0].scenario
        bases = [] if reform.digest == first.digest else [first]
        if reform.policies:
            try:
                bases.insert(0, switches(reform).scenario(0))
            except SimError:  # its policies cannot be switched off
                return bases
        return bases
