"""The pilot that finds a warm-up left open: its option, its progress, what is said of it, and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.screen import Screen, shown_path
from sim.errors import Problem, ScenarioError
from sim.words import Lang
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.experiment import RunOptions
    from sim.experiment.pilot import Pilot
    from sim.scenario import Scenario
    from sim.scenario.template import Template

WarmUpOption = Annotated[
    str | None,
    typer.Option(
        "--warm-up",
        metavar="auto|DAYS",
        help="Days before those measured; auto: a pilot finds them. 预热天数；auto 由试运行确定。",
    ),
]


def warm_up_set(given: str | None) -> list[str]:
    """Return what --warm-up sets, as --set takes it. Raises ScenarioError if it is neither days nor auto."""
    from sim.scenario.automatic import AUTO, PATH

    if given is None:
        return []
    if given != AUTO and not given.isdecimal():
        what = f"--warm-up {given} is neither a whole number of days nor auto"
        raise ScenarioError(Problem(what, remedy="write --warm-up 14, or --warm-up auto for a pilot to find the days"))
    return [f"{PATH}={given}"]


def with_warm_up(
    scenarios: Sequence[Scenario], options: RunOptions, screen: Screen
) -> tuple[list[Scenario], Pilot | None]:
    """Return the scenarios with their warm-up, after a pilot if need be, and say what it found."""
    if not any(scenario.auto_warm_up for scenario in scenarios):
        return list(scenarios), None
    from sim.cli.progress import metered
    from sim.experiment.pilot import settled

    with metered(screen.lang) as meter:
        chosen, pilot = settled(scenarios, options, meter)
    if pilot is not None and options.out is not None and not screen.as_json:
        screen.line(pilot_words(pilot, options.out, screen, shared=len(chosen) > 1))
    return chosen, pilot


def template_with_warm_up(template: Template, options: RunOptions, screen: Screen) -> tuple[Template, Pilot | None]:
    """Return the template with its warm-up, after a pilot if need be, and say what it found."""
    (base,), pilot = with_warm_up([template.base], options, screen)
    return (template.around(base) if pilot is not None else template), pilot


def pilot_words(pilot: Pilot, out: Path, screen: Screen, *, shared: bool = False) -> str:
    """Return the days that were found, and why; the chart that shows it is saved."""
    from sim.cli.pictures import WARM_UP, folder_name
    from sim.words import say

    lang = screen.lang
    folder = out / "charts" / folder_name((pilot.result,))
    save_pilot(pilot, folder, lang)
    scenario, horizon = pilot.scenario, pilot.result.scenario.horizon
    return say(
        "pilot.shared" if shared else "pilot.found",
        lang,
        days=pilot.days,
        name=scenario.zh if lang == "zh" else scenario.en,
        replications=len(pilot.result.outcomes),
        length=horizon.days,
        chart=shown_path(folder / f"{WARM_UP}.png"),
        **{name: figure(day, "d") for name, day in _settled(pilot).items()},
    )


def _settled(pilot: Pilot) -> dict[str, float]:
    """Return after how many days vessels and boxes have settled: a pilot that decided knows both."""
    found = {"vessels": pilot.found.vessels.days, "boxes": pilot.found.boxes.days}
    return {name: days for name, days in found.items() if days is not None}


def pilot_before(screen: Screen) -> str:
    """Return what is said of a pilot that is yet to be run."""
    from sim.experiment.pilot import PILOT_DAYS, PILOT_REPLICATIONS
    from sim.scenario.automatic import UNTIL_CHOSEN

    counts = {"replications": PILOT_REPLICATIONS, "length": PILOT_DAYS}
    return screen.say("pilot.before", days=UNTIL_CHOSEN, **counts)


def pilot_record(pilot: Pilot | None) -> dict[str, Any]:
    """Return it as it stands in JSON; nothing if there was none."""
    if pilot is None:
        return {}
    result = pilot.result
    record = {
        "scenario": pilot.scenario.name,
        "warm_up_days": pilot.days,
        **{f"{name}_days": days for name, days in _settled(pilot).items()},
        "replications": len(result.outcomes),
        "days": result.scenario.horizon.days,
        "digest": result.scenario.digest,
    }
    return {"pilot": record}


def save_pilot(pilot: Pilot | None, folder: Path, lang: Lang) -> None:
    """Draw and save the chart that shows how the port settles in the pilot, and what is left out."""
    from sim.charts import style, warmup
    from sim.charts.of_results import warm_up_table
    from sim.charts.save import save
    from sim.cli.pictures import WARM_UP

    table = None if pilot is None else warm_up_table(pilot.result)
    if pilot is not None and table is not None:
        table = replace(table, given=pilot.days)
        with style.styled():
            save(warmup.draw(table, lang), table, folder / WARM_UP)
