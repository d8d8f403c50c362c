"""Pictures and data are saved together, the same bytes every time, and whole or not at all."""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from sim.charts import dwell, stages, style
from sim.charts.save import save
from sim.errors import OutputError
from tests.charts.tables import change, dwell_table, stage_table

TABLE = stage_table(change(-3.6, -2.6))


def saved(folder: Path, name: str = "stages") -> list[bytes]:
    with style.styled():
        return [path.read_bytes() for path in save(stages.draw(TABLE, "zh"), TABLE, folder / name)]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    assert saved(tmp_path / "a") == saved(tmp_path / "b")


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    import subprocess

    code = "import sys; from pathlib import Path; from tests.charts.test_save import saved; saved(Path(sys.argv[1]))"
    env = os.environ | {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other")], check=True, env=env, cwd=root)
    others = [(tmp_path / "other" / f"stages.{suffix}").read_bytes() for suffix in ("svg", "png", "csv")]
    assert others == saved(tmp_path / "here")


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
