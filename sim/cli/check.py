"""`nansha check`: every error of every file at once, and stations that cannot carry their load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sim.cli.options import JsonOption, LangOption, ScenarioFiles, SetOption
from sim.cli.screen import USER_ERROR, Screen, problem_record
from sim.cli.sets import parsed
from sim.errors import Problem, SimError
from sim.words import say

SOURCES = "sources.yaml"
"""Read with every scenario; so that *.yaml may be given, it is passed over."""


@dataclass(frozen=True)
class Finding:
    """What was found about one file."""

    file: str
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    facts: str = ""
    digest: str = ""
    traces: Mapping[str, int] | None = None
    """File -> rows read."""


def check(files: ScenarioFiles, sets: SetOption = None, lang: LangOption = "en", as_json: JsonOption = False) -> None:
    """Validate the files and print all that is wrong with any of them."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        values = parsed(sets)
        findings = [_look_at(file, values, screen) for file in files if file.name != SOURCES]
        good = not any(finding.problems for finding in findings)
        if as_json:
            screen.dump({"ok": good, "files": [_record(finding) for finding in findings]})
        else:
            _print(findings, screen)
    if not good:
        raise typer.Exit(USER_ERROR)


def _look_at(file: Path, sets: dict[str, str], screen: Screen) -> Finding:
    from sim.cli.loads import impossible, overloads, remarks, traced
    from sim.scenario import load
    from sim.scenario.grades import values_of

    try:
        scenario = load(file, sets=sets)
    except SimError as error:
        return Finding(str(file), error.problems)
    facts = screen.say(
        "check.good",
        file=file,
        policies=len(scenario.policies),
        values=len(values_of(scenario)),
        digest=scenario.digest[:8],
    )
    auto = [screen.say("check.auto", file=file, days=scenario.horizon.warm_up_days)] if scenario.auto_warm_up else []
    told = (*auto, *remarks(scenario, str(file), screen.lang))
    problems = (*impossible(scenario), *overloads(scenario))
    traces = scenario.timeline.traces
    if traces is None:
        return Finding(str(file), problems, told, facts, scenario.digest)
    facts = f"{facts}\n{traced(traces, str(file), screen.lang)}"
    return Finding(str(file), problems, told, facts, scenario.digest, traces.read)


def _print(findings: list[Finding], screen: Screen) -> None:
    """Print good files on stdout, and each problem once on stderr: files that extend one another share them."""
    for finding in findings:
        if not finding.problems:
            screen.line(finding.facts)
        for remark in finding.remarks:
            screen.warn(remark)
    problems = dict.fromkeys(problem for finding in findings for problem in finding.problems)
    if not problems:
        return
    screen.problems(problems)
    bad = sum(bool(finding.problems) for finding in findings)
    screen.warn(say("check.bad", screen.lang, count=len(problems), files=bad))


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "ok": not finding.problems,
        "digest": finding.digest or None,
        "errors": [problem_record(problem) for problem in finding.problems],
        "remarks": list(finding.remarks),
        **({"traces": dict(finding.traces)} if finding.traces is not None else {}),
    }
