"""`nansha init`: the shipped scenario files, laid into a folder of the user's."""

from __future__ import annotations

import os
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import JsonOption, LangOption
from sim.cli.screen import Screen, shown_path
from sim.errors import OutputError, Problem
from sim.words import say

FIRST = ("baseline.yaml", "two_step.yaml")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="An empty or new folder. 空文件夹或新文件夹。")]


def init(directory: Folder, lang: LangOption = "en", as_json: JsonOption = False) -> None:
    """Write the files; a file that is there with other content is never touched, and then nothing is written."""
    screen = Screen(lang, as_json)
    with screen.reporting():
        files = shipped()
        written, kept = lay(files, directory)
        if as_json:
            screen.dump({"directory": shown_path(directory), "written": written, "kept": kept})
            return
        screen.line(say("init.wrote", lang, count=len(written), path=shown_path(directory)))
        if kept:
            screen.line(say("init.kept", lang, count=len(kept)))
        if all(name in files for name in FIRST):
            baseline, reform = (shown_path(directory / name) for name in FIRST)
            screen.line(say("init.next", lang, baseline=baseline, reform=reform))


def shipped() -> dict[str, bytes]:
    """Return path below the folder -> content of every file that belongs to the shipped scenarios."""
    for folder in (resources.files("sim") / "scenarios", Path(__file__).parents[2] / "scenarios"):
        if (folder / "sources.yaml").is_file():
            return _files(folder, "")
    raise OutputError(Problem("the shipped scenarios are not in this installation", remedy="install nansha-sim again"))


def _files(folder: Traversable, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir():
            found |= _files(entry, f"{prefix}{entry.name}/")
        else:
            found[prefix + entry.name] = entry.read_bytes()
    return found


def lay(files: dict[str, bytes], directory: Path) -> tuple[list[str], list[str]]:
    """Write what is missing below `directory`; return the names written, and those there already with that content.

    Raises OutputError, before anything is written, if a file would be overwritten with other content.
    """
    clashes = [
        Problem(f"{what} is in the way", remedy="name an empty folder, or move it away")
        for what in _in_the_way(files, directory)
    ]
    if clashes:
        raise OutputError(clashes)
    missing = [name for name in files if not (directory / name).exists()]
    for name in missing:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            aside.write_bytes(files[name])
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    return missing, [name for name in files if name not in missing]


def _in_the_way(files: dict[str, bytes], directory: Path) -> list[str]:
    folders = {parent for name in files for parent in (directory / name).parents if parent != Path()}
    found = [f"{shown_path(folder)}, a file," for folder in sorted(folders) if folder.exists() and not folder.is_dir()]
    if found:
        return found[:1]
    places = {name: directory / name for name in files}
    return [
        f"{shown_path(path)}, with other content,"
        for name, path in places.items()
        if path.exists() and not (path.is_file() and path.read_bytes() == files[name])
    ]
