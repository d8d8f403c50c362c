"""What a year of phase IV, and of the whole area, costs: one replication on one core, the whole program by parts.

`python tests/benchmark/bench.py SCENARIO [DAYS]` measures one scenario; without arguments, as `make bench` does, all
that is in `side_by_side`. The days are those measured; warm-up and cool-down are simulated on top of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment import Outcome
    from sim.port.port import Horizon, PortTimeline
    from sim.records import RunLog
    from sim.scenario import Scenario

YEAR_DAYS = 365
TARGETS = {"baseline": (4.0, 1e9), "area_2024": (20.0, 3e9)}
"""Scenario -> seconds and bytes under which a year should stay."""

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
TABLES = ("events", "calls", "boxes", "stations", "rail", "trains")
ONE_THREAD = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
NO_MARGINS = {"horizon.warm_up_days": "0", "horizon.cool_down_days": "0"}


@dataclass
class Cost:
    """Wall time [s], processor time [s] and peak memory so far [bytes], by part of the program.

    On an idle machine both times agree; on a busy one the processor time is what an idle one would take.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    busy: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float | None] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    days: float = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        start, busy = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = time.perf_counter() - start
        self.busy[name] = time.process_time() - busy
        self.peak[name] = peak_bytes()


def hold_to_one_core() -> None:
    """Keep this process on one core, where the system can (Linux)."""
    pin: Callable[[int, set[int]], None] | None = getattr(os, "sched_setaffinity", None)
    if pin is not None:
        pin(0, {min(os.sched_getaffinity(0))})


def peak_bytes() -> float | None:
    """Return the most memory that this process ever held; None where the system does not tell (Windows)."""
    try:
        # Linux hands the peak of a parent down to its child in ru_maxrss, but not in VmHWM
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return float(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return None
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def bench(name: str, days: int, sets: Mapping[str, str] | None = None) -> Cost:
    """Load, simulate, measure and write one replication of `days` measured days; `sets` as of `--set`."""
    cost = Cost()
    with cost.part("import"):
        import polars  # noqa: F401

        import sim.models  # noqa: F401
        from sim.experiment import Store
        from sim.scenario import load
    with cost.part("load scenario"):
        scenario = load(SCENARIOS / f"{name}.yaml", sets=sets or {}, days=days, replications=1)
    with cost.part("measure and check"), simulation_apart(cost):
        outcome = replicated(scenario)
    for spent in (cost.seconds, cost.busy):
        spent["measure and check"] -= spent["simulate"]
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.prepare()
        with cost.part("write Parquet"):
            store.write(scenario, 0, outcome)
    cost.counts, cost.days = outcome.counts, scenario.horizon.total_hours / 24
    refuse_broken(outcome)
    return cost


def replicated(scenario: Scenario) -> Outcome:
    """Run the first replication as `nansha run` does: simulate, measure, check, hand over the tables to be written."""
    from sim.experiment.replicate import Task, Work, replicate

    work = Work(scenario.name, scenario.timeline, scenario.horizon, scenario.seed)
    return replicate(work, Task(scenario.digest, 0, TABLES))


@contextmanager
def simulation_apart(cost: Cost) -> Iterator[None]:
    """Time the simulation proper within whatever runs it."""
    from sim import models

    real = models.simulate

    def simulate(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int) -> RunLog:
        with cost.part("simulate"):
            return real(timeline, horizon, seed, replication)

    models.simulate = simulate
    try:
        yield
    finally:
        models.simulate = real


def refuse_broken(outcome: Outcome) -> None:
    """Stop if the run's own checks failed: the speed of a wrong run says nothing."""
    if outcome.violations:
        raise SystemExit("\n".join(outcome.violations))


def report(name: str, cost: Cost, days: int) -> None:
    """Print the table, with the targets beside what they are for."""
    total, busy = sum(cost.seconds.values()), sum(cost.busy.values())
    print(f"{name}, {days} days measured ({cost.days:g} simulated), one replication, one core")
    print(f"{'part':<20}{'wall s':>9}{'CPU s':>9}{'share':>8}{'peak MB so far':>16}")
    for part, seconds in cost.seconds.items():
        peak = _megabytes(cost.peak[part])
        print(f"{part:<20}{seconds:>9.2f}{cost.busy[part]:>9.2f}{cost.busy[part] / busy:>8.0%}{peak:>16}")
    most = cost.peak["write Parquet"]
    print(f"{'whole program':<20}{total:>9.2f}{busy:>9.2f}{1:>8.0%}{_megabytes(most):>16}")
    if days == YEAR_DAYS and name in TARGETS:
        seconds, size = TARGETS[name]
        print(f"{'target, at most':<20}{seconds:>9.2f}{'':>17}{_megabytes(size):>16}")
        print(verdict(TARGETS[name], total, busy, most))
    print()
    print(f"{'':<20}{'number':>12}{'per s of simulation':>21}{'per s of program':>18}")
    for key, words in (("simpy_events", "SimPy events"), ("boxes", "boxes"), ("calls", "vessel calls")):
        number = cost.counts[key]
        print(f"{words:<20}{number:>12,}{number / cost.busy['simulate']:>21,.0f}{number / busy:>18,.0f}")


def verdict(target: tuple[float, float], total: float, busy: float, peak: float | None) -> str:
    """Return in words whether the target is kept."""
    seconds, size = target
    if peak is not None and peak > size:
        return "target MISSED: too much memory"
    if total <= seconds:
        return "target kept"
    return "target MISSED" + (", but kept in CPU time: the machine was busy" if busy <= seconds else "")


def _megabytes(size: float | None) -> str:
    return "not measured" if size is None else f"{size / 1e6:,.0f}"


def main(arguments: list[str]) -> int:
    """Measure one scenario on one core, or everything."""
    if not arguments or arguments[0].startswith("-"):
        beside = [sys.executable, "-m", "tests.benchmark.side_by_side", *arguments]
        return subprocess.run(beside, check=False, cwd=ROOT).returncode
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    hold_to_one_core()
    name, days = arguments[0], int(arguments[1]) if len(arguments) > 1 else YEAR_DAYS
    report(name, bench(name, days), days)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
