"""Traces that are wrong: each fault is told once, at file, line and column, with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import Place, Problem, ScenarioError
from sim.scenario import load
from tests.scenario.conftest import BASE, Project
from tests.scenario.trace_project import BOXES, CALLS, TRACED, changed, lay, placed
from tests.small_port import small_port_tree

Told = Callable[..., Problem]


@pytest.fixture
def told(project: Project) -> Told:
    """Return a function: files and traces: of a scenario -> its only problem."""

    def only(text: str = TRACED, **files: str) -> Problem:
        lay(project, {f"{name}.csv": content for name, content in files.items()})
        problems = project.problems(BASE + text)
        assert len(problems) == 1, "\n".join(map(str, problems))
        assert problems[0].remedy
        return problems[0]

    return only


LINE_OF_CALLS = [
    (3, "east", "", 4, "service is empty"),
    (3, "east", "eats", 4, "unknown service 'eats'; nearest: 'east'"),
    (3, "v1", "", 1, "call is empty"),
    (4, "v2", "v1", 1, "call 'v1' stands in an earlier row already"),
    (3, "2021-03-02 06:00", "", 9, "t_arrived is empty"),
    (3, "2021-03-02 06:00", "noon", 9, "t_arrived 'noon' is not a time"),
    (3, "2021-03-02 06:00", "2021-02-30 06:00", 9, "t_arrived '2021-02-30 06:00' is not a time"),
    (2, "12.5", "-12.5", 12, "t_arrived '-12.5' is before the start of the run, 00:00 of 2021-03-01"),
    (2, "12.5", "nan", 12, "t_arrived 'nan' is not a time"),
    (3, "2021-03-02 06:00", "2021-02-28 06:00", 9, "t_arrived '2021-02-28 06:00' is before the start of the run"),
    (4, "2021-03-05 18:30", "20", 9, "t_arrived '20' is earlier than in the row above"),
    (4, "feeder", "feder", 26, "unknown vessel class 'feder'; nearest: 'feeder'"),
    (3, "7.5", "deep", 27, "draft 'deep' is not a number"),
    (3, "7.5", "-7.5", 27, "draft '-7.5' is not from 0 to 30"),
    (3, "7.5", "750", 27, "draft '750' is not from 0 to 30"),
    (4, "12", "1.5", 34, "load_boxes '1.5' is not a whole number"),
    (4, "12", "-1", 34, "load_boxes '-1' is not from 0 to 100000"),
    (2, ",,,", ",,,3", 19, "load_boxes '3' of a barge: she brings and takes what there is, up to her capacity"),
]


@pytest.mark.parametrize(("line", "old", "new", "column", "what"), LINE_OF_CALLS)
def test_a_wrong_cell_of_a_call(told: Told, line: int, old: str, new: str, column: int, what: str) -> None:
    problem = told("traces: {calls: calls.csv}\n", calls=changed(CALLS, line, old, new))
    assert problem.what.startswith(what)
    assert placed(problem) == ("calls.csv", line, column)
    assert isinstance(problem.where, Place)
    assert problem.where.text == changed(CALLS, line, old, new).splitlines()[line - 1]


LINE_OF_BOXES = [
    (2, "v1,,import", ",,import", 1, "a box without a call"),
    (2, "v1", "v9", 1, "call 'v9' is not in "),
    (7, "v2", "v3", 2, "call 'v3' is not in "),
    (2, "import", "", 5, "flow is empty"),
    (2, "import", "inport", 5, "unknown flow 'inport'; nearest: 'import'"),
    (2, "import", "export", 5, "flow 'export' is not one of traffic.cargo.flows"),
    (7, "export", "import", 5, "flow 'import' is not one of traffic.cargo.bookings.flows"),
    (2, ",2,", ",,", 12, "teu is empty"),
    (2, ",2,", ",3,", 12, "teu '3' is not from 1 to 2"),
    (2, ",2,", ",1.5,", 12, "teu '1.5' is not a whole number"),
    (2, "false", "perhaps", 14, "reefer 'perhaps' is neither true nor false"),
    (6, "2,", "2,true", 13, "reefer 'true', and the box is empty"),
    (2, "food", "fod", 20, "unknown kind of goods 'fod'; nearest: 'food'"),
    (2, "aeo", "aeos", 25, "unknown kind of trader 'aeos'; nearest: 'aeo'"),
    (2, "road", "rode", 30, "unknown way out 'rode'; nearest: 'road'"),
    (7, "road", "air", 32, "unknown way in 'air'"),
    (2, "v1", "r1", 1, "call 'r1' is a barge, and the box is booked on no vessel"),
    (7, "v2", "r2", 2, "booked 'r2' is a barge"),
    (9, "r1", "v1", 1, "call 'v1' is a vessel, and the box is booked on another"),
    (2, "aeo,,", "aeo,road,", 29, "by_in 'road', and a vessel brings the box"),
    (7, "road", "sea", 32, "by_in 'sea', and the box is booked"),
    (10, "barge", "road", 18, "by_in 'road', and call names a barge that brings the box"),
    (2, "road,,", "road,,5", 36, "planned '5', and a vessel brings the box"),
    (10, ",10", ",-10", 26, "planned '-10' is before the run, and a barge brings the box in it"),
    (7, "2021-03-04 12:00", "soon", 42, "planned 'soon' is not a time"),
    (2, "road", "rail", 30, "by_out 'rail', and a vessel brings the box"),
    (7, ",sea", ",road", 37, "by_out 'road', and the box is booked"),
    (11, "barge,", "barge,rail", 25, "by_out 'rail' of a box that is no export"),
    (2, "road", "sea", 30, "by_out 'sea' of a box that is no transhipment"),
    (7, "sea,", "sea,west", 41, "onward 'west', and the box is booked"),
    (4, "west", "north", 25, "onward 'north' calls at another terminal than the vessel that brings the box"),
    (5, "river_c", "west", 30, "onward 'west' does not go with by_out"),
    (5, "river_c", "river_d", 30, "unknown service 'river_d'; nearest: 'river_"),
]


@pytest.mark.parametrize(("line", "old", "new", "column", "what"), LINE_OF_BOXES)
def test_a_wrong_cell_of_a_box(told: Told, line: int, old: str, new: str, column: int, what: str) -> None:
    problem = told(boxes=changed(BOXES, line, old, new))
    assert problem.what.startswith(what)
    assert placed(problem) == ("boxes.csv", line, column)


def test_a_barge_of_another_terminal(told: Told) -> None:
    problem = told(calls=CALLS.replace("r2,river_c", "r2,river_a"), boxes=BOXES.replace("r1,v2,export", "r2,v2,export"))
    assert problem.what == "call 'r2' calls at another terminal than the vessel on which the box is booked"
    assert placed(problem) == ("boxes.csv", 9, 1)


@pytest.mark.parametrize("name", ["call", "service", "t_arrived"])
def test_a_missing_column_of_calls(told: Told, name: str) -> None:
    head, *rows = CALLS.splitlines()
    at = head.split(",").index(name)
    cells = [[*line.split(",")[:at], *line.split(",")[at + 1 :]] for line in (head, *rows)]
    problem = told("traces: {calls: calls.csv}", calls="".join(",".join(row) + "\n" for row in cells))
    assert problem.what == f"the column {name!r} is missing"
    assert placed(problem) == ("calls.csv", 1, 1)
    assert "call, service, t_arrived, vessel_class, draft, discharge_boxes, load_boxes" in problem.remedy


@pytest.mark.parametrize("name", ["flow", "teu"])
def test_a_missing_column_of_boxes(told: Told, name: str) -> None:
    assert told(boxes=BOXES.replace(name, "", 1)).what == f"the column {name!r} is missing"


def test_a_misspelt_column_is_told_once_and_with_the_right_name(told: Told) -> None:
    problem = told(calls=CALLS.replace("t_arrived", "t_arived", 1))
    assert (problem.what, problem.remedy) == (
        "unknown column 't_arived'; nearest: 't_arrived'",
        "write t_arrived",
    )
    assert told(boxes=BOXES.replace("planned", "colour", 1)).what == "unknown column 'colour'"


def test_a_fault_of_many_rows_is_told_at_the_first(told: Told) -> None:
    assert told(boxes=BOXES.replace("v1", "v9")).what.endswith("(and 4 more rows)")
    assert told(boxes=BOXES.replace("v1,,import", "v9,,import")).what.endswith("(and 1 more row)")


def test_every_fault_of_both_files_is_told_at_once(project: Project) -> None:
    lay(project, {"calls.csv": CALLS.replace("east", "eats"), "boxes.csv": BOXES.replace("import", "inport")})
    problems = project.problems(BASE + TRACED)
    assert [placed(problem) for problem in problems] == [("boxes.csv", 2, 5), ("calls.csv", 3, 4)]


def test_counts_that_disagree_with_the_boxes(told: Told) -> None:
    calls = CALLS.replace("load_boxes", "discharge_boxes")
    problem = told(calls=changed(calls, 4, ",12", ",").replace("7.5,", "7.5,6"))
    assert problem.what == "discharge_boxes '6', and 5 boxes name this call as theirs"
    assert placed(problem) == ("calls.csv", 3, 31)


def test_a_draft_for_which_the_quay_or_the_channel_is_too_shallow(project: Project, told: Told) -> None:
    lay(project, {"calls.csv": changed(CALLS, 3, "7.5", "15.5")})
    problem, _ = project.problems(BASE + "traces: {calls: calls.csv}")
    assert problem.what == "feeder may draw 15.5 m and the quay of nansha_iv is 15 m deep: she would lie aground"
    assert problem.remedy.startswith("correct the trace, or limit")
    deep = changed(CALLS, 3, "7.5", "14.5")
    problem = told("traces: {calls: calls.csv}", calls=deep)
    assert "of tide over the channel's depth, and no tide is described" in problem.what
    assert placed(problem) == ("calls.csv", 3, 27)


def test_a_class_that_does_not_fit_where_its_service_calls(told: Told) -> None:
    calls = changed(CALLS, 2, "12.5,", "12.5,feeder")
    problem = told("traces: {calls: calls.csv}", calls=calls)
    assert problem.what.startswith("feeder may draw 8 m and the barge basin of nansha_iv is 6 m deep")
    assert placed(problem) == ("calls.csv", 2, 17)


OF_KEYS = [
    ("traces: {boxes: boxes.csv}", "traces: boxes name calls, and no file of calls is given"),
    ("traces: {}", "traces: no file is named"),
    ("traces: {calls: calls.csv, conflowgen: .}", "traces: conflowgen and calls exclude one another"),
    ("traces: {calls: none.csv}", "there is no file 'none.csv'; nearest: 'boxes.csv'"),
    ("traces: {calls: calls.cvs}", "there is no file 'calls.cvs'"),
    ("traces: {calls: call.csv}", "there is no file 'call.csv'; nearest: 'calls.csv'"),
    ("traces: {calls: base.yaml}", "traces.calls: base.yaml is neither CSV nor Parquet"),
    ("traces: {calls: ../outside.csv}", "the path '../outside.csv' leaves the project"),
    ("traces: {calls: /etc/passwd}", "'/etc/passwd' is not a path relative to this file"),
    ("traces: {calls: ports}", "there is no file 'ports'"),
    ("traces: {calls: 3}", "traces.calls: text is needed here, not the number 3"),
    ("traces: calls.csv", "traces: a mapping is needed here, not the text 'calls.csv'"),
    ("traces: {call: calls.csv}", "traces: unknown key 'call'; nearest: 'calls'"),
    ("traces: {calls: calls.csv, services: [eats]}", "traces.services: 'eats' is not in the port; nearest: 'east'"),
    ("traces: {calls: calls.csv, services: []}", "traces.services: this may not be empty"),
    ("traces: {conflowgen: calls.csv}", "there is no folder 'calls.csv'"),
    ("traces: {conflowgen: port}", "there is no folder 'port'; nearest: 'ports'"),
]


@pytest.mark.parametrize(("text", "what"), OF_KEYS)
def test_what_stands_under_traces(told: Told, text: str, what: str) -> None:
    problem = told(text)
    assert problem.what == what
    assert placed(problem)[:2] == ("case.yaml", len(BASE.splitlines()) + 1)


def test_a_call_of_a_service_that_the_traces_do_not_stand_for(told: Told) -> None:
    problem = told("traces: {calls: calls.csv, services: [east, river_c]}")
    assert problem.what == "service 'west' is not one of the services that the traces stand for"
    assert placed(problem) == ("calls.csv", 4, 4)


FILES = [
    (b"", "the first line is empty", 1, 1),
    (b"\n" + CALLS.encode(), "the first line is empty", 1, 1),
    (b"call,call,service\n", "two columns are named 'call'", 1, 1),
    (CALLS.encode() + b"v3,east\n", "this row has 2 cells and the first line 6", 6, 1),
    (CALLS.encode() + b"v3,east,140,,,,\n", "this row has 7 cells and the first line 6", 6, 1),
    (CALLS.encode() + b'"v3,east,140,,,\n', "this is not CSV: unexpected end of data", 6, 1),
    (CALLS.encode() + b"v\xff,east,140,,,\n", "this is not UTF-8 text", 6, 2),
]


@pytest.mark.parametrize(("raw", "what", "line", "column"), FILES)
def test_a_file_that_is_no_table(project: Project, raw: bytes, what: str, line: int, column: int) -> None:
    lay(project)
    project.write("calls.csv", raw)
    (problem,) = project.problems(BASE + "traces: {calls: calls.csv}\n")
    assert problem.what == what
    assert placed(problem) == ("calls.csv", line, column)


def test_a_file_with_semicolons(told: Told) -> None:
    problem = told("traces: {calls: calls.csv}", calls="call;service;t_arrived\nv1;east;3\n")
    assert problem.what == "there are no commas between the names of columns"
    assert placed(problem) == ("calls.csv", 1, 1)


def test_parquet_is_told_by_row(project: Project) -> None:
    lay(project)
    pl.read_csv(project.root / "calls.csv").with_columns(service=pl.lit("eats")).write_parquet(
        project.root / "calls.parquet"
    )
    (problem,) = project.problems(BASE + "traces: {calls: calls.parquet}\n")
    assert problem.what == "unknown service 'eats'; nearest: 'east' (and 3 more rows)"
    assert str(problem.where).endswith("calls.parquet: row 1")
    project.write("calls.parquet", b"PAR1 not really")
    (problem,) = project.problems(BASE + "traces: {calls: calls.parquet}\n")
    assert problem.what.startswith("this is not Parquet: ")
    pl.DataFrame({"call": [["a"]], "service": ["east"], "t_arrived": [1.0]}).write_parquet(
        project.root / "calls.parquet"
    )
    problems = project.problems(BASE + "traces: {calls: calls.parquet}\n")
    assert "the column 'call' holds List(String)" in {problem.what for problem in problems}


def test_a_port_that_cannot_do_it(project: Project) -> None:
    """Without bookings nothing is booked nor loaded box by box; transhipment has no release, and there is no rail."""
    lay(project)
    project.write("ports/small.yaml", yaml.safe_dump(small_port_tree(), allow_unicode=True, sort_keys=False))
    project.write("calls.csv", "call,service,t_arrived\nv1,north,1\n")

    def what(row: str) -> set[str]:
        project.write("boxes.csv", f"call,booked,flow,teu,by_out\n{row}\n")
        return {problem.what for problem in project.problems(BASE + TRACED)}

    assert "booked 'v1': this port has no bookings, its loads are counts only" in what(",v1,export,2,")
    told = what("v1,,import,2,barge")
    assert "by_out 'barge': this port has no bookings, so that nothing is loaded box by box" in told
    assert what("v1,,transhipment,2,road") == {"by_out 'road' of a transhipment, and nothing says how it is released"}


def test_rail_and_barge_lines_that_are_not_there(project: Project) -> None:
    lay(project)
    cut = "values: {rail: null, traffic: {cargo: {bookings: {europe_share: null}}}}\n"
    (problem,) = project.problems(BASE + cut + TRACED)
    assert problem.what == "by_out 'rail', and the port has no rail"
    calls = "call,service,t_arrived\nv1,east,1\n"
    lay(project, {"calls.csv": calls, "boxes.csv": "call,flow,teu,by_out\nv1,import,1,barge\n"})
    weight = "{value: 0, unit: ratio, grade: known, source: knowledge}"
    weightless = f"values: {{traffic: {{services: {{river_c: {{weight: {weight}}}}}}}}}\n"
    (problem,) = project.problems(BASE + weightless + TRACED)
    assert problem.what == "by_out 'barge', and no barge line calls at the terminal"
    lay(project, {"calls.csv": calls, "boxes.csv": "booked,flow,teu,by_in\nv1,export,1,barge\n"})
    (problem,) = project.problems(BASE + weightless + TRACED)
    assert problem.what == "by_in 'barge', and no barge line calls at the terminal"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_slip_of_the_pen_is_a_fault_of_the_program(project: Project, data: st.DataObject) -> None:
    """Whatever is done to a few characters, the files load or are refused with problems that have a place."""
    texts = {"calls.csv": CALLS, "boxes.csv": BOXES}
    name = data.draw(st.sampled_from(list(texts)))
    text = texts[name]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        new = data.draw(st.sampled_from([",", "\n", '"', "", "-", "9", "x", " ", "\x00", "港", "1e400", "\r"]))
        text = text[:at] + new + text[at + data.draw(st.integers(0, 3)) :]
    lay(project, {name: text})
    project.write("case.yaml", BASE + TRACED)
    try:
        load(project.root / "case.yaml")
    except ScenarioError as error:
        for problem in error.problems:
            assert isinstance(problem.where, Place), problem
            assert Path(problem.where.file).name in texts
            assert problem.remedy, problem
