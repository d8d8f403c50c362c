"""Advance declaration 提前申报 (measure 10).

Mechanism: more import declarations are lodged before the vessel arrives. Documents, review and tax then run while the
box is still at sea, and the box is released on its tally report, unless it is inspected: inspection never precedes
arrival. Who switches first is not by chance: `customs.declaration.adopter_selection` lets the firms that are already
fast go first, so that the gain is less than the mean preparation time.

Evidence: Guangzhou does not count changes of vessel or date in an advance declaration as errors (customs-S82), which
removes the reason not to use it. No share was found for Guangzhou: both the share before and the share after are
assumptions, to be swept. Measured elsewhere: Baiyun airport 3 h less (customs-S24); Changsha rail 5.22 h to 0.41 h
(customs-S30); Australia released 2.5 h before arrival in 2013, 30.5 h after it in 2007 (customs-S71); India 46 % less
where it comes with AEO and direct port delivery (customs-S45).

Does not: make firms prepare faster, open a desk longer, or bring the haulier sooner after release.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class AdvanceDeclaration(Policy):
    """More import declarations are lodged before the vessel arrives."""

    zh: ClassVar[str] = "提前申报"
    en: ClassVar[str] = "Advance declaration"
    measure: ClassVar[str] = "10"
    touches: ClassVar[tuple[str, ...]] = ("customs.declaration.advance_share",)
    signs: ClassVar[Mapping[str, Sign]] = {"preparation": "-", "arrival_to_release": "-", "arrival_to_gate_out": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.55, "assumed", "assumption", 0.45, 0.75, "no share was found, before or after; to be swept"),
            "提前申报比例",
            "share of import declarations lodged before the vessel arrives",
        ),
    }

    share: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of advance declarations."""
        return self.moved(port, "customs.declaration.advance_share", "share")
