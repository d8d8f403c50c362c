"""Pictures and data are saved together, the same bytes every time, and whole or not at all."""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from sim.charts import dwell, stages, style
from sim.charts.save import Format, picture, save
from sim.errors import OutputError
from tests.charts.tables import change, dwell_table, stage_table

TABLE = stage_table(change(-3.6, -2.6))


def saved(folder: Path, name: str = "stages") -> list[bytes]:
    with style.styled():
        return [path.read_bytes() for path in save(stages.draw(TABLE, "zh"), TABLE, folder / name)]


def saved_pdf(folder: Path) -> Path:
    with style.styled():
        paths = save(stages.draw(TABLE, "zh", "brief"), TABLE, folder / "stages", ("pdf",))
    assert [path.name for path in paths] == ["stages.pdf", "stages.csv"]
    return paths[0]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    assert saved(tmp_path / "a") == saved(tmp_path / "b")


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    import subprocess

    code = "import sys; from tests.charts.test_save import *; [f(Path(sys.argv[1])) for f in (saved, saved_pdf)]"
    env = os.environ | {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other")], check=True, env=env, cwd=root)
    others = [(tmp_path / "other" / f"stages.{suffix}").read_bytes() for suffix in ("svg", "png", "csv")]
    assert others == saved(tmp_path / "here")
    assert (tmp_path / "other" / "stages.pdf").read_bytes() == saved_pdf(tmp_path / "here").read_bytes()


def test_metadata_name_the_runs_and_no_date(tmp_path: Path) -> None:
    svg, _, _ = saved(tmp_path)
    assert " ".join(TABLE.digests) in svg.decode()
    assert "<dc:date>" not in svg.decode()
    with Image.open(tmp_path / "stages.png") as picture:
        assert " ".join(TABLE.digests) in picture.text["Description"]  # type: ignore[attr-defined]
        assert {round(value) for value in picture.info["dpi"]} == {200}


def test_the_words_of_the_svg_stay_words(tmp_path: Path) -> None:
    svg = saved(tmp_path)[0].decode()
    assert "两步申报" in svg
    assert "Noto Sans CJK SC" in svg


def test_data_open_in_a_spreadsheet(tmp_path: Path) -> None:
    raw = saved(tmp_path)[2]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert {row["digest"] for row in rows} == set(TABLE.digests)
    total = [row for row in rows if row["metric"] == "arrival_to_gate_out"]
    assert [(row["scenario_zh"], row["hours"], row["low_95"]) for row in total][1] == ("两步申报", "100.6", "98.5")
    assert next(row for row in rows if row["metric"] == "unloading")["low_95"] == ""
    change_rows = [row for row in rows if row["statistic"] == "change"]
    assert [row["hours"] for row in change_rows] == ["-3.1"]


def test_the_data_of_dwell_are_the_curve(tmp_path: Path) -> None:
    table = dwell_table(0)
    with style.styled():
        path = save(dwell.draw(table, "en"), table, tmp_path / "dwell")[2]
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[50] == {
        "scenario": table.curves[0].label.en,
        "scenario_zh": table.curves[0].label.zh,
        "digest": table.curves[0].label.digest,
        "hours_since_arrival": "100",
        "share_gone": "0.48",
    }


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write"):
        saved(tmp_path / "file")


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    class Broken:
        digests = ("0",)

        def rows(self) -> list[dict[str, object]]:
            raise OSError(28, "No space left on device")

    with style.styled(), pytest.raises(OutputError, match="No space left"):
        save(stages.draw(TABLE, "en"), Broken(), tmp_path / "x")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_names_the_runs_and_its_finding(tmp_path: Path) -> None:
    import pikepdf

    one = saved_pdf(tmp_path)
    with pikepdf.open(one) as document:
        about = {str(key): str(value) for key, value in document.docinfo.items()}
        assert about["/Title"] == stages.title(TABLE, "zh")
        assert " ".join(TABLE.digests) in about["/Subject"]
        assert "/CreationDate" not in about
        fonts = document.pages[0].Resources.Font
        assert {str(font.Subtype) for font in fonts.values()} == {"/Type3"}
        width = float(document.pages[0].MediaBox[2])
    assert width == pytest.approx(6.14 * 72, abs=1)


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    label = replace(TABLE.bars[0].label, en="Reform of 𠮷 and 😀")
    table = replace(TABLE, bars=(replace(TABLE.bars[0], label=label), *TABLE.bars[1:]))
    with style.styled(), pytest.raises(OutputError, match=r"Reform of.*𠮷 \(U\+20BB7\), 😀"):
        stages.draw(table, "en")


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_nor_is_it_saved_where_nothing_has_measured_it(kind: Format, tmp_path: Path) -> None:
    with style.styled():
        figure = stages.draw(TABLE, "en")
        figure.text(0.5, 0.5, "龍 and 😀")
        with pytest.raises(OutputError, match=r"龍 \(U\+9F8D\), 😀 \(U\+1F600\)"):
            save(figure, TABLE, tmp_path / "x", (kind,))
    assert list(tmp_path.iterdir()) == []


def test_a_rare_character_and_signs_of_mathematics_are_drawn_as_they_stand(tmp_path: Path) -> None:
    label = replace(TABLE.bars[0].label, zh="甪直堃龘：$5 至 $6，50% 与 a_b")
    table = replace(TABLE, bars=(replace(TABLE.bars[0], label=label), *TABLE.bars[1:]))
    with style.styled():
        svg, _, _ = save(stages.draw(table, "zh", "slide"), table, tmp_path / "x")
    text = svg.read_text(encoding="utf-8")
    assert "甪直堃龘" in text
    assert "$5" in text


def test_the_picture_is_what_is_saved(tmp_path: Path) -> None:
    with style.styled():
        bytes_of = picture(stages.draw(TABLE, "en"), TABLE, "svg")
        svg = save(stages.draw(TABLE, "en"), TABLE, tmp_path / "x", ("svg",))[0]
    assert svg.read_bytes() == bytes_of
