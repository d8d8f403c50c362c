"""Advance declaration of exports 出口提前申报 (measure 10).

Mechanism: more export declarations are lodged before the box reaches the port. Documents and review then run on the
way, and the box is released on its arrival report, unless it is inspected. So fewer boxes miss the cut-off of their
vessel for want of papers, and more of them may be loaded straight from the truck (`direct_loading`).

Evidence: an export may be declared within three days before it reaches the supervised site (customs-S18). No share
was found for Guangzhou: both the share before and the share after are assumptions, to be swept. Measured elsewhere:
Changsha rail 5.22 h to 0.41 h (customs-S30); exports of Tianjin by sea 8.51 h to 0.88 h in 14 months, by several
measures together (customs-S6, a weak host). At Qingdao in 2017 preparation took 24.9 h, review 0.4 h (customs-S1).

Does not: bring the box to the port later, or the vessel sooner: what is released sooner waits longer for her. Look at
the arrival to release of exports and at the boxes rolled, not at their time in the port.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class ExportAdvanceDeclaration(Policy):
    """More export declarations are lodged before the box reaches the port."""

    zh: ClassVar[str] = "出口提前申报"
    en: ClassVar[str] = "Advance declaration of exports"
    measure: ClassVar[str] = "10"
    touches: ClassVar[tuple[str, ...]] = ("customs.export.advance_share",)
    signs: ClassVar[Mapping[str, Sign]] = {
        "export/preparation": "-",
        "export/arrival_to_release": "-",
        "export/first_vessel": "+",
    }
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.80, "assumed", "assumption", 0.65, 0.95, "no share was found, before or after; to be swept"),
            "出口提前申报比例",
            "share of export declarations lodged before the box reaches the port",
        ),
    }

    share: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of advance declarations of exports."""
        return self.moved(port, "customs.export.advance_share", "share")
