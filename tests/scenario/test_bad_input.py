"""Every way in which a file can be wrong: one clear message, at its line and column, with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sim.errors import Place, PolicyError, ScenarioError
from sim.scenario import load
from tests.scenario.conftest import Project
from tests.small_port import small_port_tree

Only = Callable[..., tuple[str, tuple[int, int], str]]

HEAD = "extends: base.yaml\n"
"""Line 1 of every case, so that its own text begins at line 2."""

FAULTS = {
    "misspelt key at the top": ("horizn: {days: 3}", (2, 1), "unknown key 'horizn'; nearest: 'horizon'", "horizon"),
    "misspelt key below": (
        "values:\n  customs:\n    inspection:\n      scaners: {value: 3}",
        (5, 7),
        "customs.inspection: unknown key 'scaners'; nearest: 'scanners'",
        "write scanners",
    ),
    "key like no other": ("values: {customs: {zebra: 1}}", (2, 20), "customs: unknown key 'zebra'", "keys here: "),
    "wrong unit": (
        "values: {customs: {tally: {value: 30, unit: min, grade: known, source: knowledge}}}",
        (2, 45),
        "customs.tally: unit 'min' does not fit here: write it in 'h'",
        "convert",
    ),
    "value out of bounds": (
        "values: {customs: {review: {manual_share: {value: 1.2, grade: known, source: knowledge}}}}",
        (2, 51),
        "customs.review.manual_share: value 1.2 must be at most 1 share",
        "bounds",
    ),
    "low above value": (
        "values: {customs: {tally: {value: 1, low: 2, high: 3, grade: known, source: knowledge}}}",
        (2, 43),
        "customs.tally: low 2 is above value 1",
        "low <= value <= high",
    ),
    "high below value": (
        "values: {customs: {tally: {value: 1, low: 0, high: 0.5, grade: known, source: knowledge}}}",
        (2, 52),
        "customs.tally: high 0.5 is below value 1",
        "low <= value <= high",
    ),
    "assumed without a range": (
        "values: {customs: {tally: {value: 1, grade: assumed, source: knowledge}}}",
        (2, 20),
        "customs.tally: an assumed value needs both low and high",
        "low",
    ),
    "changed without grade and source": (
        "values: {customs: {tally: {value: 1}}}",
        (2, 28),
        "customs.tally: a value without grade and source does not load",
        "source: scenario",
    ),
    "bare number": (
        "values: {customs: {tally: 1}}",
        (2, 27),
        "customs.tally: the number 1 stands alone; a value without grade and source does not load",
        "write {value: 1, unit: h, grade: ..., source: ...}",
    ),
    "unknown source": (
        "values: {customs: {tally: {value: 1, grade: known, source: knowlege}}}",
        (2, 60),
        "customs.tally: source 'knowlege' is not in sources.yaml; nearest: 'knowledge'",
        "sources.yaml",
    ),
    "unknown source in a list": (
        "values: {customs: {tally: {value: 1, grade: known, source: [knowledge, xyz]}}}",
        (2, 72),
        "customs.tally: source 'xyz' is not in sources.yaml",
        "sources.yaml",
    ),
    "source that is a number": (
        "values: {customs: {tally: {value: 1, grade: known, source: 7}}}",
        (2, 60),
        "customs.tally.source: text is needed here, not the number 7",
        "write text",
    ),
    "wrong grade": (
        "values: {customs: {tally: {value: 1, grade: sen, source: knowledge}}}",
        (2, 45),
        "customs.tally.grade: 'sen' is not one of the choices; nearest: 'seen'",
        "seen, derived, known, assumed",
    ),
    "text for a number": (
        'values: {customs: {tally: {value: "1", grade: known, source: knowledge}}}',
        (2, 35),
        "customs.tally.value: a number is needed here, not the text '1'",
        "remove the quotes",
    ),
    "true for a number": (
        "values: {customs: {tally: {value: true, grade: known, source: knowledge}}}",
        (2, 35),
        "customs.tally.value: a number is needed here, not true",
        "write a number",
    ),
    "NO for a switch": (
        "values: {customs: {laboratory: {conditional_removal: {value: NO, grade: known, source: knowledge}}}}",
        (2, 62),
        "customs.laboratory.conditional_removal.value: yes or no is needed here, not the text 'NO'",
        "write true or false",
    ),
    "18:00 for a number": (
        "values: {customs: {tally: {value: 18:00, grade: known, source: knowledge}}}",
        (2, 35),
        "customs.tally.value: a number is needed here, not the text '18:00'",
        "write a number",
    ),
    "leading zero": ("seed: 0101", (2, 7), "0101 begins with a zero", 'write 101, or "0101" in quotes'),
    "duplicate key": ("seed: 1\nseed: 2", (3, 1), "key 'seed' stands twice in this mapping, first at ", "keep one"),
    "opening hours": (
        "values: {calendars: {h24: {hours: {mon: [8-17]}, holidays: ordinary, grade: known, source: knowledge}}}",
        (2, 42),
        'calendars.h24.hours.mon.0: hours "8-17" cannot be read',
        "",
    ),
    "day of the week": (
        "values: {calendars: {h24: {hours: {mond: []}, holidays: ordinary, grade: known, source: knowledge}}}",
        (2, 36),
        "calendars.h24.hours: unknown key 'mond'; nearest: 'mon'",
        "every_day",
    ),
    "kind of distribution": (
        "values: {customs: {tally: {value: 1, distribution: {kind: lognorml}, grade: known, source: knowledge}}}",
        (2, 52),
        "customs.tally.distribution.kind: 'lognorml' is not one of the choices; nearest: 'lognormal'",
        "triangular",
    ),
    "parameter of a distribution": (
        "values: {customs: {tally: {value: 1, distribution: {kind: gamma, shap: 1}, grade: known, source: knowledge}}}",
        (2, 66),
        "customs.tally.distribution: unknown key 'shap'; nearest: 'shape'",
        "write shape",
    ),
    "distribution and value": (
        "values: {customs: {tally:\n  {value: 5, distribution: {kind: triangular, min: 0, max: 4}, grade: known, "
        "source: knowledge}}}",
        (3, 14),
        "customs.tally: triangular needs min <= 5 <= max",
        "together",
    ),
    "kind of service": (
        "values: {traffic: {services: {north: {arrivals: {process: dayly}}}}}",
        (2, 49),
        "traffic.services.north.arrivals.process: 'dayly' is not one of the choices",
        "weekly, renewal",
    ),
    "part of a service": (
        "values: {traffic: {services: {north: {arrivals: {deviaton: 3}}}}}",
        (2, 50),
        "traffic.services.north.arrivals: unknown key 'deviaton'; nearest: 'deviation'",
        "write deviation",
    ),
    "unknown terminal": (
        "values: {traffic: {services: {north: {terminal: t2}}}}",
        (2, 39),
        "traffic.services.north.terminal: terminal 't2' is not in the port",
        "describe it",
    ),
    "unknown calendar": (
        "values: {customs: {review: {calendar: {value: h25, grade: known, source: knowledge}}}}",
        (2, 29),
        "customs.review.calendar: calendar 'h25' is not described",
        "describe it",
    ),
    "shares": (
        "values: {customs: {traders: {aeo: {share: {value: 0.995, grade: known, source: knowledge}}}}}",
        None,
        "customs.traders: shares add up to 1.005, more than 1",
        "",
    ),
    "key with a dot": (
        "values: {calendars: {a.b: {hours: {mon: []}, holidays: closed, grade: known, source: knowledge}}}",
        (2, 22),
        "the key 'a.b' holds a dot",
        "write _",
    ),
    "days below the bound": ("horizon: {days: 0}", (2, 17), "horizon.days: 0 must be at least 1", "at least 1"),
    "days that are no whole number": (
        "horizon: {days: 1.5}",
        (2, 17),
        "horizon.days: a whole number is needed here, not the number 1.5",
        "whole",
    ),
    "date": (
        "horizon: {start: 2021-3-1}",
        (2, 18),
        "horizon.start: a date such as \"2021-03-01\" is needed here, not the text '2021-3-1'",
        "2021-03-01",
    ),
    "no mapping": ("horizon: soon", (2, 10), "horizon: a mapping is needed here, not the text 'soon'", "start"),
    "no policies": ("policies: plan", (2, 11), "policies: a mapping is needed here, not the text 'plan'", "mapping"),
    "unknown policy": (
        "policies: {two_step: plan}",
        (2, 12),
        "unknown policy 'two_step'; nearest: 'two_step_declaration'",
        "write two_step_declaration",
    ),
    "policy switched with a word of another YAML": (
        "policies: {inspection_rate: on}",
        (2, 29),
        "policies.inspection_rate: the text 'on' does not say what is in force",
        "off, plan",
    ),
    "policy switched with false": (
        "policies: {inspection_rate: false}",
        (2, 29),
        "policies.inspection_rate: false does not say what is in force",
        "write off",
    ),
    "unknown lever": (
        "policies: {inspection_rate: {facter: 0.5}}",
        (2, 30),
        "policies.inspection_rate: unknown key 'facter'; nearest: 'factor'",
        "write factor",
    ),
    "lever out of bounds": (
        "policies: {two_step_declaration: {share: 1.4}}",
        (2, 42),
        "policies.two_step_declaration: share 1.4 must be at most 1 share",
        "bounds",
    ),
    "until before from": (
        "policies: {inspection_rate: {factor: 0.5, from: 2021-03-05, until: 2021-03-05}}",
        (2, 29),
        "policies.inspection_rate: until must be later than from",
        "",
    ),
    "after of an unknown policy": (
        "policies: {inspection_rate: {factor: 0.5, after: [single_windw]}}",
        (2, 51),
        "policies.inspection_rate.after: unknown policy 'single_windw'; nearest: 'single_window'",
        "keys",
    ),
    "after of a later policy": (
        "policies: {inspection_rate: {factor: 0.5, after: [single_window]}, single_window: plan}",
        (2, 51),
        "policies.inspection_rate.after: single_window is not written before inspection_rate",
        "write single_window above inspection_rate",
    ),
    "never acts: from": (
        "policies: {inspection_rate: {factor: 0.5, from: 2022-01-01}}",
        (2, 43),
        "inspection_rate never acts: its first day is after the end of the run",
        "longer horizon",
    ),
    "never acts: until": (
        "policies: {inspection_rate: {factor: 0.5, until: 2021-03-01}}",
        (2, 43),
        "inspection_rate never acts: its last day is before the start of the run",
        "later until",
    ),
    "ramp without a first day": (
        "policies: {inspection_rate: {factor: 0.5, ramp_days: 30}}",
        (2, 43),
        "inspection_rate has ramp_days but no from",
        "add from:",
    ),
    "year without public holidays": (
        "horizon: {start: 2021-12-20}",
        None,
        "calendar 'office_5d' closes on public holidays, but those of 2022 are not in the port",
        'add "2022"',
    ),
    "tag": ("seed: !!python/object:os.system x", (2, 7), "the tag !!python/object:os.system is not read", "remove it"),
    "own tag": ("seed: !secret 5", (2, 7), "the tag !secret is not read", "remove it"),
    "alias": ("title: {zh: &a x, en: x}", (2, 13), "anchors (&name) are not read", "extends"),
    "merge key": ("title: {<<: {zh: x}, en: x}", (2, 9), "merge keys (<<) are not read", "extends"),
    "second document": ("---\nseed: 1", (2, 1), "a second document begins here", "one document"),
    "tab": ("title:\n\tzh: x", (3, 1), "a tab stands where YAML needs spaces", "indent with spaces"),
    "indentation": ("title:\n    zh: x\n  en: y", (4, 3), "the indentation does not fit the lines above", "line the"),
    "open bracket": ("title: {zh: x\nseed: 1", (3, 5), "a comma or a closing bracket is missing", "brackets"),
    "open quotes": ("title: {zh: 'x}", (2, 16), "the text ends inside a quoted text", "close the quotes"),
    "colon in a text": ("title: a: b", (2, 9), "a key cannot stand here", "quote the text"),
    "path of the port": (
        "port: ports/smal.yaml",
        (2, 7),
        "there is no file 'ports/smal.yaml'; nearest: 'ports/small.yaml'",
        "",
    ),
    "path that leaves the project": (
        "port: ../port.yaml",
        (2, 7),
        "the path '../port.yaml' leaves the project",
        "keep",
    ),
    "absolute path": ("port: /etc/passwd", (2, 7), "'/etc/passwd' is not a path relative to this file", "relative"),
    "path of another system": (r"port: ports\small.yaml", (2, 7), "is not a path relative to this file", '"/"'),
    "port that is a number": ("port: 5", (2, 7), "the path of a file is needed here, not the number 5", "relative"),
    "title in one language": ("title: {zh: ''}", (2, 13), "title.zh: this may not be empty", "at least one"),
}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_is_one_message(case: tuple[str, tuple[int, int] | None, str, str], one_problem: Only) -> None:
    text, place, what, remedy = case
    found, where, advice = one_problem(HEAD + text)
    assert what in found
    assert where == (place or where)
    assert remedy in advice


def test_a_message_shows_the_file_as_it_was_named_and_the_line(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root.parent)
    project.write("deep/case.yaml", "extends: ../base.yaml\nseed: -1\n")
    project.write("base.yaml", "sed: 3\n")
    name = Path(project.root.name) / "deep" / "case.yaml"
    with pytest.raises(ScenarioError) as caught:
        load(name)
    message = str(caught.value)
    assert f"{name}:2:7: seed: -1 must be at least 0\n    seed: -1\n          ^\n    -> " in message
    assert f"{Path(project.root.name) / 'base.yaml'}:1:1: unknown key 'sed'" in message


def test_every_problem_is_told_at_once_from_top_to_bottom(project: Project) -> None:
    text = (
        HEAD + "seed: x\npolicies: {two_step: plan, scanner_first: {shre: 1, share: 2}}\n"
        "values: {customs: {tally: 1, zz: 2}}\n"
    )
    problems = project.problems(text)
    places = [(p.where.line, p.where.column) for p in problems if isinstance(p.where, Place)]
    assert places == [(2, 7), (3, 12), (3, 44), (3, 60), (4, 27), (4, 30)]


def test_a_misspelt_key_is_not_also_missing(project: Project) -> None:
    port = (project.root / "ports/small.yaml").read_text(encoding="utf-8")
    project.write("ports/small.yaml", port.replace("scan_time:", "scan_tme:"))
    (problem,) = project.problems(HEAD)
    assert "unknown key 'scan_tme'; nearest: 'scan_time'" in problem.what


def test_missing_keys_say_what_to_write(project: Project) -> None:
    (problem,) = project.problems("port: ports/small.yaml\nseed: 1\nreplications: 1\ntitle: {zh: x, en: y}")
    assert "'horizon' is missing" in problem.what
    tree = small_port_tree()
    del tree["customs"]["tally"], tree["customs"]["review"]["officers"]["unit"]
    project.write("ports/small.yaml", yaml.safe_dump(tree))
    found = {problem.what: problem.remedy for problem in project.problems(HEAD)}
    assert found == {
        "customs: 'tally' is missing": "add tally: {value: ..., unit: h, grade: ..., source: ...}",
        "customs.review.officers: 'unit' is missing": "write unit: servers",
    }


def test_two_policies_that_move_one_value(project: Project) -> None:
    text = HEAD + "policies:\n  scanner_first: plan\n  clearance_24h: {inspection: true, same_officer_hours: true}\n"
    problems = project.problems(text)
    where = problems[0].where
    assert isinstance(where, Place)
    assert (where.line, where.column) == (4, 3)
    assert "case.yaml:3:3) and clearance_24h both move customs.inspection." in problems[0].what
    assert "after: [scanner_first]" in problems[0].remedy


def test_only_policies_at_fault_is_a_policy_error(project: Project) -> None:
    with pytest.raises(PolicyError):
        project.load("policies: {two_step: plan}")


def test_a_fault_in_sources(project: Project) -> None:
    project.write("sources.yaml", "knowledge: {titel: x}\n")
    problems = project.problems(HEAD)
    assert "knowledge: unknown key 'titel'; nearest: 'title'" in problems[0].what
