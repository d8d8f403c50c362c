"""Truck appointments 集卡预约 (measure 4).

Mechanism: trucks that would come while the gate is closed come after its opening, today within a few hours, which makes
the morning peak. Appointments spread them over `spread` hours of the day: the queue at the lanes and in the yard is
shorter, and the boxes of these trucks leave later by half of the hours added.

Evidence: Nansha phase III takes appointments and bars hauliers that cancel (port-S56, a weak host). With appointments
the busiest hour has 8.0 % of a day's trucks, without 8.4 % (port-S76, Hamburg): a smaller step than assumed here. No
profile of Nansha was found, so present and plan value are assumptions, to be swept.

Does not: move trucks that come while the gate is open, or do anything at a gate that is open around the clock
(`clearance_24h`). It trades time in the port for the truck's wait: read both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class TruckAppointments(Policy):
    """The morning peak of trucks is spread over the day."""

    zh: ClassVar[str] = "集卡预约"
    en: ClassVar[str] = "Truck appointments"
    measure: ClassVar[str] = "4"
    touches: ClassVar[tuple[str, ...]] = ("customs.pick_up.spread",)
    signs: ClassVar[Mapping[str, Sign]] = {"truck_turn": "-", "pick_up": "+", "arrival_to_release": "0"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "spread": LeverInfo(
            Measure("h", ge=0, le=24),
            Plan(12, "assumed", "assumption", 8, 16, "most of a day's opening; no figure was found; to be swept"),
            "开闸后分散时间",
            "time after opening over which the trucks of the closed hours come",
        ),
    }

    spread: Lever = None

    def apply(self, port: Port) -> Port:
        """Spread the trucks of the closed hours over more of the day."""
        return self.moved(port, "customs.pick_up.spread", "spread")
