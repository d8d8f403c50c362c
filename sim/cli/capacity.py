"""`nansha capacity`: the largest load, or the fewest servers, that still meets a target."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.asking import MetricOption
from sim.cli.options import (
    DaysOption,
    JsonOption,
    LangOption,
    OutOption,
    ReplicationsOption,
    ScenarioFile,
    SeedOption,
    SetOption,
    WorkersOption,
)
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.cli.sets import parsed

TARGET = "The bound that the number has to keep; of shares 0.9 is 90 %. 目标值。"
AT_LEAST = "Whether the number must be at least the target, or at most; its own way if not given. 不低于或不高于目标。"
LOAD = "What is multiplied by a factor: traffic (boxes of all calls), or the path of a number. 按系数放大的量。"
SERVERS = "The path of a whole number: berths, cranes, scanners, officers. 台数、人数等整数值的路径。"
FIRST = "Where the range begins: a factor, or a number. 范围起点。"
LAST = "Where the range ends. 范围终点。"
STEP = "How near the factor is to be found. 系数精度。"
WAIT = "anchorage_wait.mean"


def capacity(
    file: ScenarioFile,
    target: Annotated[float, typer.Option("--target", metavar="VALUE", help=TARGET)],
    metric: MetricOption = None,
    at_least: Annotated[bool | None, typer.Option("--at-least/--at-most", help=AT_LEAST)] = None,
    load: Annotated[str | None, typer.Option("--load", metavar="traffic|PATH", help=LOAD)] = None,
    servers: Annotated[str | None, typer.Option("--servers", metavar="PATH", help=SERVERS)] = None,
    first: Annotated[float | None, typer.Option("--from", metavar="X", help=FIRST)] = None,
    last: Annotated[float | None, typer.Option("--to", metavar="X", help=LAST)] = None,
    step: Annotated[float, typer.Option("--step", metavar="X", help=STEP)] = 0.02,
    replications: ReplicationsOption = None,
    seed: SeedOption = None,
    days: DaysOption = None,
    workers: WorkersOption = None,
    sets: SetOption = None,
    out: OutOption = RESULTS,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Find how much a port can carry, or the least that it needs, for a number to keep its target."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.asking import listed
        from sim.cli.capacity_range import Asked, found_range
        from sim.cli.capacity_report import print_capacity, record_of
        from sim.cli.pilot import pilot_record
        from sim.cli.progress import metered
        from sim.cli.working import Wanted, warmed_up
        from sim.experiment.capacity import capacity
        from sim.experiment.capacity import target as bound
        from sim.experiment.observe import named

        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, sets=parsed(sets), numbers=numbers)
        (scenario,), pilot = warmed_up([file], wanted, screen)
        if listed([metric or WAIT], scenario, wanted, screen):
            return
        quantity = found_range(Asked(file, wanted, pilot, load, servers, (first, last, step)), scenario)
        options = wanted.options
        with metered(lang) as meter:
            meter(0, scenario.replications)
            (subject,) = named([metric or WAIT], scenario, options)
            found = capacity(quantity.build, quantity.range, bound(subject, target, at_least), options, meter)
        if as_json:
            screen.dump(record_of(found, quantity, scenario) | pilot_record(pilot) | {"results": shown_path(out)})
            return
        print_capacity(found, quantity, scenario, screen)
        screen.line()
        screen.line(screen.say("run.saved", path=shown_path(out)))
