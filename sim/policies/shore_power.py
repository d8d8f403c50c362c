"""Shore power 岸电 (measure 4).

Mechanism: a larger share of the energy that the vessels' auxiliary engines make at the berth is drawn from the shore.
It is then made at the CO2 of the grid, and no nitrogen oxides are emitted in the port; the boiler stays on.

Evidence: Guangzhou drew 17 GWh in 2025 and says that all berths are equipped (port-S08); over the calls of a year that
is about 0.18 of the auxiliary energy at the berth, an upper bound for container vessels, as all ships are counted. The
share after is an assumption: berths are equipped, ships only in part. The official saving of 0.69 kg/kWh leaves out the
CO2 of the grid, 0.40 kg/kWh in the south (port-S71), which is counted here.

Does not: change any hour of any box or vessel, or the emissions at the anchorage and under way, which are higher by the
hour; shorter waits act on those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class ShorePower(Policy):
    """More of the vessels' energy at the berth comes from the shore."""

    zh: ClassVar[str] = "岸电"
    en: ClassVar[str] = "Shore power"
    measure: ClassVar[str] = "4"
    touches: ClassVar[tuple[str, ...]] = ("energy.shore_power_share",)
    signs: ClassVar[Mapping[str, Sign]] = {"co2_ships": "-", "nox_ships": "-", "co2_shore_power": "+", "port_time": "0"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.6, "assumed", "assumption", 0.3, 0.9, "all berths are equipped (port-S08), ships in part"),
            "岸电比例（占靠泊副机用电）",
            "share of the auxiliary energy at the berth that is drawn from the shore",
        ),
    }

    share: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of shore power."""
        return self.moved(port, "energy.shore_power_share", "share")
