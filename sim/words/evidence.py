"""What a scenario's numbers rest on, and its values, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.words import Lang, say
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.scenario import Scenario


def rests_on(scenario: Scenario, lang: Lang) -> str:
    """Return the sentence that says what share of the inputs is assumed."""
    from sim.scenario.grades import grades, moved

    counts = grades(scenario)
    share = figure(counts["assumed"] / max(1, sum(counts.values())), "share")
    text = say("run.rests", lang, **counts, share=share)
    count = moved(scenario)
    return f"{text} {say('run.rests_changed', lang, count=count)}" if count else text


def words_of(value: Any, lang: Lang) -> str:
    """Return a value as people read it: number and unit, opening hours, a choice, a yes or no."""
    from sim.port.calendar import Calendar, HolidayYear
    from sim.port.units import Quantity

    if isinstance(value, Quantity):
        text = f"{value.value:g} {unit_words(value.unit, lang)}".rstrip()
        kind = value.distribution.kind if value.distribution else ""
        return f"{text} ~ {kind.replace('_', ' ')}" if kind and kind != "deterministic" else text
    if isinstance(value, Calendar):
        days = "; ".join(f"{day} {', '.join(hours)}" for day, hours in value.hours.items())
        return f"{days}; {say('show.holidays', lang)}{say(f'show.{value.holidays}', lang)}"
    if isinstance(value, HolidayYear):
        return ", ".join(value.closed)
    plain = value.value
    return say(f"show.{str(plain).lower()}", lang) if isinstance(plain, bool) else str(plain)


def unit_words(unit: str, lang: Lang) -> str:
    """Return the unit of an input; a share is no percentage there, but a number up to 1, as in the file."""
    return say("unit.of_1" if unit == "share" else f"unit.{unit}", lang)


def span_of(value: Any) -> str:
    """Return low–high of a quantity, empty for anything else."""
    low, high = getattr(value, "low", None), getattr(value, "high", None)
    return "" if low is None or high is None else f"{low:g}–{high:g}"
