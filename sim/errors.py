"""Floor 0: one family of errors. Each says what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a text file, counted from 1, with the source line for display."""

    file: str
    line: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where (a file position or a dotted path), and the remedy."""

    what: str
    where: Place | str | None = None
    remedy: str = ""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        if isinstance(self.where, Place) and self.where.text:
            lines += [f"    {self.where.text}", "    " + " " * (self.where.column - 1) + "^"]
        if self.remedy:
            lines.append(f"    -> {self.remedy}")
        return "\n".join(lines)


class SimError(Exception):
    """Base of all errors a user can cause or must hear about; carries every problem found at once."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[SimError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class ScenarioError(SimError):
    """A scenario, port or sources file that cannot be read or does not hold."""


class PolicyError(SimError):
    """A policy that is unknown, out of bounds, or in conflict with another."""


class LoadError(SimError):
    """A demand that no steady state can carry: names the station and its offered load."""


class OutputError(SimError):
    """A result that cannot be written or read."""


class RunError(SimError):
    """A run that could not be carried out as asked."""
