"""Print how often the 95 % intervals of the program hold the true value, as a table in Markdown.

python tools/coverage.py [--experiments 1000] [--replications 10] [--keep FOLDER] [single port ladder]

single: M/M/1, whose truth is exact. port: a small port, whose truth is a long reference. ladder: M/M/1 from runs that
are too short to those that are long enough. All three take an hour or more of one core; runs of the port are kept in
FOLDER, and a study that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sim.cli.progress import metered
from tests.coverage.cases import LADDER, MAIN, SEED, port, single
from tests.coverage.kept import Kept
from tests.coverage.study import PER_INTERVAL, Case, Coverage, Size, study
from tests.experiment.scenarios import scenario

PARTS = ("single", "port", "ladder")
HEADS = ("case", "number", "true value", "from", "held, %", "95 % interval", "half width", "marked, %")


def main() -> None:
    """Read the arguments, run what they ask for, and print it part by part."""
    asked = _arguments()
    size = Size(asked.experiments, asked.replications)
    print(f"{size.experiments} experiments of {size.per_interval} replications each\n")
    print("| " + " | ".join(HEADS) + " |")
    print("|" + "---|" * len(HEADS))
    for part in asked.parts or PARTS:
        for case in _cases(part, size, asked.keep):
            for line in _table(_studied(case, size)):
                print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How often do the 95 % intervals hold the true value?")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--experiments", type=int, default=1000, help="how many intervals of each number, 2 or more")
    parser.add_argument("--replications", type=int, default=PER_INTERVAL, help="runs behind an interval, 2 or more")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the runs of the port here")
    asked = parser.parse_args()
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"no part {unknown[0]!r}: choose from {', '.join(PARTS)}")
    if min(asked.experiments, asked.replications) < 2:
        parser.error("two experiments of two replications at least")
    return asked


def _cases(part: str, size: Size, keep: Path | None) -> Iterator[Case]:
    if part == "port":
        kept = Kept(SEED, keep)
        with metered("en") as told:
            kept.fill(size.experiments * size.per_interval, told)
        yield port(kept, size)
    else:
        yield from (single(line) for line in ([MAIN] if part == "single" else LADDER))


def _studied(case: Case, size: Size) -> Sequence[Coverage]:
    with metered("en") as told:
        return study(case, size, scenario(), told)


def _table(rows: Iterable[Coverage]) -> Iterator[str]:
    for row in rows:
        of = ("difference of " if row.difference else "") + {"mean": "mean"}.get(row.statistic, row.statistic.upper())
        where = "" if row.group == "all" else f", {row.group}"
        low, high = row.bounds
        yield (
            "| "
            + " | ".join(
                (
                    row.case + where,
                    of,
                    f"{row.true:.4g}",
                    row.how,
                    f"{row.share * 100:.1f}",
                    f"{low * 100:.1f} to {high * 100:.1f}",
                    f"{row.half_width:.3g}",
                    f"{row.short / row.experiments * 100:.0f}",
                )
            )
            + " |"
        )


if __name__ == "__main__":
    main()
