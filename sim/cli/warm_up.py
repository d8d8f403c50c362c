"""Whether the warm-up of a run suffices: the sentence that says when not, and the chart that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.screen import Screen
from sim.words import Lang
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.charts.table import Footing, Label
    from sim.experiment import ScenarioResult
    from sim.experiment.warm_up import Settling, WarmUp

CHART = "warm_up"


def warm_up_words(found: WarmUp, screen: Screen) -> str:
    """Return what is to be said of a warm-up; nothing if it suffices."""
    if found.suffices:
        return ""
    if found.needed is None:
        return screen.say("warm_up.unknown")
    days = {name: figure(getattr(found, name).days, "d") for name in ("vessels", "boxes")}
    return screen.say("warm_up.short", given=found.given, needed=found.needed, **days)


def save_warm_up(result: ScenarioResult, stem: Path, about: tuple[Label, Footing], lang: Lang) -> None:
    """Draw and save the chart of one result, if its replications recorded how the port settles."""
    from sim.charts import warmup
    from sim.charts.save import save
    from sim.charts.warmup import WarmUpTable
    from sim.experiment.warm_up import warm_up

    found = warm_up(result)
    if found is None:
        return
    curves = (_curve("boxes", found.boxes), _curve("vessels", found.vessels))
    table = WarmUpTable(curves, found.given, result.scenario.horizon.days, *about)
    save(warmup.draw(table, lang), table, stem)


def record_of(found: WarmUp | None) -> dict[str, Any] | None:
    """Return it as it stands in JSON."""
    if found is None:
        return None
    days = {"vessels_days": found.vessels.days, "boxes_days": found.boxes.days}
    return {**days, "given_days": found.given, "suffices": found.suffices}


def _curve(name: str, settling: Settling) -> Any:
    from sim.charts.warmup import SettlingCurve

    settled = float("nan") if settling.days is None else settling.days
    return SettlingCurve(name, tuple(settling.series.tolist()), settled, settling.cut.mean)
