"""What a row of results is called: metric, flow and group in words, with the port's own names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sim.words import Lang, catalogue, name_of, say

if TYPE_CHECKING:
    from sim.port.terminal import Terminal
    from sim.port.traffic import VesselClass
    from sim.scenario import Scenario

STATIONS = ("review", "scanner", "examination")


class Named(Protocol):
    """What names a number of the results."""

    @property
    def metric(self) -> str: ...

    @property
    def flow(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def statistic(self) -> str: ...


def metric_words(metric: str, flow: str, lang: Lang) -> str:
    """Return the name of a metric; the official clocks of imports and exports under their official names."""
    clock = f"clock.{flow}.{metric}"
    return say(clock if clock in catalogue(lang) else f"metric.{metric}", lang)


def line_words(metric: str, flow: str, group: str, scenario: Scenario, lang: Lang) -> str:
    """Return flow, metric and group in one: "Exports: wait for the train, by train"; all of them go without saying."""
    parts = [say(f"metric.{metric}", lang)]
    if group != "all":
        parts.append(group_inside(group, scenario, lang))
    if flow == "all":
        return say("mark.comma", lang).join(parts)
    words = say("mark.comma", lang).join([_inner(parts[0]), *parts[1:]])
    return say("mark.colon", lang).join((say(f"heading.{flow}", lang), words))


def group_inside(group: str, scenario: Scenario, lang: Lang) -> str:
    """Return the name of a group as it stands within a line; a name of the port's own stays as it is."""
    words = group_words(group, scenario, lang)
    return _inner(words) if f"group.{group}" in catalogue(lang) else words


def _inner(words: str) -> str:
    """Return words as they stand within a sentence; CO2 and TEU stay as they are."""
    return words[0].lower() + words[1:] if words[1:2].islower() else words


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


def title_of(scenario: Scenario, lang: Lang) -> str:
    """Return the title of a scenario."""
    return scenario.zh if lang == "zh" else scenario.en


def subject_words(subject: Named, scenario: Scenario, lang: Lang) -> str:
    """Return the words for a number: "Imports: arrival to gate-out, P90"."""
    words = line_words(subject.metric, subject.flow, subject.group, scenario, lang)
    if subject.statistic in ("value", "count", "total"):
        return words
    return say("mark.comma", lang).join((words, say(f"statistic.{subject.statistic}", lang)))


def policy_words(key: str, lang: Lang) -> str:
    """Return the name of a policy."""
    from sim.policies import catalogue

    policy = catalogue().get(key)
    return key if policy is None else policy.zh if lang == "zh" else policy.en
