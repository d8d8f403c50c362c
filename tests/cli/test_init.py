"""`nansha init`: the shipped files are laid down, and nothing of the user's is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import ROOT, nansha

SHIPPED = ROOT / "scenarios"


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_shipped_files_are_laid_into_a_new_folder(tmp_path: Path) -> None:
    answer = nansha("init", "mine", cwd=tmp_path)
    assert answer.code == 0
    assert names(tmp_path / "mine") == names(SHIPPED)
    for name in names(SHIPPED):
        assert (tmp_path / "mine" / name).read_bytes() == (SHIPPED / name).read_bytes()
    assert answer.out.startswith(f"{len(names(SHIPPED))} files written to mine")


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    nansha("init", "mine", cwd=tmp_path)
    (tmp_path / "mine" / "sources.yaml").unlink()
    told = nansha("init", "mine", "--json", cwd=tmp_path).json()
    assert told["written"] == ["sources.yaml"]
    assert len(told["kept"]) == len(names(SHIPPED)) - 1


def test_a_file_of_the_user_s_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    answer = nansha("init", ".", cwd=tmp_path)
    assert answer.code == 2
    assert "sources.yaml, with other content, is in the way" in answer.err
    assert names(tmp_path) == ["notes.txt", "sources.yaml"]


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    answer = nansha("init", "mine", "--lang", "zh", cwd=tmp_path)
    assert answer.code == 2
    assert answer.err.startswith("错误：mine, a file, is in the way")
