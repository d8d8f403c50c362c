"""What `nansha run` prints about one scenario: a page, and with --full every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.layout import BRIEF, JOURNEYS, TERMINALS
from sim.cli.layout_full import FULL
from sim.cli.numbers import MARK, Numbers, cell
from sim.cli.screen import Screen
from sim.cli.sections import Sections
from sim.scenario.grades import grades
from sim.words import say
from sim.words.evidence import rests_on
from sim.words.names import title_of
from sim.words.numbers import figure

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

END = {"import": "arrival_to_gate_out", "export": "arrival_to_departure"}


class RunReport:
    """The report of one result."""

    def __init__(self, result: ScenarioResult, screen: Screen) -> None:
        self._scenario, self._screen, self._lang = result.scenario, screen, screen.lang
        self._sections, self._numbers = Sections(result, screen), Numbers(result)
        self._checked = None if result.violations else result.checked

    def print(self, *, full: bool) -> None:
        """Print the page, or every table that the result has numbers for."""
        self._heading()
        for journey in JOURNEYS:
            self._sections.journey(journey)
        self._sections.brief("port", BRIEF)
        if len(self._scenario.timeline.ports[0].terminals) > 1:
            self._sections.show(TERMINALS)
        if full:
            for section in FULL:
                self._sections.show(section)
        self._notes()
        if not full:
            self._screen.line(say("run.more", self._lang))

    def _heading(self) -> None:
        scenario, lang = self._scenario, self._lang
        self._screen.line()
        self._screen.line(title_of(scenario, lang), style="bold")
        horizon = {"days": scenario.horizon.days, "warm_up": scenario.horizon.warm_up_days}
        facts = {"replications": scenario.replications, "seed": scenario.seed, "digest": scenario.digest[:8]}
        self._screen.line(say("run.facts", lang, **horizon, **facts))
        self._screen.line(say("run.intervals" if scenario.replications > 1 else "run.one_replication", lang))

    def _notes(self) -> None:
        """Say what the clocks are, that no box is lost, which boxes are left out, and what the inputs rest on."""
        screen, lang = self._screen, self._lang
        screen.explain(MARK, "run.short")
        screen.line(say("run.two_clocks", lang))
        teu = self._numbers.line("throughput_teu_per_year", "all").get("value")
        if teu is not None:
            screen.line(say("run.throughput", lang, teu=cell(teu)))
        balance = self._numbers.line("reconciliation", "all")
        if balance:
            screen.line(say("run.balance", lang, **{name: figure(n.mean, "boxes") for name, n in balance.items()}))
        self._self_checks()
        for flow, metric in END.items():
            line = self._numbers.line(metric, flow)
            if line and line["unfinished"].mean > 0:
                left, out = line["unfinished"].mean, line["count"].mean
                counts = {"count": figure(left, "boxes"), "total": figure(left + out, "boxes")}
                screen.line(say(f"run.unfinished.{flow}", lang, **counts))
        screen.line(rests_on(self._scenario, lang))

    def _self_checks(self) -> None:
        """Say what the run checked of itself, if all of it holds; what does not is told as a problem."""
        checked = self._checked
        if checked is not None:
            counts = {"boxes": figure(checked.boxes, "boxes"), "calls": figure(checked.calls, "calls")}
            # of what is to the last place there is no telling how far it agrees
            parts = float(f"{1 / max(checked.difference, 1e-15):.0e}")
            facts = {"stations": len(checked.stations), "parts": figure(parts, "boxes")}
            self._screen.line(say("run.self_checks", self._lang, **counts, **facts))


def record_of(result: ScenarioResult) -> dict[str, Any]:
    """Return a result as it stands in JSON: every number with its interval."""
    from dataclasses import asdict

    from sim.experiment import summarise

    scenario = result.scenario
    return {
        "scenario": scenario.name,
        "zh": scenario.zh,
        "en": scenario.en,
        "digest": scenario.digest,
        "horizon": scenario.horizon.model_dump(mode="json"),
        "replications": scenario.replications,
        "seed": scenario.seed,
        "grades": grades(scenario),
        "violations": list(result.violations),
        "checked": None if result.checked is None else asdict(result.checked),
        "metrics": [asdict(item) for item in summarise(result)],
    }
