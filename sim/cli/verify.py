"""`nansha verify`: the model held to queueing theory on this machine, case by case."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import JsonOption, LangOption, SeedOption, WorkersOption
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.errors import Problem, RunError

if TYPE_CHECKING:
    from sim.verify import Asked, Finding

NOT_EQUIVALENT = 1
"""Exit code if any case fails."""

UNITS = {"share": "share", "many": "share", "lost": "share", "content": "boxes"}
"""Units of the measures that are not hours."""

Cases = Annotated[list[str] | None, typer.Argument(metavar="[CASE]...", help="Only these cases. 只运行所列算例。")]
QUICK = "A quarter of the customers, margins twice as wide. 规模减为四分之一，允差加倍。"


def verify(
    cases: Cases = None,
    quick: Annotated[bool, typer.Option("--quick", help=QUICK)] = False,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Print what theory expects and what the simulation gives, and fail if any case is not equivalent."""
    # each worker has one core: threads within it would wait for each other
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    screen = Screen(lang, as_json)
    with screen.reporting():
        from sim.cli.progress import metered
        from sim.verify import Asked
        from sim.verify import verify as run

        _refuse_unknown(cases or [])
        chosen = {} if seed is None else {"seed": seed}
        asked = Asked(tuple(cases or ()), workers or os.cpu_count() or 1, quick=quick, **chosen)
        with metered(lang) as meter:
            findings = run(asked, meter)
        failed = [finding for finding in findings if finding.verdict == "fails"]
        if as_json:
            screen.dump(_record(asked, findings, holds=not failed))
        else:
            _print(asked, findings, len(failed), screen)
    if failed:
        raise typer.Exit(NOT_EQUIVALENT)


def _refuse_unknown(cases: list[str]) -> None:
    from difflib import get_close_matches

    from sim.verify import CASES

    problems = []
    for key in cases:
        if key not in CASES:
            near = get_close_matches(key, list(CASES), 1)
            remedy = f"did you mean {near[0]!r}?" if near else f"the cases are {', '.join(CASES)}"
            problems.append(Problem(f"there is no case {key!r}", remedy=remedy))
    if problems:
        raise RunError(problems)


def _record(asked: Asked, findings: list[Finding], *, holds: bool) -> dict[str, Any]:
    rows = [
        {
            "case": finding.case,
            "place": finding.place,
            "measure": finding.measure,
            "unit": UNITS.get(finding.measure, "h"),
            "expected": finding.expected,
            "found": finding.found,
            "low": finding.low,
            "high": finding.high,
            "margin": finding.margin,
            "verdict": str(finding.verdict),
        }
        for finding in findings
    ]
    shape = {"seed": asked.seed, "quick": asked.quick, "replications": findings[0].replications}
    return {"holds": holds, **shape, "findings": rows}


def _print(asked: Asked, findings: list[Finding], failed: int, screen: Screen) -> None:
    heads = ("case", "place", "measure", "expected", "found", "interval", "margin", "verdict")
    grid = Grid("", [screen.say(f"verify.head.{head}") for head in heads], ("name", "name", "name", "number"))
    before = ""
    for finding in findings:
        names = ("", "") if finding.case == before else _names(finding, screen)
        before = finding.case
        unit = UNITS.get(finding.measure, "h")
        scale = 100 if unit == "share" else 1
        numbers = (finding.expected, finding.found, finding.low, finding.high)
        expected, found, low, high = (f"{scale * number:#.4g}" for number in numbers)
        grid.add(
            *names,
            f"{screen.say(f'verify.measure.{finding.measure}')} [{screen.say(f'unit.{unit}')}]",
            expected,
            found,
            f"{low} – {high}",
            f"±{100 * finding.margin:g} %",
            screen.say(f"verify.verdict.{finding.verdict}"),
            style="" if finding.verdict == "holds" else "bold",
        )
    screen.show(grid)
    screen.line(screen.say("verify.judged", replications=findings[0].replications, seed=asked.seed))
    if asked.quick:
        screen.line(screen.say("verify.quick"))
    count = {"failed": failed, "total": len(findings)}
    screen.line(screen.say("verify.failed" if failed else "verify.all_hold", **count), "bold")


def _names(finding: Finding, screen: Screen) -> tuple[str, str]:
    return screen.say(f"verify.case.{finding.case}"), screen.say(f"verify.place.{finding.place}")
