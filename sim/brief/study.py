"""What a brief is about: a base and its reforms as stored, what was found of each, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sim.brief.model import Mark
from sim.errors import Problem, RunError
from sim.experiment.compare import Effect, Summary, summarise
from sim.experiment.families import NAMES, Judged, judged
from sim.experiment.gains import CLOCKS
from sim.experiment.headlines import Name
from sim.experiment.result import Key, ScenarioResult
from sim.experiment.statistics import Verdict
from sim.port.evidence import leaves
from sim.port.units import Evidence, Quantity
from sim.scenario import Scenario
from sim.scenario.grades import grades, values_of
from sim.words import Lang
from sim.words.names import title_of

MEASURED = frozenset(
    {
        *("unloading", "preparation", "clearance", "pick_up", "after_release", "vessel_departure"),
        *("time_cost_low", "time_cost_high", "charges", "storage_charge", "demurrage_charge", "inspection_fee"),
        *("infringements_missed", "infringements_found", "inspected_share", "desk_work", "desk_hours"),
    }
)
"""Metrics that a brief tells beside those of the families."""

INSPECTION = "inspection"
"""The group of scanners and examination bays together."""

MOST_REFORMS = 5

PROPER = ("China", "Nansha", "Guangzhou", "Hong Kong", "Greater Bay")
"""How names begin that keep their capital within a sentence."""


@dataclass(frozen=True)
class Options:
    """How a brief is made. dated: ISO date. command: what makes it again, as typed. title: in place of its own."""

    dated: str
    command: str
    title: str | None = None


@dataclass(frozen=True)
class Study:
    """The results, what was found, and the language that they are told in. found: of each reform, in their order."""

    base: ScenarioResult
    reforms: tuple[ScenarioResult, ...]
    found: tuple[Judged, ...]
    root: Path
    lang: Lang
    options: Options

    def effect(self, k: int, name: Name) -> Effect | None:
        """Return what reform `k` changes in a number, with the verdict that holds in its family; None without."""
        return self._effects[k].get(name)

    def summary(self, name: Name) -> Summary | None:
        """Return a number of the base; None if it has none."""
        return self._summaries.get(name)

    def name(self, k: int) -> str:
        """Return what a reform is called in a sentence: its title up to the colon where that tells it apart."""
        return self._names[k]

    def inner(self, k: int) -> str:
        """Return the same within a sentence."""
        return within(self._names[k])

    def mark(self, k: int) -> Mark:
        """Return the mark of what reform `k` changes: ‡ if what one of its policies sets is assumed, else that of the
        port."""
        return "‡" if self.assumed(k) else self.port_mark

    @property
    def port_mark(self) -> Mark:
        """The mark of a number of the base: † if any input of the port is assumed."""
        return "†" if grades(self.base.scenario)["assumed"] else ""

    @property
    def results(self) -> tuple[ScenarioResult, ...]:
        """Base and reforms."""
        return self.base, *self.reforms

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of base and reforms."""
        return tuple(dict.fromkeys(result.scenario.digest for result in self.results))

    @property
    def replications(self) -> tuple[int, ...]:
        """The numbers of the replications of the base."""
        return tuple(range(len(self.base.outcomes)))

    def assumed(self, k: int) -> tuple[str, ...]:
        """Return the paths of the values that the policies of reform `k` set and that are assumed."""
        scenario, values = self.reforms[k].scenario, self._values[k]
        paths = dict.fromkeys(change.path for change in scenario.changes)
        return tuple(path for path in paths if path in values and values[path].grade == "assumed")

    def value(self, k: int, path: str) -> Evidence | None:
        """Return the value at a path of reform `k` with all its policies in force."""
        return self._values[k].get(path)

    def price_mark(self, *names: str) -> Mark:
        """Return ‡ if one of these prices of the port is assumed, else the mark of the port."""
        prices = [self.price(name) for name in names]
        return "‡" if any(price is not None and price.grade == "assumed" for price in prices) else self.port_mark

    def price(self, name: str) -> Quantity | None:
        """Return a price of the port; None if it has none."""
        found = self._base_values.get(f"costs.{name}")
        return found if isinstance(found, Quantity) else None

    @cached_property
    def _base_values(self) -> dict[str, Evidence]:
        return leaves(self.base.scenario.timeline.ports[-1])

    @cached_property
    def _values(self) -> tuple[dict[str, Evidence], ...]:
        return tuple(values_of(reform.scenario) for reform in self.reforms)

    @cached_property
    def _effects(self) -> tuple[dict[Name, Effect], ...]:
        return tuple(_told(found) for found in self.found)

    @cached_property
    def _summaries(self) -> dict[Name, Summary]:
        names = {key[:3] for effects in self._effects for key in effects}
        rows = summarise(self.base, lambda key: key[:3] in names)
        return {(row.metric, row.flow, row.group, row.statistic): row for row in rows}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return _short([result.scenario for result in self.reforms], self.lang)


