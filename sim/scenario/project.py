"""The files of a project: its root, `extends:` chains, and the paths that may be followed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path, PurePosixPath, PureWindowsPath

from sim.errors import Problem
from sim.scenario.merge import merged
from sim.scenario.nearest import with_nearest
from sim.scenario.node import Node, Where, plain
from sim.scenario.reader import read_file
from sim.scenario.wording import shown

SOURCES = "sources.yaml"
DATA = (".csv", ".parquet")
"""Kinds of files of a project beside YAML."""


@dataclass
class Project:
    """One scenario file as the user named it, and all that may be read from there.

    The root is the nearest folder above the file that holds sources.yaml; nothing outside of it is read.
    """

    given: Path
    problems: list[Problem]
    root: Path = field(init=False)
    incomplete: bool = field(init=False, default=False)
    """Whether a file that another extends could not be read: then what is missing may stand there."""
    _known: dict[Path, Node | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        start = self.given.resolve().parent
        roots = (folder for folder in (start, *start.parents) if (folder / SOURCES).is_file())
        self.root = next(roots, start)

    def sources(self) -> Node | None:
        """Return the content of sources.yaml."""
        path = self.root / SOURCES
        if not path.is_file():
            remedy = f"put the scenario into a project folder, as laid by: nansha init DIR (it needs {SOURCES})"
            self.problems.append(Problem(f"no {SOURCES} here or in a folder above", str(self.given), remedy))
            return None
        return read_file(path, self.shown(path), self.problems)

    def resolved(self, path: Path, chain: tuple[Path, ...] = ()) -> Node | None:
        """Return a file merged over all that it extends, without its `extends:`; None if it cannot be read."""
        path = path.resolve()
        if path not in self._known:  # a file that many extend is read, and complained of, once
            self._known[path] = self._merged(path, chain)
        return self._known[path]

    def follow(self, node: Node, *, folder: bool = False) -> Path | None:
        """Return the file, or folder, that a path written in a file leads to; what is wrong is added to `problems`."""
        text = node.value
        if not isinstance(text, str) or not text.strip():
            what = f"the path of a file is needed here, not {shown(plain(node))}"
            self._wrong(what, node.place, "write it relative to this file")
            return None
        if "\\" in text or PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive:
            remedy = 'write it relative to this file, with "/" between folders'
            self._wrong(f"{text!r} is not a path relative to this file", node.place, remedy)
            return None
        start = node.home.parent if node.home is not None else self.given.resolve().parent
        try:
            path = (start / text).resolve()
            missing = not (path.is_dir() if folder else path.is_file())
        except (OSError, ValueError, RuntimeError):
            self._wrong(f"{text!r} is not a path that can be followed", node.place, "write a plain relative path")
            return None
        if not path.is_relative_to(self.root):
            remedy = f"keep every file below {self.shown(self.root)}, the folder of {SOURCES}"
            self._wrong(f"the path {text!r} leaves the project", node.place, remedy)
            return None
        if missing:
            self._wrong(*self._missing(text, start, node.place, folder))
            return None
        return path

    def shown(self, path: Path) -> str:
        """Return how messages name a file: seen from where the user named the scenario."""
        if path == self.given.resolve():
            return str(self.given)
        try:
            return os.path.normpath(self.given.parent / os.path.relpath(path, self.given.resolve().parent))
        except ValueError:  # another drive
            return str(path)

    def _merged(self, path: Path, chain: tuple[Path, ...]) -> Node | None:
        top = read_file(path, self.shown(path), self.problems)
        if top is None:
            return None
        own = replace(top, value={key: child for key, child in top.mapping.items() if key != "extends"})
        bases = [self._base(entry, (*chain, path)) for entry in _entries(top.get("extends"))]
        self.incomplete |= None in bases
        files = [*(base for base in bases if base is not None), own]
        return reduce(lambda base, over: merged(base, over, self.problems), files)

    def _base(self, entry: Node, chain: tuple[Path, ...]) -> Node | None:
        path = self.follow(entry)
        if path is None:
            return None
        if path in chain:
            circle = " -> ".join(self.shown(step) for step in (*chain[chain.index(path) :], path))
            self._wrong(f"extends runs in a circle: {circle}", entry.place, "remove one of these extends:")
            return None
        return self.resolved(path, chain)

    def _missing(self, text: str, start: Path, place: Where, folder: bool) -> tuple[str, Where, str]:
        suffix = PurePosixPath(text).suffix
        pattern = "*" if folder else f"*{suffix if suffix in DATA else '.yaml'}"
        names = [
            Path(os.path.relpath(file, start)).as_posix()
            for file in sorted(self.root.rglob(pattern) if (self.root / SOURCES).is_file() else ())
            if file.name != SOURCES and (file.is_dir() if folder else file.is_file())
        ]
        what = with_nearest(f"there is no {'folder' if folder else 'file'} {text!r}", text, names)
        return what, place, "the path is relative to the folder of the file that it is written in"

    def _wrong(self, what: str, where: Where, remedy: str) -> None:
        self.problems.append(Problem(what, where, remedy))


def given_file(given: Path, problems: list[Problem]) -> bool:
    """Return whether the file that the user named is there; else say which ones are."""
    folder = given.parent
    try:
        if given.exists():
            return True
        names = [str(folder / file.name) for file in sorted(folder.glob("*.yaml"))] if folder.is_dir() else []
    except OSError:  # a name that the file system does not take
        names = []
    what = with_nearest("there is no such file", str(given), names)
    problems.append(Problem(what, str(given), "check the path"))
    return False


def _entries(extends: Node | None) -> list[Node]:
    if extends is None:
        return []
    return list(extends.value) if isinstance(extends.value, list) else [extends]
