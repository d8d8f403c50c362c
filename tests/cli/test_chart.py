"""`nansha chart` as a real process: what it draws, what it leaves out and why, and what bad input gets."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.inside import inside
from tests.cli.project import Answer, nansha
from tests.experiment.unsure import lay_unsure

SWEEP = """\
title: {zh: 小网格, en: Small grid}
scenario: baseline.yaml
replications: 1
days: 2
design: grid
levers:
  policies.inspection_rate.factor: [0.6, 1.0]
  customs.inspection.scanners: [1, 2]
names: {customs.inspection.scanners: {zh: 机检设备, en: Scanners}}
metrics: [arrival_to_release.import]
"""


@pytest.fixture(scope="module")
def stored(shared: Path, direct: Answer) -> Path:
    """A project whose folder `whole` holds a comparison and a sweep."""
    assert direct.code == 0
    more = ("--workers", "1", "--out", "whole")
    (shared / "grid.yaml").write_text(SWEEP, encoding="utf-8")
    assert inside("sweep", "grid.yaml", *more, cwd=shared).code == 0
    return shared


def test_the_command_knows_every_figure_and_format() -> None:
    from sim.charts.plates import KINDS
    from sim.charts.save import FORMATS
    from sim.cli import chart as command

    assert (command.KINDS, command.FORMATS) == (KINDS, FORMATS)


def chart(project: Path, *arguments: str) -> Answer:
    return inside("chart", *arguments, "--results", "whole", cwd=project)


def test_every_figure_that_the_results_can_give(stored: Path) -> None:
    answer = nansha("chart", "whole", "direct", "--results", "whole", "--out", "all", "--format", "svg", cwd=stored)
    assert answer.code == 0, answer.err
    stems = {path.stem for path in (stored / "all").iterdir()}
    assert stems == {
        *("stages", "stages_export", "dwell", "dwell_export", "effects", "berths", "queue", "yard", "flows"),
        "detection",
    }
    assert {path.suffix for path in (stored / "all").iterdir()} == {".svg", ".csv"}
    assert "left out: waterfall (no attribution of this change is stored)" in answer.out
    assert "left out: heatmap (no sweep is named)" in answer.out
    assert "left out: tornado (no sensitivity of these scenarios is stored)" in answer.out
    assert "Charts: all (svg, csv)" in answer.out
    assert "flows: Of " in answer.out


def test_those_asked_for_in_chinese_for_a_slide(stored: Path) -> None:
    options = ("--figure", "effects,Berths", "--format", "pdf", "--lang", "zh", "--size", "slide", "--out", "slides")
    answer = chart(stored, "whole", "direct", *options)
    assert answer.code == 0, answer.err
    assert {path.name for path in (stored / "slides").iterdir()} == {
        *("effects.pdf", "effects.csv", "berths.pdf", "berths.csv"),
    }
    assert "未绘制" not in answer.out
    assert "图表：slides（pdf, csv）" in answer.out
    rows = list(csv.DictReader((stored / "slides" / "effects.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["scenario_zh"] for row in rows} == {"抵港直装"}


def test_results_by_digest_and_by_file_and_what_json_says(stored: Path) -> None:
    digest = next(path.name for path in (stored / "whole").iterdir() if len(path.name) == 64)
    answer = chart(stored, digest[:8], "--figure", "warmup,stages", "--format", "svg", "--json")
    record = answer.json()
    assert [one["figure"] for one in record["charts"]] == ["stages", "stages_export", "warm_up"]
    assert record["left_out"] == {}
    folder = stored / record["folder"]
    assert folder.parent == stored / "whole" / "charts"
    assert all((folder / name).is_file() for one in record["charts"] for name in one["files"])
    assert record["charts"][0]["title"]
    by_file = chart(stored, "whole.yaml", "--figure", "stages", "--out", "file")
    assert by_file.code == 0, by_file.err


def test_a_sweep_is_drawn_again_by_its_name(stored: Path) -> None:
    answer = chart(stored, "grid", "--lang", "zh", "--size", "brief", "--out", "grid")
    assert answer.code == 0, answer.err
    svg = (stored / "grid" / "arrival_to_release_import_all_mean.svg").read_text(encoding="utf-8")
    assert "机检设备" in svg
    assert "stages（参数扫描只保存指标数值）" in answer.out


@pytest.mark.long
def test_what_was_found_is_drawn_once_it_is_stored(tmp_path: Path) -> None:
    project = lay_unsure(tmp_path / "project").parent
    how = ("--workers", "1", "--out", "whole")
    few = ("--trajectories", "1", "--rows", "8", "--top", "2", "--replications", "2", "--effect")
    assert inside("run", "unsure.yaml", *how, cwd=project).code == 0
    assert inside("attribute", "unsure.yaml", *how, cwd=project).code == 0
    assert inside("sensitivity", "unsure.yaml", *few, *how, cwd=project).code == 0
    answer = chart(project, "unsure", "--figure", "waterfall,tornado", "--out", "found", "--size", "brief")
    assert answer.code == 0, answer.err
    name = "arrival_to_gate_out_import_all_mean"
    stems = {path.stem for path in (project / "found").iterdir()}
    assert stems == {f"waterfall_{name}", f"tornado_{name}_effect"}


def test_what_cannot_be_drawn_is_told_with_the_remedy_and_nothing_is_written(stored: Path) -> None:
    answer = chart(stored, "whole", "--figure", "stages,effects,tornado,waterfall,heatmap", "--out", "none")
    assert answer.code == 2
    assert answer.out == ""
    assert "effects: there is nothing to compare with" in answer.err
    assert "-> run nansha sensitivity whole.yaml --days 7 --out whole" in answer.err
    assert "heatmap: no sweep is named" in answer.err
    assert not (stored / "none").exists()


def test_without_the_tables_of_a_run_its_queues_are_told_to_be_missing(stored: Path, tmp_path: Path) -> None:
    shutil.copytree(stored / "whole", tmp_path / "whole")
    for path in (tmp_path / "whole").glob("*/*/boxes.parquet"):
        path.unlink()
    for path in (tmp_path / "whole").glob("*/*/calls.parquet"):
        path.unlink()
    answer = inside("chart", "whole", "--figure", "queue,berths", "--results", "whole", cwd=tmp_path)
    assert answer.code == 2
    assert "queue: the tables of boxes are not stored" in answer.err
    assert "--keep-boxes" in answer.err
    assert "berths: the tables of vessel calls are not stored" in answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("whole", "--figure", "stage"), ("there is no 'stage'", "stages", "choose of")),
        (("whole", "--format", "svg,gif"), ("there is no 'gif'", "choose of svg, png, pdf")),
        (("whole", "--format", ","), ("nothing is named",)),
        (("whole", "--size", "a3"), ("--size",)),
        (("nowhere",), ("nothing is stored under 'nowhere'",)),
        (("grid", "whole"), ("grid is a sweep", "name it alone")),
        (("grid", "--figure", "dwell"), ("a sweep keeps numbers only", "--figure heatmap")),
        ((), ("Missing argument",)),
    ],
)
def test_bad_input_is_one_message_with_the_remedy(
    arguments: tuple[str, ...], words: tuple[str, ...], stored: Path
) -> None:
    answer = chart(stored, *arguments, "--out", "bad")
    assert answer.code == 2
    assert all(word in answer.err for word in words), answer.err
    assert not (stored / "bad").exists()


def test_a_folder_that_cannot_be_written_is_one_clear_error(stored: Path) -> None:
    (stored / "in_the_way").write_text("a file")
    answer = chart(stored, "whole", "--figure", "dwell", "--out", "in_the_way/charts")
    assert answer.code == 2
    assert "cannot write in_the_way/charts" in answer.err
    assert "--out" in answer.err


def test_a_title_with_a_character_without_a_glyph_leaves_nothing_half_written(stored: Path) -> None:
    text = "extends: whole.yaml\ntitle: {zh: 改革𠮷, en: Reform 𠮷}\n"
    (stored / "rare.yaml").write_text(text, encoding="utf-8")
    answer = chart(stored, "rare.yaml", "--figure", "dwell,stages", "--out", "rare")
    assert answer.code == 2
    assert "𠮷 (U+20BB7)" in answer.err
    assert not (stored / "rare").exists()