def study(results: Sequence[ScenarioResult], root: Path, lang: Lang, options: Options) -> Study:
    """Return what the brief of these results is about; the first is the base.

    Raises RunError if there is no reform, too many, or one without policies of its own; if draws are not common; and if
    nothing was measured.
    """
    problems = list(_problems(results))
    if problems:
        raise RunError(problems)
    base, *reforms = (_trimmed(result) for result in results)
    found = judged(base, reforms, _wanted)
    if not all(any(effect.statistic == "mean" for effect in one.effects) for one in found):
        what = "the runs have no box of import or export that went through the port"
        raise RunError(Problem(what, remedy="measure more days (--days), then make the brief again"))
    return Study(base, tuple(reforms), found, root, lang, options)


def _problems(results: Sequence[ScenarioResult]) -> list[Problem]:
    if len(results) < 2:
        what = "a brief tells what a reform does, and only one scenario is named"
        remedy = "name the reform after the base: nansha brief baseline two_step"
        return [Problem(what, results[0].scenario.name if results else None, remedy)]
    if len(results) > MOST_REFORMS + 1:
        what = f"a brief holds {MOST_REFORMS} reforms at most, and {len(results) - 1} are named"
        return [Problem(what, remedy="name fewer, or make several briefs")]
    digests = [result.scenario.digest for result in results]
    return [
        Problem(
            f"{result.scenario.name} is the same run as {results[digests.index(digest)].scenario.name}",
            remedy="name a scenario that changes something",
        )
        for k, (digest, result) in enumerate(zip(digests, results, strict=True))
        if digest in digests[:k]
    ]


def _trimmed(result: ScenarioResult) -> ScenarioResult:
    """Return a result with the metrics that a brief may ask for, so that the others are gone through once only."""
    own = MEASURED | {name[0] for name in NAMES} | {metric for clocks in CLOCKS.values() for metric in clocks}
    return replace(
        result,
        outcomes=tuple(
            replace(outcome, metrics=tuple(row for row in outcome.metrics if row.metric in own))
            for outcome in result.outcomes
        ),
    )


def _wanted(key: Key) -> bool:
    return key[0] in MEASURED and key[2] in ("all", INSPECTION)


def _told(found: Judged) -> dict[Name, Effect]:
    """Return every effect under its name, with the verdict of the family that it is in."""
    told = {_name(effect): found.told(effect) for effect in found.effects}
    groups = {_name(item.effect): item.effect for item in found.gains if item.effect.group != "all"}
    return told | groups


def _name(effect: Effect) -> Name:
    return effect.metric, effect.flow, effect.group, effect.statistic


def _short(scenarios: Sequence[Scenario], lang: Lang) -> tuple[str, ...]:
    full = [title_of(scenario, lang) for scenario in scenarios]
    short = [title.partition("：" if lang == "zh" else ": ")[0] for title in full]
    return tuple(short if len(set(short)) == len(short) else full)


def within(name: str) -> str:
    """Return a name as it stands within a sentence: its first letter small, unless it is that of a proper name."""
    proper = name.startswith(PROPER) or not name[1:2].islower()
    return name if proper else name[0].lower() + name[1:]


def shown(effect: Effect) -> bool:
    """Return whether a change is shown."""
    return effect.verdict is not Verdict.NOT_SHOWN


def same(effect: Effect) -> bool:
    """Return whether a number is the same in every replication."""
    return effect.difference == effect.low == effect.high == 0
