"""`nansha run`: run scenarios, print what comes out, save results and charts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.options import (
    DaysOption,
    FullOption,
    JsonOption,
    KeepBoxesOption,
    LangOption,
    OutOption,
    ReplicationsOption,
    ScenarioFiles,
    SeedOption,
    SetOption,
    WorkersOption,
)
from sim.cli.pilot import WarmUpOption, warm_up_set
from sim.cli.precision import MaxReplicationsOption, OfMetricOption, PrecisionOption
from sim.cli.screen import Screen
from sim.cli.sets import parsed

if TYPE_CHECKING:
    from sim.experiment.precision import Precise

RESULTS = Path("results")


def run(
    files: ScenarioFiles,
    replications: ReplicationsOption = None,
    precision: PrecisionOption = None,
    metric: OfMetricOption = "arrival_to_gate_out",
    max_replications: MaxReplicationsOption = 200,
    seed: SeedOption = None,
    days: DaysOption = None,
    warm_up_days: WarmUpOption = None,
    workers: WorkersOption = None,
    sets: SetOption = None,
    out: OutOption = RESULTS,
    keep_boxes: KeepBoxesOption = False,
    full: FullOption = False,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Run every replication of every scenario, unless the results hold it already."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.precision import aim_of, precision_words, simulated_precisely
        from sim.cli.precision import record_of as record_of_precision
        from sim.cli.run_report import RunReport, record_of
        from sim.cli.warm_up import record_of as record_of_warm_up
        from sim.cli.warm_up import warm_up_words
        from sim.cli.working import Wanted, finish, simulated, warmed_up
        from sim.experiment.warm_up import warm_up

        aim = aim_of(precision, metric, max_replications, replications)
        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, keep_boxes, parsed([*(sets or []), *warm_up_set(warm_up_days)]), numbers)
        scenarios, pilot = warmed_up(files, wanted, screen)
        precise: tuple[Precise, ...] = ()
        if aim is None:
            results = simulated(scenarios, wanted, screen)
        else:
            results, precise = simulated_precisely(scenarios, aim, wanted, screen)
        records = [record_of(result) for result in results]
        for number, result in enumerate(results):
            known, settled = precise[number] if precise else None, warm_up(result)
            records[number]["warm_up"] = record_of_warm_up(settled)
            if not as_json:
                RunReport(result, screen).print(full=full)
                if settled and not settled.suffices and pilot is None:  # which looked longer
                    screen.line(warm_up_words(settled, screen))
                if known:
                    screen.line(precision_words(known, result.scenario, screen))
            elif known:
                records[number]["precision"] = record_of_precision(known)
        finish(results, wanted, screen, {"runs": records}, pilot=pilot)
