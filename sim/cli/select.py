"""`nansha select`: the best package out of a reform's policies."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.asking import CLOCK, MetricOption
from sim.cli.options import (
    DaysOption,
    FullOption,
    JsonOption,
    LangOption,
    OutOption,
    ReplicationsOption,
    SeedOption,
    SetOption,
    WorkersOption,
)
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.cli.sets import parsed

REFORM = "A scenario with policies. 含政策的情景。"
DELTA = "The smallest difference that matters, in the number's unit; of shares 0.01 is 1 %. 有意义的最小差值。"
BETTER = "Which is better: less or more; the number's own way if not given. 越小或越大为好。"
MOST_POLICIES = "Policies of a package at most. 一揽子中政策项数上限。"
MOST = "Replications of a package at most. 每种组合重复次数上限。"


class Better(StrEnum):
    """Which way is better."""

    LESS = "less"
    MORE = "more"


def select(
    reform: Annotated[Path, typer.Argument(metavar="REFORM", help=REFORM)],
    metric: MetricOption = None,
    delta: Annotated[float | None, typer.Option("--delta", metavar="SIZE", help=DELTA)] = None,
    better: Annotated[Better | None, typer.Option("--better", help=BETTER)] = None,
    most_policies: Annotated[int | None, typer.Option("--max-policies", min=1, help=MOST_POLICIES)] = None,
    most: Annotated[int, typer.Option("--max-replications", min=2, help=MOST)] = 200,
    replications: ReplicationsOption = None,
    seed: SeedOption = None,
    days: DaysOption = None,
    workers: WorkersOption = None,
    sets: SetOption = None,
    out: OutOption = RESULTS,
    full: FullOption = False,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Find the best package of policies, with a guaranteed probability of having selected the right one."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.asking import listed
        from sim.cli.loads import refuse_overload
        from sim.cli.pilot import pilot_record
        from sim.cli.progress import metered
        from sim.cli.select_report import print_selection, record_of
        from sim.cli.working import Wanted, warmed_up
        from sim.experiment.observe import named
        from sim.experiment.select import contest, race, select
        from sim.experiment.switches import switches

        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, sets=parsed(sets), numbers=numbers)
        (scenario,), pilot = warmed_up([reform], wanted, screen)
        what = switches(scenario)
        if listed([metric or CLOCK], scenario, wanted, screen):
            return
        options = wanted.options
        with metered(lang) as meter:
            (subject,) = named([metric or CLOCK], what.scenario(0), options)
            way = {None: 0, Better.LESS: -1, Better.MORE: 1}[better]
            packages = contest(what, subject, better=way, most_policies=most_policies)
            limits = race(packages, delta, most, options)
            meter(0, len(packages.packages) * scenario.replications)
            refuse_overload([what.scenario(package) for package in packages.packages])
            found = select(packages, limits, options, meter)
        if as_json:
            screen.dump(record_of(found) | pilot_record(pilot) | {"results": shown_path(out)})
            return
        print_selection(found, screen, full=full)
        screen.line()
        screen.line(screen.say("run.saved", path=shown_path(out)))
