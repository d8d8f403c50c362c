"""Which numbers of a comparison are judged together: those of the first tables, and those of who gains and who loses.

Each family holds its numbers of all reforms; Holm's adjustment keeps the risk of one false finding in it at 5 %.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sim.experiment.headlines import HEADLINES, Name

if TYPE_CHECKING:
    from sim.experiment import Effect, ScenarioResult
    from sim.experiment.adjust import Adjusted
    from sim.experiment.result import Keep
    from sim.port.port import Port

NAMES: tuple[Name, ...] = tuple(dict.fromkeys(name for names in HEADLINES.values() for name in names))


@dataclass(frozen=True)
class Judged:
    """The effects of one reform: all of them, those of the first tables by name, and of its groups from gain to loss.

    Their verdicts are those that hold in their family.
    """

    effects: tuple[Effect, ...]
    headlines: dict[Name, Adjusted]
    gains: tuple[Adjusted, ...]

    def told(self, effect: Effect) -> Effect:
        """Return the effect with the verdict that is printed: where it is in the first tables, that of its family."""
        found = self.headlines.get(_name(effect))
        return effect if found is None else found.effect

    def record(self) -> dict[str, Any]:
        """Return all effects as they stand in JSON, each with its p-value, and Holm's where it is in a family."""
        from sim.experiment.adjust import p_value

        effects = []
        for effect in self.effects:
            found = self.headlines.get(_name(effect))
            more: dict[str, Any] = {"p": p_value(effect), "p_adjusted": None, "verdict_adjusted": None}
            if found is not None:
                more |= {"p_adjusted": found.p_adjusted, "verdict_adjusted": found.effect.verdict}
            effects.append(asdict(effect) | more)
        gains = [asdict(item.effect) | {"p": item.p, "p_adjusted": item.p_adjusted} for item in self.gains]
        return {"effects": effects, "gains": gains}


def judged(base: ScenarioResult, reforms: list[ScenarioResult], keep: Keep | None = None) -> tuple[Judged, ...]:
    """Return the effects of every reform against `base`, with the verdicts of their families.

    With `keep`, only the numbers that it wants, beside those of the families themselves, which are always whole.
    """
    from sim.experiment import compare
    from sim.experiment.adjust import adjusted
    from sim.experiment.gains import gains

    port = base.scenario.timeline.ports[0]
    wanted = None if keep is None else _or_in_families(keep, port)
    effects = [tuple(compare(base, reform, wanted)) for reform in reforms]
    headlines = [[effect for effect in found if _name(effect) in NAMES] for found in effects]
    groups = [gains(found, port) for found in effects]
    of_headlines, of_groups = (
        iter(adjusted([effect for found in family for effect in found])) for family in (headlines, groups)
    )
    return tuple(
        Judged(
            found,
            {_name(effect): next(of_headlines) for effect in headline},
            tuple(next(of_groups) for _ in group),
        )
        for found, headline, group in zip(effects, headlines, groups, strict=True)
    )


def _or_in_families(keep: Keep, port: Port) -> Keep:
    """Return what also wants the subjects of both families, with all their statistics."""
    from sim.experiment.gains import subjects

    own = {name[:3] for name in NAMES} | set(subjects(port))
    return lambda key: key[:3] in own or keep(key)


def sizes(found: tuple[Judged, ...]) -> dict[str, int]:
    """Return how many numbers count in each family."""
    return {
        "headlines": sum(item.p_adjusted is not None for one in found for item in one.headlines.values()),
        "gains": sum(item.p_adjusted is not None for one in found for item in one.gains),
    }


def _name(effect: Effect) -> Name:
    return effect.metric, effect.flow, effect.group, effect.statistic
