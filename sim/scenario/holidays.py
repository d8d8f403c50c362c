"""Public holidays must be known for every year that a run touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.errors import Place, Problem
from sim.port.port import Horizon, Port, PortTimeline
from sim.scenario.compose import Where


def missing_years(timeline: PortTimeline, horizon: Horizon, where: Where) -> Iterator[Problem]:
    """Yield a problem for each calendar in use that closes on holidays of a year without public_holidays."""
    last = min(horizon.start.toordinal() + round(horizon.total_hours / 24) - 1, date.max.toordinal())
    years = [str(year) for year in range(horizon.start.year, date.fromordinal(last).year + 1)]
    seen: set[tuple[str, str]] = set()
    for port in timeline.ports:
        for name in sorted(_used(port)):
            for year in years:
                if port.calendars[name].holidays == "ordinary" or year in port.public_holidays or (name, year) in seen:
                    continue
                seen.add((name, year))
                place: Place | str = where(f"calendars.{name}")
                what = f"calendar {name!r} closes on public holidays, but those of {year} are not in the port"
                remedy = f'add "{year}": {{closed: [...], make_up: [...], grade: ..., source: ...}} to public_holidays'
                yield Problem(what, place, remedy + ", or choose a horizon within the years described")


def _used(port: Port) -> set[str]:
    """Return the names of the calendars that something in the port keeps."""
    customs = port.customs
    choices = [customs.declaration.calendar, customs.review.calendar, customs.inspection.calendar]
    choices += [terminal.gate.calendar for terminal in port.terminals.values()]
    return {choice.value for choice in choices}
