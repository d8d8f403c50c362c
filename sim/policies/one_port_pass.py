"""One-port-pass 湾区“一港通” (measure 21).

Mechanism: more export boxes that come by barge are declared, inspected and released at the river port; at Nansha no
second customs act is asked of them, and as nothing there can go wrong any more they come shortly before their vessel:
their lead over her arrival falls from that of other barge boxes to `lead`.

Evidence: storage at Nansha fell from 7 to 2 days (customs-S21, customs-S22); the combined port of Shenzhen reports 5 to
7 days before, 1 to 2 after (customs-S23). It began in November 2020; by October 2022 it had 14 routes and 135,000 TEU
(customs-S21, customs-S22), about 2 % of the barge boxes of two years. The share before and after is an assumption.

Does not: run more barges, or bring a vessel sooner; a box that comes late for want of room on a barge rolls to the next
vessel. Nor does it count the time at the river port, where clearance now waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class OnePortPass(Policy):
    """More export boxes by barge are cleared at the river port and come shortly before their vessel."""

    zh: ClassVar[str] = "湾区“一港通”"
    en: ClassVar[str] = "One-port-pass"
    measure: ClassVar[str] = "21"
    touches: ClassVar[tuple[str, ...]] = (
        "traffic.cargo.bookings.one_port_share",
        "traffic.cargo.bookings.one_port_lead",
    )
    signs: ClassVar[Mapping[str, Sign]] = {
        "export/arrival_to_release": "-",
        "export/arrival_to_departure": "-",
        "export/yard_dwell.by_barge": "-",
    }
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.20, "assumed", "assumption", 0.05, 0.40, "no share was found, before or after; to be swept"),
            "“一港通”比例（占驳船出口箱）",
            "share of export boxes by barge that are cleared at the river port",
        ),
        "lead": LeverInfo(
            Measure("h", gt=0, le=336),
            Plan(45, "derived", "customs-S21", 24, 72, "2 days of storage (1 to 3), hook included"),
            "到港提前时间",
            "time before the vessel's arrival at which a box cleared at the river port comes",
        ),
    }

    share: Lever = None
    lead: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of boxes cleared at the river port and, if asked, set their lead over the vessel."""
        port = self.moved(port, "traffic.cargo.bookings.one_port_share", "share")
        return self.moved(port, "traffic.cargo.bookings.one_port_lead", "lead")
