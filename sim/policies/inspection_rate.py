"""Fewer inspections 降低查验率 (measures 1 and 22 lead to them; neither gives a figure for the port).

Mechanism: risk selection picks fewer boxes of every trader class: `customs.risk.inspection_factor` multiplies each
class's rate. A box that is no longer picked skips notice, move, scanner and bay; the boxes still picked wait less
behind it. Draws belong to the box, so the boxes picked under the lower rate were picked under the higher one too.

Evidence: none of a port-wide cut was found, nor the general inspection rate of Guangzhou; the plan value is a trial
value, to be swept. The traceability centre of measure 22 is to "reduce inspection rate" for traced goods
(customs-S85); an assumed factor of 0.7 on a tenth of the goods would be 0.97 for the port. About 3 % of ordinary
boxes are inspected: expect little on the mean, more on the P95.

Does not: touch the on-site checks of food and quarantine, or aim better (`customs.risk.targeting_lift` stays). So it
lets more infringements through, which the run reports beside the hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class InspectionRate(Policy):
    """Fewer boxes of every trader class are selected for inspection."""

    zh: ClassVar[str] = "降低查验率"
    en: ClassVar[str] = "Fewer inspections"
    measure: ClassVar[str] = "1, 22"
    touches: ClassVar[tuple[str, ...]] = ("customs.risk.inspection_factor",)
    signs: ClassVar[Mapping[str, Sign]] = {
        "inspected_share": "-",
        "arrival_to_release": "-",
        "arrival_to_gate_out": "-",
        "infringements_missed": "+",
    }
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "factor": LeverInfo(
            Measure("ratio", ge=0, le=1),
            Plan(0.80, "assumed", "assumption", 0.50, 0.97, "the plan gives no figure; 0.97 is measure 22 alone"),
            "查验率系数",
            "inspection rate of every trader class, as a multiple of the present one",
        ),
    }

    factor: Lever = None

    def apply(self, port: Port) -> Port:
        """Multiply the inspection rate of every trader class."""
        return self.moved(port, "customs.risk.inspection_factor", "factor")
