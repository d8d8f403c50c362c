"""`nansha sensitivity`: how much of an answer rests on assumed and derived values."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.asking import CLOCK, MetricOption
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
from sim.cli.screen import Screen
from sim.cli.sets import parsed

DAYS, REPLICATIONS = 7, 10
EFFECT = "Ask of the change by the scenario's policies, not of the number itself. 考察政策效果而非指标本身。"
TOP = "Leading values, looked at closely. 重点考察的数值个数。"
TRAJECTORIES = "Trajectories of the screening. 筛选轨迹数。"
ROWS = "Rows of the samples for shares of variance, a power of two. 方差分解的样本行数，2 的幂。"
DRY_RUN = "Say what would be run and how long it takes, and run nothing. 只说明运行量与所需时间。"


def sensitivity(
    file: ScenarioFile,
    metric: MetricOption = None,
    effect: Annotated[bool, typer.Option("--effect", help=EFFECT)] = False,
    top: Annotated[int, typer.Option("--top", min=1, max=40, help=TOP)] = 8,
    trajectories: Annotated[int, typer.Option("--trajectories", min=1, help=TRAJECTORIES)] = 4,
    rows: Annotated[int, typer.Option("--rows", min=8, help=ROWS)] = 64,
    replications: ReplicationsOption = None,
    days: DaysOption = None,
    seed: SeedOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=DRY_RUN)] = False,
    workers: WorkersOption = None,
    sets: SetOption = None,
    out: OutOption = RESULTS,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Screen every assumed or derived value over its range, then share out the variance among the leading ones."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.asking import listed
        from sim.cli.loads import refuse_overload
        from sim.cli.pilot import template_with_warm_up
        from sim.cli.progress import metered
        from sim.cli.sensitivity_report import finish, print_plan
        from sim.cli.working import Wanted
        from sim.experiment.findings import keep_sensitivity
        from sim.experiment.sensitivity import Size, planned, sensitivity
        from sim.scenario.template import Template

        _check_rows(rows)
        size = Size(trajectories, top, replications or REPLICATIONS, rows)
        numbers = {"horizon.days": days or DAYS} | ({} if seed is None else {"seed": seed})
        template = Template(file, numbers, parsed(sets))
        refuse_overload([template.base])
        wanted = Wanted(out, workers)
        if dry_run:
            print_plan(planned(template, metric or CLOCK, size, effect=effect), wanted.options.workers, screen)
            return
        template, pilot = template_with_warm_up(template, wanted.options, screen)
        plan = planned(template, metric or CLOCK, size, effect=effect)
        if listed([metric or CLOCK], plan.template.base, wanted, screen):
            return
        options = wanted.options
        with metered(lang) as meter:
            found = sensitivity(plan, options, meter)
        keep_sensitivity(out, found)
        finish(found, out, pilot, screen)


def _check_rows(rows: int) -> None:
    from sim.errors import Problem, RunError

    if rows & (rows - 1):
        below = 1 << (rows.bit_length() - 1)
        what = f"--rows {rows} is no power of two, for which the samples are spread evenly"
        raise RunError(Problem(what, remedy=f"write --rows {below} or --rows {2 * below}"))
