"""China-Europe freight trains 中欧班列 (measure 7).

Mechanism: more trains a week shorten the wait at the station and raise its room. Under seamless supervision a box
cleared in the port is not declared again at the station, so that more of the boxes bound for Europe take the train in
place of the sea; without it the second declaration is quicker (`clearance`). Fewer boxes outside the statutory list
are inspected for the train.

Evidence: Dalang sent 2.25 trains a week from 2019 to 2022 (arithmetic on customs-S68 and customs-S69) and 7.5 in 2024
(port-S61), for all its shippers; Nansha's own station about 1.9 in 2025, the rest of two totals (port-S64). How many
take boxes of the port was not found: 3.5 is an assumption between them, with room for the boxes that come back from
the sea. Nansha, Dalang, Manzhouli under one act worked by 2019 (customs-S68). From declaration to release it took
5.22 h, then 0.41 h, at Changsha (customs-S30), 15 minutes at Zengcheng (customs-S29). Inspection rates of trains were
not found: 0.03 before and half of it after are assumptions, to be swept.

Does not: speed up trains or borders, or fill them: where europe-bound boxes are few, trains leave with room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign, Toggle
from sim.port.port import Port
from sim.port.units import Measure


class ChinaEuropeRail(Policy):
    """More trains to Europe, one supervision act from port to train, fewer inspections."""

    zh: ClassVar[str] = "中欧班列"
    en: ClassVar[str] = "China-Europe freight trains"
    measure: ClassVar[str] = "7"
    touches: ClassVar[tuple[str, ...]] = (
        "rail.trains_per_week",
        "rail.seamless",
        "rail.inspection_rate",
        "rail.declaration",
    )
    signs: ClassVar[Mapping[str, Sign]] = {
        "export/train_wait.by_rail": "-",
        "export/rail_share.europe": "+",
        "export/time_to_europe.europe": "-",
    }
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "trains": LeverInfo(
            Measure("trains/week", gt=0, le=70),
            Plan(3.5, "assumed", "assumption", 1.9, 7.5, "between 2.25 before and 7.5 in 2024 (port-S61)"),
            "每周班列数",
            "trains a week that take boxes of the port",
        ),
        "seamless": LeverInfo(
            None,
            Plan(True, "seen", "plan", note="sea-rail supervision without a break between Nansha and Dalang"),
            "海铁联运无缝监管",
            "no second declaration at the rail station",
        ),
        "inspection_rate": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.015, "assumed", "assumption", 0.005, 0.03, "the plan lowers it without a figure; halved here"),
            "非法检货物查验率",
            "inspection rate of train boxes with goods outside the statutory list",
        ),
        "clearance": LeverInfo(
            Measure("h", gt=0, le=48),
            Plan(0.41, "seen", "customs-S30", 0.25, 0.8, "Changsha 5.22 h to 0.41 h; no part of it under seamless"),
            "铁路申报至放行时间",
            "time from the second declaration, at the station, to its release",
        ),
    }

    trains: Lever = None
    seamless: Toggle = False
    inspection_rate: Lever = None
    clearance: Lever = None

    def apply(self, port: Port) -> Port:
        """Set the trains, the supervision, the inspections and the second clearance."""
        port = self.moved(port, "rail.trains_per_week", "trains")
        port = self.switched(port, "rail.seamless", "seamless", True)
        port = self.moved(port, "rail.inspection_rate", "inspection_rate")
        return self.moved(port, "rail.declaration", "clearance")
