"""The data of the forest plot: what each reform changes in each number, paired by replication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.charts.of_results import change_of, footing_of, label_of
from sim.charts.table import Change, Flow, Footing, Label, Row
from sim.words import Lang, catalogue, say
from sim.words.names import group_inside, metric_words

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult
    from sim.experiment.families import Judged
    from sim.scenario import Scenario

Name = tuple[str, Flow, str, str]
"""Metric, flow, group, statistic."""

CLOCKS: dict[Flow, tuple[str, str]] = {
    "import": ("arrival_to_release", "arrival_to_gate_out"),
    "export": ("arrival_to_release", "arrival_to_departure"),
}
"""The two official clocks of each flow."""

PRICE: dict[Flow, str] = {"import": "found_share", "export": "first_vessel"}
"""What a reform may cost, as a share: infringements found, and boxes aboard the vessel booked."""

ONE: tuple[Name, ...] = tuple(
    name
    for flow, clocks in CLOCKS.items()
    for name in (
        *((clock, flow, "all", statistic) for clock in clocks for statistic in ("mean", "p90")),
        ("arrival_to_release", flow, "inspected", "mean"),
        *((clock, flow, "all", "within_48h") for clock in clocks[: 1 if flow == "export" else 2]),
        (PRICE[flow], flow, "all", "value"),
    )
)
"""What is shown of one reform."""

EACH: tuple[Name, ...] = (
    ("arrival_to_release", "import", "all", "mean"),
    ("arrival_to_gate_out", "import", "all", "mean"),
    ("found_share", "import", "all", "value"),
    ("arrival_to_departure", "export", "all", "mean"),
    ("first_vessel", "export", "all", "value"),
)
"""What is shown of each of several reforms."""


@dataclass(frozen=True)
class EffectLine:
    """One number: its names and unit, its value at the base, and its change by each reform; None where it has none."""

    name: Name
    zh: str
    en: str
    unit: str
    base: float
    changes: tuple[Change | None, ...]

    @property
    def flow(self) -> Flow:
        """The flow that it is about."""
        return self.name[1]

    def text(self, lang: Lang) -> str:
        """Return the name in one language, without the flow."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class EffectsTable:
    """The numbers in the order drawn, of a base and its reforms (labels: the base first)."""

    lines: tuple[EffectLine, ...]
    labels: tuple[Label, ...]
    footing: Footing

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of base and reforms."""
        return tuple(label.digest for label in self.labels)

    def rows(self) -> list[Row]:
        """Return one row per reform and number."""
        return [
            {
                **label.columns(),
                "base_digest": self.labels[0].digest,
                **dict(zip(("metric", "flow", "group", "statistic"), line.name, strict=True)),
                "unit": line.unit,
                "base": line.base,
                "change": change.size.mean,
                "low_95": change.size.low,
                "high_95": change.size.high,
                "shown": change.shown,
            }
            for line in self.lines
            for label, change in zip(self.labels[1:], line.changes, strict=True)
            if change is not None
        ]


def effects_table(
    base: ScenarioResult, reforms: Sequence[ScenarioResult], judged: Sequence[Judged]
) -> EffectsTable | None:
    """Return what each reform changes, as `judged` has it; None if base and reforms share none of the numbers."""
    found = [{_name(effect): one.told(effect) for effect in one.effects} for one in judged]
    lines = []
    for name in ONE if len(reforms) == 1 else EACH:
        effects = [one.get(name) for one in found]
        known = next((effect for effect in effects if effect is not None), None)
        if known is not None:
            changes = tuple(None if effect is None else change_of(effect) for effect in effects)
            zh, en = _words(name, base.scenario, "zh"), _words(name, base.scenario, "en")
            lines.append(EffectLine(name, zh, en, known.unit, known.base, changes))
    labels = tuple(label_of(result.scenario) for result in (base, *reforms))
    return EffectsTable(tuple(lines), labels, footing_of(base.scenario)) if lines else None


def _name(effect: Effect) -> tuple[str, str, str, str]:
    return effect.metric, effect.flow, effect.group, effect.statistic


def _words(name: Name, scenario: Scenario, lang: Lang) -> str:
    """Return the name of a number as it stands below the head of its flow: "Arrival to release, P90"."""
    metric, flow, group, statistic = name
    clock = f"chart.effects.row.{metric}"
    parts = [say(clock, lang) if clock in catalogue(lang) else metric_words(metric, flow, lang)]
    if group != "all":
        parts.append(group_inside(group, scenario, lang))
    if statistic != "value":
        parts.append(say(f"statistic.{statistic}", lang))
    return say("mark.comma", lang).join(parts)
