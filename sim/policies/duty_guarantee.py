"""Duty guarantee 税款担保 (measures 10 and 17).

Mechanism: more dutiable boxes are covered by a guarantee (collective taxation, tariff guarantee insurance) and are
released without waiting for the payment. The wait of a paying box runs beside review and inspection, so only boxes
whose payment is the last condition of release gain.

Evidence: collective taxation (customs-S14), tariff guarantee insurance (customs-S46) and financial guarantees
(customs-S47) are in force; no share of declarations was found, before or after: both are assumptions, to be swept. In
India cargo is cleared 3 minutes after payment (customs-S45): the wait is the payer's, not the customs'.

Does not: change the tax, count the cost of a guarantee, or help a two-step box, which waits for no payment already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class DutyGuarantee(Policy):
    """More dutiable boxes are released under a guarantee."""

    zh: ClassVar[str] = "税款担保"
    en: ClassVar[str] = "Duty guarantee"
    measure: ClassVar[str] = "10, 17"
    touches: ClassVar[tuple[str, ...]] = ("customs.duty.guarantee_share",)
    signs: ClassVar[Mapping[str, Sign]] = {"clearance": "-", "arrival_to_release": "-", "arrival_to_gate_out": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.45, "assumed", "assumption", 0.30, 0.60, "no share was found, before or after; to be swept"),
            "担保放行比例（占应税箱）",
            "share of dutiable boxes released under a guarantee",
        ),
    }

    share: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of dutiable boxes under a guarantee."""
        return self.moved(port, "customs.duty.guarantee_share", "share")
