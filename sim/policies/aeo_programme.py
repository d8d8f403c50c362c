"""Authorised economic operators 经认证的经营者 AEO (measure 1).

Mechanism: more declarations come from certified firms, of whose boxes few are inspected; the rate of AEO boxes is at
most `inspection_ceiling` times that of the trader class `ordinary`, and stays where it is if it is lower already; at
review and inspection desks AEO boxes are served first (rank 1), at the expense of the others in the same queue.

Evidence: "no more than 20 % of general enterprises" is a rule of 2021-22, on a weak host (customs-S48). 0.57 % of the
boxes of advanced certified firms were inspected in 2019, 84.76 % of discredited ones (customs-S9). AEO are 37.1 % of
trade value in 2023 (customs-S55); their share of declarations is an assumption. Measured elsewhere: a Shenzhen firm
4 h to 40 min (customs-S73); India 42 % less release time (customs-S45). The plan's 850 firms probably count a class
abolished in 2021: do not read them as advanced certified firms.

Does not: waive their guarantee, or shorten their inspections abroad (mutual recognition). A newly certified box takes
the class's infringement rate too, as if the certificate made its firm careful, which it may have been before: do not
read fewer infringements as an effect of this policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Rule, Sign, Toggle
from sim.port.port import Port
from sim.port.units import Measure


class AeoProgramme(Policy):
    """More certified firms, fewer inspections of them, and the first place at the desks."""

    zh: ClassVar[str] = "AEO 制度"
    en: ClassVar[str] = "AEO programme"
    measure: ClassVar[str] = "1"
    touches: ClassVar[tuple[str, ...]] = (
        "customs.traders.aeo.share",
        "customs.traders.aeo.inspection_rate",
        "customs.traders.aeo.priority",
    )
    signs: ClassVar[Mapping[str, Sign]] = {"inspected_share": "-", "arrival_to_release": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.27, "assumed", "assumption", 0.22, 0.35, "share of declarations; only the share of value is known"),
            "AEO 企业报关比例",
            "share of import declarations lodged by certified firms",
        ),
        "inspection_ceiling": LeverInfo(
            Measure("ratio", ge=0, le=1),
            Plan(0.20, "seen", "customs-S48", 0.16, 0.25, '"no more than 20 % of general enterprises"; weak host'),
            "AEO 查验率上限（对一般企业之比）",
            "highest inspection rate of AEO boxes, as a multiple of that of ordinary ones",
        ),
        "priority": LeverInfo(
            None,
            Plan(True, "known", "knowledge", note="priority at review and inspection is part of AEO benefits"),
            "优先审单查验",
            "AEO boxes are served first at review and inspection desks",
        ),
    }

    share: Lever = None
    inspection_ceiling: Lever = None
    priority: Toggle = False

    def apply(self, port: Port) -> Port:
        """Raise the share of AEO declarations, cap their inspection rate, and let them go first."""
        port = self.moved(port, "customs.traders.aeo.share", "share")
        if self.inspection_ceiling is not None:
            rate = self.look(port, "customs.traders.aeo.inspection_rate").value
            ordinary = self.look(port, "customs.traders.ordinary.inspection_rate")
            ceiling = Rule(ordinary, lambda base, ratio: min(rate, base * ratio))
            port = self.moved(port, "customs.traders.aeo.inspection_rate", "inspection_ceiling", ceiling)
        return self.switched(port, "customs.traders.aeo.priority", "priority", 1)
