"""`nansha waiting`: how long vessels wait for a berth by theory, in the place of the printed tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.options import JsonOption, LangOption
from sim.cli.screen import Screen
from sim.cli.tables import Grid
from sim.errors import LoadError, Problem
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.theory.phase_line import Waiting

ARRIVALS = "Gaps between arrivals: M or E2, E3, ... 到港间隔分布。"
SERVICE = "Times at berth: M or E2, E3, ... 泊位作业时间分布。"
BERTHS = "Berths: 4, or several: 2,4,6 or 1-10. 泊位数，可为多个。"
LOAD = "Share of berth time in use: 0.7, or several: 0.5,0.7 or 0.1-0.9 (in tenths). 泊位利用率。"
HOURS = "Mean time at berth in hours, for waits in hours. 平均在泊小时数。"
TABLE = "A table: berths 1-10 and loads 0.1-0.9 where none are given. 输出表格。"

EVERY_BERTHS, EVERY_LOAD = "1-10", "0.1-0.9"


@dataclass(frozen=True)
class _Asked:
    """What was asked for: phases, and all pairs of berths and loads; service_hours only for hours."""

    arrivals: int
    service: int
    berths: tuple[int, ...]
    loads: tuple[float, ...]
    service_hours: float | None

    @property
    def name(self) -> str:
        return f"{_letter(self.arrivals)}/{_letter(self.service)}/"


def waiting(
    arrivals: Annotated[str, typer.Option("--arrivals", metavar="M|Ek", help=ARRIVALS)] = "E2",
    service: Annotated[str, typer.Option("--service", metavar="M|Ek", help=SERVICE)] = "E2",
    berths: Annotated[str | None, typer.Option("--berths", metavar="N", help=BERTHS)] = None,
    load: Annotated[str | None, typer.Option("--load", metavar="SHARE", help=LOAD)] = None,
    service_hours: Annotated[float | None, typer.Option("--service-hours", metavar="H", help=HOURS)] = None,
    table: Annotated[bool, typer.Option("--table", help=TABLE)] = False,
    lang: LangOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Print the mean wait and the share of vessels that wait, or a table over berths and loads."""
    # the matrices are small: on a busy machine several threads on one would wait for each other
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    screen = Screen(lang, as_json)
    with screen.reporting():
        if table:
            berths, load = berths or EVERY_BERTHS, load or EVERY_LOAD
        asked = _asked((arrivals, service), berths, load, service_hours)
        found = {(n, share): _solved(asked, n, share) for share in asked.loads for n in asked.berths}
        if as_json:
            screen.dump(_record(asked, found))
        elif len(found) == 1 and not table:
            _print_one(asked, next(iter(found.values())), screen)
        else:
            _print_table(asked, found, screen)


def _solved(asked: _Asked, berths: int, load: float) -> Waiting:
    from sim.theory.phase_line import erlang_line

    try:
        return erlang_line(asked.arrivals, asked.service, berths, load)
    except (ValueError, ArithmeticError) as error:
        what = f"{asked.name}{berths} at a load of {load:g} cannot be solved: {error}"
        raise LoadError(Problem(what, remedy="ask for fewer berths or phases, or for a load further from 1")) from None


def _asked(lines: tuple[str, str], berths: str | None, load: str | None, hours: float | None) -> _Asked:
    """Return what was asked for. Raises LoadError with everything that cannot be read."""
    problems: list[Problem] = []

    def read(value: Any) -> Any:
        if isinstance(value, Problem):
            problems.append(value)
        return value

    arrivals, service = (read(_phases(text, name)) for text, name in zip(lines, ("arrivals", "service"), strict=True))
    ns, loads = read(_berths(berths)), read(_loads(load))
    if hours is not None and not 0 < hours < float("inf"):
        problems.append(Problem(f"--service-hours {hours:g} is no length of time", remedy="as in --service-hours 24"))
    if problems:
        raise LoadError(problems)
    return _Asked(arrivals, service, ns, loads, hours)


def _phases(text: str, option: str) -> int | Problem:
    """Return the number of phases that M or E and a number mean."""
    kind = text.strip().upper()
    if kind == "M":
        return 1
    if found := re.fullmatch(r"E(\d{1,6})", kind):
        phases = int(found[1])
        if phases >= 1:
            return phases
    if kind == "D":
        what = f"--{option} D: fixed times are not solved exactly"
        return Problem(what, remedy=f"--{option} E20 comes near to them, from above")
    remedy = f"M for exponential times, or E and a number of phases, as in --{option} E2"
    return Problem(f"--{option} {text} is no distribution known here", remedy=remedy)


