"""`nansha attribute`: which policy of a reform did it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.asking import CLOCK, MetricsOption
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
BASE = "What to hold it against; the reform without its policies if not given. 对比的基准，默认为不含政策的同一情景。"
ORDERS = "Orders drawn where there are more than 8 policies. 政策多于 8 项时抽取的次序数。"


def attribute(
    reform: Annotated[Path, typer.Argument(metavar="REFORM", help=REFORM)],
    metrics: MetricsOption = None,
    base: Annotated[Path | None, typer.Option("--base", metavar="FILE", help=BASE)] = None,
    orders: Annotated[int, typer.Option("--orders", min=4, help=ORDERS)] = 16,
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
    """Share the change that a reform makes among its policies, with interactions and intervals."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.asking import listed
        from sim.cli.attribute_chart import save_waterfalls
        from sim.cli.attribute_report import print_attributions, record_of
        from sim.cli.loads import refuse_overload
        from sim.cli.pilot import pilot_record
        from sim.cli.progress import metered
        from sim.cli.working import Wanted, warmed_up
        from sim.experiment.attribute import attribute, plan
        from sim.experiment.findings import keep_attributions
        from sim.experiment.observe import named
        from sim.experiment.switches import switches

        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, sets=parsed(sets), numbers=numbers)
        scenarios, pilot = warmed_up([reform, *([base] if base else [])], wanted, screen)
        what = plan(switches(*scenarios), orders)
        names = metrics or [CLOCK]
        if listed(names, scenarios[0], wanted, screen):
            return
        options = wanted.options
        with metered(lang) as meter:
            meter(0, len(what.coalitions) * scenarios[0].replications)
            refuse_overload([what.switches.scenario(coalition) for coalition in what.coalitions])
            subjects = named(names, what.switches.scenario(0), options)
            found = attribute(what, subjects, options, meter)
        keep_attributions(out, (what.switches.scenario(0).digest, scenarios[0].digest), found)
        folder = save_waterfalls(what, found, out, lang)
        if as_json:
            screen.dump(
                record_of(what, found)
                | pilot_record(pilot)
                | {"results": shown_path(out), "charts": shown_path(folder)}
            )
            return
        print_attributions(what, found, screen, full=full)
        screen.line()
        screen.line(screen.say("run.saved", path=shown_path(out)))
        screen.line(screen.say("run.charts", path=shown_path(folder)))
