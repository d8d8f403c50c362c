"""What a row of results is called: metric, group and statistic in words, with the port's own names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.words import Lang, name_of, say

if TYPE_CHECKING:
    from sim.port.terminal import Terminal
    from sim.port.traffic import VesselClass
    from sim.scenario import Scenario

CLOCKS = ("arrival_to_release", "arrival_to_gate_out")
STATIONS = ("review", "scanner", "examination")


def metric_words(metric: str, lang: Lang) -> str:
    """Return the name of a metric; both official clocks under their official names."""
    return say(f"clock.{metric}" if metric in CLOCKS else f"metric.{metric}", lang)


def group_words(group: str, scenario: Scenario, lang: Lang) -> str:
    """Return the name of a group: of boxes, or a terminal, a kind of slot, a vessel class or a station of the port."""
    port = scenario.timeline.ports[0]
    named: dict[str, Terminal | VesselClass] = {**port.terminals, **port.traffic.vessel_classes}
    if group in named:
        return named[group].zh if lang == "zh" else named[group].en
    terminal, dot, kind = group.partition(".")
    if dot and terminal in named:
        return f"{group_words(terminal, scenario, lang)} {say(f'slot.{kind}', lang)}"
    station, space, terminal = group.partition(" ")
    if space and terminal in named:
        return f"{name_of('station', station, lang)} {group_words(terminal, scenario, lang)}"
    return say(f"station.{group}", lang) if group in STATIONS else name_of("group", group, lang)


STATIONS = ("review", "scanner", "examination")


def title_of(scenario: Scenario, lang: Lang) -> str:
    """Return the title of a scenario."""
    return scenario.zh if lang == "zh" else scenario.en