def _berths(text: str | None) -> tuple[int, ...] | Problem:
    remedy = "a number, several, or a span: --berths 4, --berths 2,4,6, --berths 1-10"
    if text is None:
        return Problem("the number of berths is missing", remedy=remedy)
    numbers: list[int] = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?", part)
        if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]):
            return Problem(f"--berths {text} is no number of berths", remedy=remedy)
        numbers += range(int(found[1]), int(found[2] or found[1]) + 1)
    return tuple(dict.fromkeys(numbers))


def _loads(text: str | None) -> tuple[float, ...] | Problem:
    """Return shares; a span goes in tenths."""
    remedy = "the share of berth time in use, above 0 and below 1: --load 0.7, --load 0.5,0.7, --load 0.1-0.9"
    if text is None:
        return Problem("the load is missing", remedy=remedy)
    loads = [load for part in text.split(",") for load in _span(part)]
    if not all(0 < load < 1 for load in loads):
        grows = all(load >= 1 for load in loads)
        why = ": from 1 on the line grows without end" if grows else " is no load"
        return Problem(f"--load {text}{why}", remedy=remedy)
    return tuple(dict.fromkeys(loads))


def _span(text: str) -> Iterator[float]:
    """Yield the loads of "0.7" or "0.5-0.7"; NaN if it is neither."""
    ends = text.split("-")
    try:
        first, last = float(ends[0]), float(ends[-1])
    except ValueError:
        first = last = float("nan")
    if len(ends) > 2 or not 0 <= first <= last <= 1000:
        yield float("nan")
        return
    yield from (round(first + step / 10, 10) for step in range(int((last - first) * 10 + 1e-9) + 1))


def _letter(phases: int) -> str:
    return "M" if phases == 1 else f"E{phases}"


def _record(asked: _Asked, found: dict[tuple[int, float], Waiting]) -> dict[str, Any]:
    rows = [
        {
            "berths": berths,
            "load": load,
            "wait_in_services": line.wait,
            "wait_hours": None if asked.service_hours is None else line.wait * asked.service_hours,
            "share_waiting": line.delayed,
            "vessels_waiting": line.queue,
        }
        for (berths, load), line in found.items()
    ]
    letters = {"arrivals": _letter(asked.arrivals), "service": _letter(asked.service)}
    return letters | {"service_hours": asked.service_hours, "results": rows}


def _print_one(asked: _Asked, line: Waiting, screen: Screen) -> None:
    (berths,) = asked.berths
    screen.line(screen.say("waiting.title", line=f"{asked.name}{berths}", load=figure(line.load, "share")), "bold")
    screen.line(screen.say("waiting.mean", wait=_digits(line.wait)))
    if asked.service_hours is not None:
        hours = figure(line.wait * asked.service_hours, "h")
        screen.line(screen.say("waiting.hours", hours=hours, service=f"{asked.service_hours:g}"))
    screen.line(screen.say("waiting.share", share=figure(line.delayed, "share")))
    screen.line(screen.say("waiting.queue", queue=_digits(line.queue)))
    screen.line(screen.say("waiting.load", load=figure(line.load, "share")))


def _print_table(asked: _Asked, found: dict[tuple[int, float], Waiting], screen: Screen) -> None:
    """Print the mean waits, and the shares that wait, by load (rows) and berths (columns)."""
    title = screen.say("waiting.table", line=f"{asked.name}n")
    _show(asked, title, {key: _digits(line.wait) for key, line in found.items()}, screen)
    if asked.service_hours is not None:
        title = screen.say("waiting.table_hours", service=f"{asked.service_hours:g}")
        hours = {key: figure(line.wait * asked.service_hours, "h") for key, line in found.items()}
        _show(asked, title, hours, screen)
    shares = {key: figure(line.delayed, "share") for key, line in found.items()}
    _show(asked, screen.say("waiting.table_share"), shares, screen)


def _show(asked: _Asked, title: str, cells: dict[tuple[int, float], str], screen: Screen) -> None:
    grid = Grid(title, [screen.say("waiting.berths"), *map(str, asked.berths)], ("name", "number"))
    for load in asked.loads:
        grid.add(f"{figure(load, 'share')} %", *(cells[berths, load] for berths in asked.berths))
    screen.show(grid)


def _digits(value: float) -> str:
    """Return a number of services or vessels to four places, as in the printed tables."""
    return "<0.0001" if 0 < value < 0.00005 else f"{value:.4f}" if value < 10 else f"{value:,.1f}"
