"""Ship-side pick-up 船边直提 (measure 10).

Mechanism: a share of the boxes declared in advance are lifted from the vessel onto a waiting truck and leave within
minutes of unloading; they skip the yard, the pick-up appointment and its wait. Only a box released by the time it is
unloaded can leave this way, so the share is one of advance-declared boxes.

Evidence: 5 to 8 minutes from unloading to the gate, 4 to 6 hours before (customs-S6, a weak host: a second source is
wanted before it is quoted); fruit at the market 2 to 2.5 h after the vessel (customs-S35, customs-S36). The share was
not found: pilots only in 2020 (customs-S54); both shares are assumptions, to be swept.

Does not: release a box sooner, or raise the advance share itself (`advance_declaration` does). Trucks that wait for
their box under the crane are not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class ShipsidePickup(Policy):
    """More advance-declared boxes leave from the ship's side."""

    zh: ClassVar[str] = "船边直提"
    en: ClassVar[str] = "Ship-side pick-up"
    measure: ClassVar[str] = "10"
    touches: ClassVar[tuple[str, ...]] = ("customs.pick_up.shipside_share", "customs.pick_up.shipside_time")
    signs: ClassVar[Mapping[str, Sign]] = {"pick_up": "-", "yard_dwell": "-", "arrival_to_gate_out": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.15, "assumed", "assumption", 0.05, 0.30, "no share was found, before or after; to be swept"),
            "船边直提比例（占提前申报箱）",
            "share of advance-declared boxes that leave from the ship's side",
        ),
        "time": LeverInfo(
            Measure("min", gt=0, le=600),
            Plan(6.5, "seen", "customs-S6", 5, 8, "5 to 8 minutes; weak host"),
            "卸船至出闸时间",
            "time from unloading to the gate of a box picked up at the ship's side",
        ),
    }

    share: Lever = None
    time: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of ship-side boxes and, if asked, set the minutes they take."""
        port = self.moved(port, "customs.pick_up.shipside_share", "share")
        return self.moved(port, "customs.pick_up.shipside_time", "time")
