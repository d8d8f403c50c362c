"""Fewer export inspections 降低出口查验率 (measures 1 and 22 lead to them; neither gives a figure for the port).

Mechanism: the export inspection rate of every trader class is multiplied by `factor`. A box that is no longer picked
skips notice, move, scanner and bay, and meets the cut-off of its vessel; those still picked, imports among them, wait
less behind it. Draws belong to the box, so the boxes picked under the lower rate were picked under the higher one too.

Evidence: none of a port-wide cut was found, nor the export inspection rate of Guangzhou, which is assumed at about 2 %;
the plan value is a trial value, to be swept, as for imports (`inspection_rate`). Expect nothing on the mean, and a
little on boxes that miss their vessel.

Does not: change the rates of the trains (`china_europe_rail`), of imports, or of boxes cleared at the river port; it
lets more infringements through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Rule, Sign
from sim.port.port import Port
from sim.port.units import Measure


class ExportInspectionRate(Policy):
    """Fewer export boxes of every trader class are selected for inspection."""

    zh: ClassVar[str] = "降低出口查验率"
    en: ClassVar[str] = "Fewer export inspections"
    measure: ClassVar[str] = "1, 22"
    touches: ClassVar[tuple[str, ...]] = ("customs.traders.*.export_inspection_rate",)
    signs: ClassVar[Mapping[str, Sign]] = {"export/inspected_share": "-", "export/arrival_to_release": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "factor": LeverInfo(
            Measure("ratio", ge=0, le=1),
            Plan(0.80, "assumed", "assumption", 0.50, 0.97, "the plan gives no figure; a trial value, as for imports"),
            "出口查验率系数",
            "export inspection rate of every trader class, as a multiple of the present one",
        ),
    }

    factor: Lever = None

    def apply(self, port: Port) -> Port:
        """Multiply the export inspection rate of every trader class."""
        if self.factor is None:
            return port
        for trader in port.customs.traders:
            path = f"customs.traders.{trader}.export_inspection_rate"
            cut = Rule(self.look(port, path), lambda rate, factor: rate * factor)
            port = self.moved(port, path, "factor", cut)
        return port
