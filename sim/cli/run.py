"""`nansha run`: run scenarios, print what comes out, save results and charts."""

from __future__ import annotations

from pathlib import Path

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
from sim.cli.screen import Screen
from sim.cli.sets import parsed

RESULTS = Path("results")


def run(
    files: ScenarioFiles,
    replications: ReplicationsOption = None,
    seed: SeedOption = None,
    days: DaysOption = None,
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
        from sim.cli.run_report import RunReport, record_of
        from sim.cli.working import Wanted, finish, loaded, simulated

        numbers = {"days": days, "replications": replications, "seed": seed}
        wanted = Wanted(out, workers, keep_boxes, parsed(sets), numbers)
        results = simulated(loaded(files, wanted, screen), wanted, screen)
        if not as_json:
            for result in results:
                RunReport(result, screen).print(full=full)
        finish(results, wanted, screen, {"runs": [record_of(result) for result in results]})
