"""`nansha compare`: reforms against a base, paired by replication on common draws."""

from __future__ import annotations

from sim.cli.options import (
    BaseFile,
    DaysOption,
    FullOption,
    JsonOption,
    KeepBoxesOption,
    LangOption,
    OutOption,
    ReformFiles,
    ReplicationsOption,
    SeedOption,
    SetOption,
    WorkersOption,
)
from sim.cli.pilot import WarmUpOption, warm_up_set
from sim.cli.run import RESULTS
from sim.cli.screen import Screen
from sim.cli.sets import parsed


def compare(
    base: BaseFile,
    reforms: ReformFiles,
    replications: ReplicationsOption = None,
    seed: SeedOption = None,
    days: DaysOption = None,
    warm_up: WarmUpOption = None,
    workers: WorkersOption = None,
    sets: SetOption = None,
    out: OutOption = RESULTS,
    keep_boxes: KeepBoxesOption = False,
    full: FullOption = False,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Run base and reforms and print each difference with its interval and what it shows."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.compare_report import CompareReport, record_of
        from sim.cli.working import Wanted, finish, simulated, warmed_up

        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, keep_boxes, parsed([*(sets or []), *warm_up_set(warm_up)]), numbers)
        scenarios, pilot = warmed_up([base, *reforms], wanted, screen)
        results = simulated(scenarios, wanted, screen)
        if not as_json:
            CompareReport(results, screen).print(full=full)
        finish(results, wanted, screen, record_of(results), compared=True, pilot=pilot)
