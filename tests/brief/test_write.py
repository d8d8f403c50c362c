"""Writing: which files, what stands in them, and that bad input leaves nothing behind."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.brief.model import Brief, Command, Heading, Paragraph, Picture, numbers
from sim.brief.write import FORMATS, write
from sim.errors import OutputError
from sim.words import LANGS
from tests.brief.rendered import as_docx, as_html, as_pdf
from tests.brief.sample import sample

BOTH = {lang: sample(lang) for lang in LANGS}


def with_title(title: str) -> Brief:
    return dataclasses.replace(sample("en"), title=title, body=(Paragraph(("Text.",)),), annex=())


def test_all_files_of_both_languages(tmp_path: Path) -> None:
    paths = write(BOTH, FORMATS, tmp_path / "new" / "folder")
    beside = {f"{key}_{lang}.{kind}" for key in ("stages", "clocks") for lang in LANGS for kind in ("svg", "png")}
    briefs = {f"brief_{lang}.{kind}" for lang in LANGS for kind in FORMATS}
    tables = {f"numbers_{lang}.csv" for lang in LANGS}
    assert {path.name for path in paths} == briefs | beside | tables
    assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == {path.name for path in paths}
    for lang in LANGS:
        folder = tmp_path / "new" / "folder"
        assert (folder / f"brief_{lang}.html").read_text(encoding="utf-8") == as_html(lang)
        assert (folder / f"brief_{lang}.pdf").read_bytes() == as_pdf(lang)
        assert (folder / f"brief_{lang}.docx").read_bytes() == as_docx(lang)


def test_pictures_are_laid_beside_as_they_are(tmp_path: Path) -> None:
    write({"zh": sample("zh")}, ["html"], tmp_path)
    for block in sample("zh").blocks:
        if isinstance(block, Picture):
            assert (tmp_path / f"{block.key}_zh.svg").read_bytes() == block.svg
            assert (tmp_path / f"{block.key}_zh.png").read_bytes() == block.png


def test_the_table_of_numbers_has_each_of_them(tmp_path: Path) -> None:
    write({"en": sample("en")}, [], tmp_path)
    with (tmp_path / "numbers_en.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = list(numbers(sample("en")))
    assert [row["text"] for row in rows] == [number.text for number in wanted]
    assert [float(row["value"]) for row in rows] == [number.value for number in wanted]
    assert [row["digests"] for row in rows] == [" ".join(number.origin.digests) for number in wanted]
    assert [row["metric"] for row in rows] == [number.origin.metric for number in wanted]


def test_a_second_brief_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write({"en": with_title("First")}, ["html"], tmp_path)
    write({"en": with_title("Second")}, ["html"], tmp_path)
    assert "<h1>Second</h1>" in (tmp_path / "brief_en.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief_en.html", "numbers_en.csv"]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\n", "\t", "\x85", "\u2028", "\ufffe", "\udc80", "\ue000"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_control_character_is_refused(tmp_path: Path, char: str, kind: str) -> None:
    with pytest.raises(OutputError) as caught:
        write({"en": with_title(f"A{char}title")}, [kind], tmp_path / "out")  # type: ignore[list-item]
    (problem,) = caught.value.problems
    assert (problem.where, f"U+{ord(char):04X}" in problem.what) == ("title", True)
    assert str(problem).isprintable() or "\n    -> " in str(problem)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("char", ["😀", "𠮷", "한", "א"])
def test_a_character_without_a_glyph_is_refused(tmp_path: Path, char: str) -> None:
    with pytest.raises(OutputError) as caught:
        write({"en": with_title(f"A {char} title")}, FORMATS, tmp_path / "out")
    (problem,) = caught.value.problems
    assert char in problem.what
    assert problem.remedy
    assert not (tmp_path / "out").exists()


def test_every_text_that_cannot_be_shown_is_told_at_once(tmp_path: Path) -> None:
    blocks = (Heading(1, "한"), Paragraph(("a\x01b",)), Command("two\nlines"), Command("a\tb"))
    brief = dataclasses.replace(with_title("Title"), body=blocks)
    with pytest.raises(OutputError) as caught:
        write({"en": brief}, FORMATS, tmp_path)
    assert [problem.where for problem in caught.value.problems] == ["한", "a?b", "a?b"]
    assert list(tmp_path.iterdir()) == []


def file_in_the_way(place: Path) -> Path:
    (place / "file").write_text("", encoding="utf-8")
    return place / "file"


def folder_in_the_way(place: Path) -> Path:
    (place / "brief_en.html").mkdir()
    return place


@pytest.mark.parametrize("way", [file_in_the_way, folder_in_the_way, lambda place: file_in_the_way(place) / "below"])
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, way: Callable[[Path], Path]) -> None:
    folder = way(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match="cannot write") as caught:
        write({"en": with_title("Title")}, ["html"], folder)
    assert "--out" in caught.value.problems[0].remedy
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.suffix == ".csv":
            raise OSError(28, "No space left on device")
        return whole(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write({"en": with_title("Title")}, ["html"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_cannot_be_used_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "office.docx").write_bytes(b"no archive")
    with pytest.raises(OutputError):
        write(BOTH, FORMATS, tmp_path / "out", tmp_path / "office.docx")
    assert not (tmp_path / "out").exists()
