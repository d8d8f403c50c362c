"""Direct loading on arrival 抵港直装 (measure 10).

Mechanism: a larger share of the export boxes that come by truck and are declared in advance are lifted from the truck
onto the vessel. They come when she is worked, are released on arrival, and skip the yard and its days of waiting.

Evidence: 2 hours in the port in place of 3 to 4 days, after a report of 2020 (customs-S6, a weak host: a second source
is wanted before it is quoted). The share was not found: pilots only in 2020 and 2021 (customs-S54); both shares are
assumptions, to be swept.

Does not: bring a vessel sooner, raise the share declared in advance (`export_advance_declaration` does), or count the
time that the box waits at the factory in place of the port, or the trucks under the crane.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class DirectLoading(Policy):
    """More export boxes are loaded straight from the truck."""

    zh: ClassVar[str] = "抵港直装"
    en: ClassVar[str] = "Direct loading on arrival"
    measure: ClassVar[str] = "10"
    touches: ClassVar[tuple[str, ...]] = ("customs.export.direct_share", "customs.export.direct_time")
    signs: ClassVar[Mapping[str, Sign]] = {"export/after_release": "-", "export/arrival_to_departure": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.10, "assumed", "assumption", 0.05, 0.25, "no share was found, before or after; to be swept"),
            "抵港直装比例（占公路集港的提前申报出口箱）",
            "share of export boxes, come by truck and declared in advance, that are loaded straight from the truck",
        ),
        "time": LeverInfo(
            Measure("h", gt=0, le=48),
            Plan(2, "seen", "customs-S6", 1, 24, "3 to 4 days before, about 2 hours after; weak host"),
            "进闸至装船时间",
            "time from the gate to the hook of a box loaded straight from the truck",
        ),
    }

    share: Lever = None
    time: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of boxes loaded on arrival and, if asked, set the hours they take."""
        port = self.moved(port, "customs.export.direct_share", "share")
        return self.moved(port, "customs.export.direct_time", "time")
