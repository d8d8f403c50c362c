"""A port of which queueing theory knows what two measures do: papers of 24 h, cargo of 36 h, both exponential.

A box needs its papers and its cargo: filed after the vessel has been discharged they follow one another, declared in
advance, on arrival, they run side by side. No box waits for another.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sim.policies import catalogue
from sim.policies.base import Policy
from sim.port.evidence import replaced
from sim.port.port import Horizon, Port
from sim.port.units import Quantity
from sim.scenario import Scenario
from sim.scenario.compose import compose
from sim.scenario.digest import digest
from sim.verify.port import number, port_with

PAPERS, CARGO = 24.0, 36.0
HORIZON = Horizon(start=date(2021, 3, 1), warm_up_days=0, days=25, cool_down_days=20)


class Halved(Policy):
    """Papers take half as long."""

    zh: ClassVar[str] = "单证减半"
    en: ClassVar[str] = "Papers halved"
    measure: ClassVar[str] = "-"
    touches: ClassVar[tuple[str, ...]] = ("customs.review.automatic_time",)
    signs: ClassVar = {}
    levers: ClassVar = {}

    def apply(self, port: Port) -> Port:
        """Halve the time of the papers."""
        papers = port.customs.review.automatic_time
        half = Quantity(**papers.model_dump() | {"value": papers.value / 2, "low": 0.0})
        return replaced(port, "customs.review.automatic_time", half)


def port() -> Port:
    """Return the port: a box an hour, each on a vessel of its own with a berth of its own."""
    return port_with(
        {
            "terminals.t.quay.length": number(50_000, "m"),
            "terminals.t.quay.service": number(CARGO, "h", "exponential"),
            "terminals.t.cranes.count": number(500, "cranes"),
            "traffic.vessel_classes.vessel.discharge_share": number(1, "share"),
            "traffic.cargo.flows": {"import": {}},
            "customs.review.automatic_time": number(PAPERS, "h", "exponential"),
            "customs.declaration.advance_lead": number(0, "h"),
            "customs.manifest": number(24, "h"),
        }
    )


def both(replications: int) -> Scenario:
    """Return the scenario with both measures."""
    policies = {
        "advance_declaration": catalogue()["advance_declaration"].model_validate({"share": 1.0}),
        "papers_halved": Halved(),
    }
    ground = port()
    timeline, changes = compose(ground, policies, HORIZON)
    return Scenario(
        name="papers_and_cargo",
        zh="单证与货物",
        en="Papers and cargo",
        port=ground,
        timeline=timeline,
        policies=policies,
        horizon=HORIZON,
        replications=replications,
        seed=1,
        changes=changes,
        sources={},
        text="",
        digest=digest(timeline, HORIZON, 1),
    )
