"""`nansha sweep`: every point of a design, over processes or a cluster, and one table of what came out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import ClusterOption, JsonOption, LangOption, OutOption, ReplicationsOption, WorkersOption
from sim.cli.run import RESULTS
from sim.cli.screen import Screen, shown_path
from sim.errors import OutputError, Problem

if TYPE_CHECKING:
    from sim.scenario.sweep import Sweep

SOME_FAILED = 1
"""Exit code of a sweep of which some points have no numbers."""

SweepFile = Annotated[Path, typer.Argument(metavar="SWEEP", help="A sweep file. 参数扫描文件。")]
ResumeOption = Annotated[
    bool,
    typer.Option("--resume", help="Go on with a sweep; an error if none was begun here. 继续已开始的扫描。"),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what it would take; run and store nothing. 只估算，不运行。")
]


def sweep(
    file: SweepFile,
    replications: ReplicationsOption = None,
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    resume: ResumeOption = False,
    dry_run: DryRunOption = False,
    out: OutOption = RESULTS,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Run every point that is not stored yet; whatever ends it, the same command goes on from there."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.progress import shown_late
        from sim.cli.sweep_chart import save_sweep_charts
        from sim.cli.sweep_progress import SweepMeter
        from sim.cli.sweep_report import SweepReport, record_of
        from sim.experiment import RunOptions
        from sim.experiment.sweep import run_sweep
        from sim.scenario.sweep import load_sweep

        plan = load_sweep(file, replications)
        number = workers or os.cpu_count() or 1
        if dry_run:
            _expect(plan, number, screen)
            return
        if resume:
            _begun(plan, out)
        meter = SweepMeter(lang)
        with shown_late(meter):
            result = run_sweep(plan, RunOptions(workers=number, out=out, cluster=cluster), meter.report)
        charts = save_sweep_charts(result, lang)
        if as_json:
            screen.dump(record_of(result, charts))
        else:
            SweepReport(result, screen).print(charts)
        if result.failed:
            raise typer.Exit(SOME_FAILED)


def _begun(plan: Sweep, out: Path) -> None:
    """Raise OutputError if no sweep of this name was begun in the folder."""
    from sim.experiment.journal import reading
    from sim.experiment.journal_file import NAME
    from sim.experiment.sweep_book import SweepBook

    if (out / NAME).is_file():
        with reading(out) as journal:
            if SweepBook(journal).entry(plan.name) is not None:
                return
    what = f"no sweep {plan.name} was begun in {shown_path(out)}"
    remedy = "check --out and the name of the file; leave out --resume to begin (what is stored is never run again)"
    raise OutputError(Problem(what, remedy=remedy))


def _expect(plan: Sweep, workers: int, screen: Screen) -> None:
    """Say what a sweep would take."""
    from sim.cli.pilot import pilot_before
    from sim.cli.sweep_progress import duration, size
    from sim.experiment.probe import probe

    expected = probe(plan)
    if screen.as_json:
        seconds = expected.seconds(workers)
        record = {"points": expected.points, "replications": expected.replications, "workers": workers}
        screen.dump(record | {"expected_seconds": seconds, "expected_bytes": expected.bytes})
        return
    runs = expected.points * expected.replications
    counts = {"points": f"{expected.points:,}", "replications": expected.replications, "runs": f"{runs:,}"}
    screen.line(screen.say("sweep.dry.points", **counts))
    times = {"run": duration(expected.run_s, screen.lang), "all": duration(expected.seconds(workers), screen.lang)}
    screen.line(screen.say("sweep.dry.time", workers=workers, **times))
    if expected.pilot_s:
        screen.line(pilot_before(screen))
    screen.line(screen.say("sweep.dry.disk", size=size(expected.bytes)))
