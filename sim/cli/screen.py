"""What a command prints to: tables on stdout, problems and progress on stderr, or JSON for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.tables import Grid
from sim.errors import OutputError, Place, Problem, SimError
from sim.words import Lang, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

USER_ERROR = 2
INTERRUPTED = 130
PLAIN_WIDTH = 120
"""Columns where stdout is not a terminal."""


@dataclass(frozen=True)
class Screen:
    """Where the words go: in which language, and whether as JSON."""

    lang: Lang
    as_json: bool

    @cached_property
    def out(self) -> Console:
        """The console for results."""
        return _console(sys.stdout)

    @cached_property
    def shown(self) -> list[Grid]:
        """The tables printed so far."""
        return []

    def say(self, key: str, **values: object) -> str:
        """Return words in the language of this screen."""
        return say(key, self.lang, **values)

    def line(self, text: str = "", style: str = "") -> None:
        """Print a line of text, wrapped between words."""
        self._print(text, style)

    def show(self, grid: Grid) -> None:
        """Print a table, in parts if the screen is narrow."""
        self.shown.append(grid)
        for table in grid.tables(self.out.width):
            self._print(table)
            print()

    def _print(self, item: Table | str, style: str = "") -> None:
        """Print without the spaces that would fill up the last column."""
        with self.out.capture() as capture:
            self.out.print(item, style=style or None)
        print("\n".join(line.rstrip() for line in capture.get().split("\n")[:-1]))

    def dump(self, value: Any) -> None:
        """Print a JSON document."""
        print(json.dumps(value, ensure_ascii=False, indent=2, default=str, allow_nan=False))

    def explain(self, mark: str, key: str) -> None:
        """Print what a mark stands for, if a table bears it."""
        if any(cell.endswith(mark) for grid in self.shown for cell in grid.cells()):
            self.line(self.say(key))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print problems on stderr: place, source line, caret, remedy; as JSON if asked for."""
        if self.as_json:
            errors = [problem_record(problem) for problem in problems]
            text = json.dumps({"ok": False, "errors": errors}, ensure_ascii=False, indent=2)
        else:
            text = "\n".join(f"{self.say('error.word')}{self.say('mark.colon')}{problem}" for problem in problems)
        print(text, file=sys.stderr)

    def warn(self, text: str) -> None:
        """Print a remark on stderr."""
        print(text, file=sys.stderr)

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Turn what a user must hear about into one clear message and an exit code."""
        try:
            yield
        except SimError as error:
            self.problems(error.problems)
            raise typer.Exit(USER_ERROR) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            self.problems(_from_system(error).problems)
            raise typer.Exit(USER_ERROR) from None
        except KeyboardInterrupt:
            self.warn(self.say("run.interrupted"))
            raise typer.Exit(INTERRUPTED) from None


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return a problem as it stands in JSON."""
    record: dict[str, Any] = {"what": problem.what, "remedy": problem.remedy}
    if isinstance(problem.where, Place):
        place = problem.where
        return record | {"file": place.file, "line": place.line, "column": place.column, "text": place.text}
    return record | {"where": problem.where}


def _from_system(error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    what = f"{error.filename}: {reason}" if error.filename else reason
    return OutputError(Problem(f"the system refused: {what}", remedy="check that the path exists and may be used"))


def _console(file: Any) -> Console:
    from rich.console import Console

    width = None if file.isatty() else PLAIN_WIDTH
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False)


def shown_path(path: Path) -> str:
    """Return a path as people write it."""
    return path.as_posix()
