"""What the experiments with policies and loads ask alike: which number, of which scenario, run how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.cli.working import Wanted
from sim.words import Lang
from sim.words.names import subject_words
from sim.words.numbers import span, unit_of

if TYPE_CHECKING:
    from sim.experiment.statistics import Interval
    from sim.scenario import Scenario

METRIC = "A number: metric[.flow][.group][.statistic]; list prints all. 指标名；list 列出全部。"
MetricOption = Annotated[str | None, typer.Option("--metric", metavar="NAME", help=METRIC)]
MetricsOption = Annotated[list[str] | None, typer.Option("--metric", metavar="NAME", help=METRIC)]
CLOCK = "arrival_to_gate_out.mean"
"""Looked at where no number is named."""


def listed(names: Sequence[str], scenario: Scenario, wanted: Wanted, screen: Screen) -> bool:
    """Print the names of all numbers if that is asked for, and return whether it is."""
    from sim.experiment.observe import everything
    from sim.experiment.subject import LIST

    if LIST not in names:
        return False
    subjects = everything(scenario, wanted.options)
    if screen.as_json:
        screen.dump([{"name": subject.name, "unit": subject.unit} for subject in subjects])
        return True
    heads = [screen.say(f"table.{head}") for head in ("name", "measure", "unit")]
    table = Grid(screen.say("subject.listed", count=len(subjects)), heads, ("name", "words", "name"))
    for subject in subjects:
        table.add(subject.name, subject_words(subject, scenario, screen.lang), unit_of(subject.unit, screen.lang))
    screen.show(table)
    return True


def facts(scenario: Scenario, screen: Screen) -> str:
    """Return a line on replications, days and seed."""
    horizon = {"days": scenario.horizon.days, "warm_up": scenario.horizon.warm_up_days}
    numbers = {"replications": scenario.replications, "seed": scenario.seed, "digest": scenario.digest[:8]}
    return screen.say("run.facts", **horizon, **numbers)


def bounds(found: Interval, unit: str, lang: Lang, *, sign: bool = True) -> str:
    """Return an interval in brackets; nothing if there is none."""
    return "" if found.low is None or found.high is None else span(found.low, found.high, unit, lang, sign=sign)
