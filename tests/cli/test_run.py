"""`nansha run` as a user meets it: the tables, the files, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.project import Answer, nansha

FAST = ("--days", "7", "--replications", "2", "--workers", "1")
PAGE = (
    "Imports: hours from the vessel's arrival",
    "Inspected boxes",
    "The rest of the port",
)
FULL = (
    "Exports: hours from the box's arrival in the port",
    "Terminals\nTerminal",
    "Imports by group, hours",
    "Imports at the desks",
    "Exports by group, hours",
    "Exports and the vessel booked",
    "Transhipment, domestic boxes, empties",
    "Trains to Europe",
    "Boxes for Europe by train and by sea",
    "Vessels by class",
    "Barges\nClass",
    "Boxes over the edge of the port",
    "Are all boxes accounted for",
    "Yard\nWhere",
    "Truck gate",
    "Imports: risk and detection",
    "CO2 of ships",
    "Imports: cost",
    "Exports: cost",
)


def test_the_table_of_a_run(run_en: Answer) -> None:
    assert run_en.code == 0, run_en.err
    for section in PAGE:
        assert f"\n{section}" in run_en.out
    for section in FULL:
        assert f"\n{section}" not in run_en.out
    for row in ("Arrival to release", "Arrival to gate-out", "Preparation", "Yard dwell", "Imports: truck turn time"):
        assert f"\n{row} " in run_en.out
    assert "overall clearance time 整体通关时间" in run_en.out
    assert "Rests on 0 seen" in run_en.out
    assert "--full" in run_en.out


def test_it_fits_a_page(run_en: Answer) -> None:
    assert len(run_en.out.splitlines()) < 50


def test_every_table_of_a_port_with_all_flows(whole_en: Answer) -> None:
    assert whole_en.code == 0, whole_en.err
    for section in (*PAGE, *FULL):
        assert f"\n{section}" in whole_en.out, section
    assert "--full" not in whole_en.out
    for row in (
        "Arrival to departure",
        "After release",
        "Exports: aboard the vessel booked",
        "Transhipment: connection time, barge to sea",
        "Exports: wait for the train, by train",
        "By sea",
        "Imports: truck turn time, ",
        "AEO traders",
    ):
        assert f"\n{row}" in whole_en.out, row
    for line in whole_en.out.splitlines():
        assert cell_len(line) <= 120, line


def test_no_box_is_lost_between_the_ways_in_and_out(whole_en: Answer) -> None:
    lines = whole_en.out.split("Are all boxes accounted for")[1].splitlines()[3:9]
    assert [line.split()[0] for line in lines] == ["Imports", "Exports", "Transhipment", "Domestic", "Empties", "Whole"]
    for line in lines:
        start, came, left, end, difference = (float(word.replace(",", "")) for word in line.split()[-5:])
        assert difference == 0
        assert start + came - left == pytest.approx(end, abs=2)
    assert "Every box is accounted for: " in whole_en.out


def test_both_flows_have_charts(whole_en: Answer, shared: Path) -> None:
    charts = shared / whole_en.out.splitlines()[-1].removeprefix("Charts: ")
    stems = sorted({path.stem for path in charts.iterdir()})
    assert stems == ["dwell", "dwell_export", "stages", "stages_export", "warm_up"]
    assert ",after_release,mean," in (charts / "stages_export.csv").read_text(encoding="utf-8-sig")


@pytest.mark.long
def test_a_port_without_exports_may_stand_beside_one_that_has_them(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", "whole.yaml", "--days", "2", "--replications", "1", cwd=project)
    assert answer.code == 0, answer.err
    charts = project / answer.out.splitlines()[-1].removeprefix("Charts: ")
    for chart in ("stages_export", "dwell_export"):
        lines = (charts / f"{chart}.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        assert len({line.split(",")[0] for line in lines}) == 1


@pytest.mark.long
def test_all_flows_in_chinese(whole_en: Answer, shared: Path) -> None:
    same = ("run", "whole.yaml", "--workers", "1", "--out", "whole", "--full")
    answer = nansha(*same, "--lang", "zh", cwd=shared)
    assert answer.code == 0, answer.err
    for words in ("口岸放行时间（运抵至离港）", "国际中转：中转衔接时间", "箱量核对", "每标准箱 CO2"):
        assert words in answer.out
    assert len(answer.out.splitlines()) < 1.1 * len(whole_en.out.splitlines())
    for line in answer.out.splitlines():
        assert cell_len(line) <= 120, line


@pytest.mark.long
def test_a_warm_up_that_does_not_suffice_is_told(project: Path) -> None:
    short = ("--set", "horizon.warm_up_days=0", "--days", "21", "--workers", "1")
    answer = nansha("run", "baseline.yaml", *short, "--json", cwd=project)
    settling = answer.json()["runs"][0]["warm_up"]
    assert (settling["given_days"], settling["suffices"]) == (0, False)
    words = " ".join(nansha("run", "baseline.yaml", *short, cwd=project).out.split())
    assert "The warm-up of 0 days is too short" in words or "too short to tell whether its warm-up suffices" in words


def test_it_can_be_read_in_a_file(run_en: Answer) -> None:
    for line in run_en.out.splitlines():
        assert cell_len(line) <= 120, line
        assert line == line.rstrip() or not line.startswith(" ")
        assert "…" not in line
    assert "\x1b" not in run_en.out


def test_results_and_charts_are_where_it_says(run_en: Answer, shared: Path) -> None:
    lines = dict(line.split(": ", 1) for line in run_en.out.splitlines()[-2:])
    assert lines["Results"] == "out"
    charts = shared / lines["Charts"]
    assert sorted(path.name for path in charts.iterdir()) == [
        f"{chart}.{kind}" for chart in ("dwell", "stages", "warm_up") for kind in ("csv", "png", "svg")
    ]
    (digest,) = (path for path in (shared / "out").iterdir() if path.name != "charts")
    assert sorted(path.name for path in digest.iterdir()) == ["0", "1", "manifest.json", "timing.json"]
    assert (digest / "0" / "boxes.parquet").is_file()
    assert not (digest / "1" / "boxes.parquet").exists()


@pytest.mark.long
def test_a_second_run_reads_what_is_there(shared: Path, run_en: Answer) -> None:
    again = nansha("run", "baseline.yaml", "--workers", "1", "--out", "out", cwd=shared)
    assert again.out == run_en.out


def test_chinese(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", *FAST, "--lang", "zh", cwd=project)
    assert answer.code == 0, answer.err
    for words in (
        "整体通关时间（抵港至放行）",
        "口岸放行时间（抵港至出闸）",
        "通关准备",
        "提离",
        "被查验箱",
        "锚地候泊",
        "假定",
    ):
        assert words in answer.out
    assert "结果：results" in answer.out.splitlines()[-2]
    svg = next((project / "results" / "charts").rglob("stages.svg")).read_text(encoding="utf-8")
    assert "海关通关" in svg
    for line in answer.out.splitlines():
        assert cell_len(line) <= 120, line


def test_json(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", "two_step.yaml", *FAST, "--seed", "7", "--json", cwd=project)
    told = answer.json()
    assert answer.code == 0
    assert [run["scenario"] for run in told["runs"]] == ["baseline", "two_step"]
    first = told["runs"][0]
    assert (first["seed"], first["replications"], first["horizon"]["days"]) == (7, 2, 7)
    clock = next(m for m in first["metrics"] if (m["metric"], m["statistic"]) == ("arrival_to_release", "mean"))
    assert clock["low"] <= clock["mean"] <= clock["high"]
    assert (clock["unit"], clock["n"]) == ("h", 2)
    assert Path(project, told["charts"]).is_dir()


@pytest.mark.long
def test_workers_do_not_change_the_answer(project: Path) -> None:
    one = nansha("run", "baseline.yaml", "--days", "2", "--workers", "1", "--out", "one", "--json", cwd=project).json()
    two = nansha("run", "baseline.yaml", "--days", "2", "--workers", "2", "--out", "two", "--json", cwd=project).json()
    assert one["runs"] == two["runs"]


@pytest.mark.long
def test_keep_boxes(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", *FAST, "--keep-boxes", cwd=project)
    assert answer.code == 0
    assert len(list((project / "results").rglob("boxes.parquet"))) == 2


def test_one_replication_has_no_interval(project: Path) -> None:
    answer = nansha("run", "baseline.yaml", "--days", "2", "--replications", "1", cwd=project)
    assert answer.code == 0
    assert "one replication: no interval can be given" in answer.out
    assert "±" not in answer.out


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_place_that_cannot_be_written(command: str, project: Path) -> None:
    (project / "file").write_text("in the way")
    files = ["baseline.yaml", "two_step.yaml"]
    answer = nansha(command, *files, *FAST, "--out", "file/results", cwd=project)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert "file/results" in answer.err.replace("\\", "/")
    assert "--out" in answer.err
    assert (project / "file").read_text() == "in the way"


def test_problems_of_all_files_before_anything_is_run(project: Path) -> None:
    (project / "wrong.yaml").write_text("extends: baseline.yaml\nsed: 1\n", encoding="utf-8")
    answer = nansha("run", "wrong.yaml", "none.yaml", "baseline.yaml", "--json", cwd=project)
    assert (answer.code, answer.out) == (2, "")
    told = json.loads(answer.err)
    assert told["ok"] is False
    assert [error["what"].split(";")[0] for error in told["errors"]] == ["unknown key 'sed'", "there is no such file"]
    assert not (project / "results").exists()
