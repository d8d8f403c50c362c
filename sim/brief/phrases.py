"""What a change is called: less, more, unchanged, or not shown; never as an effect what is none."""

from __future__ import annotations

from collections.abc import Mapping

from sim.brief.fill import filled
from sim.brief.model import Text
from sim.brief.numbers import Told
from sim.brief.study import Study, same, shown
from sim.experiment.compare import Effect
from sim.experiment.headlines import Name
from sim.words.numbers import figure

RELEASE: Mapping[str, Name] = {
    "import": ("arrival_to_release", "import", "all", "mean"),
    "export": ("arrival_to_release", "export", "all", "mean"),
}
"""The overall clearance time 整体通关时间."""

OUT: Mapping[str, Name] = {
    "import": ("arrival_to_gate_out", "import", "all", "mean"),
    "export": ("arrival_to_departure", "export", "all", "mean"),
}
"""The port release time 口岸放行时间."""

CLOCKS: tuple[Name, ...] = tuple(clock[flow] for flow in ("import", "export") for clock in (RELEASE, OUT))


def outcome_of(effect: Effect) -> str:
    """Return what a change is: less, more, less or more by too little to print, the same, or not shown.

    not_alone: its own interval leaves out 0, and it does not hold among the numbers that are judged together.
    no_interval: of one replication.
    """
    if effect.low is None or effect.high is None:
        return "no_interval"
    if same(effect):
        return "same"
    if not shown(effect):
        return "not_shown" if effect.low <= 0 <= effect.high else "not_alone"
    way = "less" if effect.difference < 0 else "more"
    return f"tiny_{way}" if prints_as_nothing(effect) else way


def prints_as_nothing(effect: Effect) -> bool:
    """Return whether a difference is 0 to the digits printed."""
    return not figure(effect.difference, effect.unit).strip("−0.,")


def change(study: Study, k: int, effect: Effect) -> Text:
    """Return a change in hours within a sentence: "2.5 h less (2.4 to 2.6 h), 2.3 %"."""
    return spoken("brief.change", study, k, effect)


def spoken(family: str, study: Study, k: int, effect: Effect, **more: str) -> Text:
    """Return the words of `family` for what an effect is, with its numbers in the gaps."""
    outcome, told = outcome_of(effect), Told(study, k, effect)
    if outcome in ("less", "more", "tiny_less", "tiny_more"):
        low, high = told.size_ends()
        numbers = {"size": told.size(), "low": low, "high": high, "relative": told.relative()}
    else:
        numbers = {"difference": told.difference(), "low": told.low(), "high": told.high()}
    return filled(f"{family}.{outcome}", study.lang, **numbers, base=told.base(), after=told.reform(), **more)


def cell(study: Study, k: int, effect: Effect | None, *, interval: bool) -> Text:
    """Return a change as it stands in a table whose head has the unit and the mark; with its interval if asked for."""
    if effect is None:
        return ("–",)
    outcome, told = outcome_of(effect), Told(study, k, effect, marked=False)
    plain = {"not_alone": "not_shown"}.get(outcome, outcome)
    if outcome in ("same", "tiny_less", "tiny_more", "no_interval") or (plain == "not_shown" and not interval):
        return filled(f"brief.cell.{plain}", study.lang)
    if not interval:
        return (told.difference(),)
    key = "interval_not_shown" if plain == "not_shown" else "interval"
    numbers = {"difference": told.difference(), "low": told.low(), "high": told.high()}
    return filled(f"brief.cell.{key}", study.lang, **numbers)
