"""Automatic transhipment release 国际中转自动放行 (measure 9).

Mechanism: more transhipment boxes are approved by the system as soon as their arrival is reported, at any hour; the
others wait for an officer, whose desk can be opened around the clock. Released sooner, a box catches an earlier vessel
or barge, if one is there to catch.

Evidence: Guangzhou Customs lets transhipment be approved, released and written off automatically, 7 x 24 hours, the
whole within 24 hours (customs-S20); at Nansha the transfer took 1 to 2 days before and 3 to 5 hours after it
(customs-S19). Both are of 2015, so that a part of the gain is in any baseline of later years: the share that is
automatic was not found, neither before nor after; both are assumptions.

Does not: shorten the transfer itself (`customs.transhipment.transfer`), or bring the next vessel: the wait for her is
most of a transhipment box's stay, so expect hours off the release, and little off the stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign, Toggle
from sim.port.port import Port
from sim.port.units import Measure

OPEN = "h24"


class TranshipmentRelease(Policy):
    """Transhipment is released by the system, and by officers around the clock."""

    zh: ClassVar[str] = "国际中转自动放行"
    en: ClassVar[str] = "Automatic transhipment release"
    measure: ClassVar[str] = "9"
    touches: ClassVar[tuple[str, ...]] = ("customs.transhipment.automatic_share", "customs.transhipment.calendar")
    signs: ClassVar[Mapping[str, Sign]] = {"transhipment/transfer_time": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(1.0, "assumed", "assumption", 0.8, 1.0, "automatic by customs-S20; of what share was not found"),
            "自动放行比例（占中转箱）",
            "share of transhipment boxes released automatically",
        ),
        "round_the_clock": LeverInfo(
            None,
            Plan(True, "seen", "customs-S20", note="7 x 24 hours"),
            "24 小时审批",
            "transhipment is approved around the clock",
        ),
    }

    share: Lever = None
    round_the_clock: Toggle = False

    def apply(self, port: Port) -> Port:
        """Raise the share released automatically and open the desk for the others."""
        if self.round_the_clock:
            self.look(port, f"calendars.{OPEN}")
        port = self.moved(port, "customs.transhipment.automatic_share", "share")
        return self.switched(port, "customs.transhipment.calendar", "round_the_clock", OPEN)
