"""Whether the warm-up of a run suffices: the sentence that says when not; the chart warm_up shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.screen import Screen
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.experiment.warm_up import WarmUp


def warm_up_words(found: WarmUp, screen: Screen) -> str:
    """Return what is to be said of a warm-up; nothing if it suffices."""
    if found.suffices:
        return ""
    if found.needed is None:
        return screen.say("warm_up.unknown")
    days = {name: figure(getattr(found, name).days, "d") for name in ("vessels", "boxes")}
    return screen.say("warm_up.short", given=found.given, needed=found.needed, **days)


def record_of(found: WarmUp | None) -> dict[str, Any] | None:
    """Return it as it stands in JSON."""
    if found is None:
        return None
    days = {"vessels_days": found.vessels.days, "boxes_days": found.boxes.days}
    return {**days, "given_days": found.given, "suffices": found.suffices}
