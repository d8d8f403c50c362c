"""Round-the-clock clearance 24 小时智能通关 (measure 9).

Mechanism: document review, inspection and the truck gate, each switchable, go over to the calendar `h24`. Boxes that
arrive, are lodged or are released at night, at weekends or on holidays no longer wait for the opening.

Staff: without `same_officer_hours` each desk keeps its servers at every hour, so that opening 24 h costs more
officer-hours (for a 9-hour day 2.7 times as many). With it the officer-hours of an ordinary week stay the same: the
servers of each desk that is switched are multiplied by its old open hours over the new ones, rounded, at least 1.
Gate lanes need no officers and are kept.

Evidence: the effect depends almost entirely on the calendar that it replaces; offices of 08:30-17:30 every day for
review (customs-S72) and five days for inspection (an assumption) are the baseline. Measured elsewhere: Chongqing
7x24 8.57 h, 46.7 % less, together with other measures (customs-S81); Zengcheng rail 15 min (customs-S29).

Does not: open the brokers' offices (`customs.declaration.calendar`), the laboratory, or the haulier's night. A box
released at 03:00 is picked up when its truck comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import LeverInfo, Plan, Policy, Rule, Sign, Toggle, whole_servers
from sim.port.port import Port

OPEN = "h24"
REVIEW = "customs.review"
INSPECTION = "customs.inspection"


class Clearance24h(Policy):
    """Review, inspection and gate are open around the clock."""

    zh: ClassVar[str] = "24 小时通关"
    en: ClassVar[str] = "Round-the-clock clearance"
    measure: ClassVar[str] = "9"
    touches: ClassVar[tuple[str, ...]] = (
        "customs.review.calendar",
        "customs.review.officers",
        "customs.inspection.calendar",
        "customs.inspection.scanners",
        "customs.inspection.bays",
        "terminals.*.gate.calendar",
    )
    signs: ClassVar[Mapping[str, Sign]] = {
        "clearance": "-",
        "inspection": "-",
        "arrival_to_release": "-",
        "arrival_to_gate_out": "-",
    }
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "review": LeverInfo(
            None,
            Plan(True, "seen", "plan", note="24-hour smart clearance at sea ports"),
            "24 小时审单",
            "document review is open around the clock",
        ),
        "inspection": LeverInfo(
            None,
            Plan(True, "seen", "plan", note="24-hour smart clearance at sea ports"),
            "24 小时查验",
            "the inspection site is open around the clock",
        ),
        "gate": LeverInfo(
            None,
            Plan(True, "assumed", "assumption", note="the plan speaks of clearance; the gate follows it"),
            "24 小时闸口",
            "the truck gates are open around the clock",
        ),
        "same_officer_hours": LeverInfo(
            None,
            Plan(False, "assumed", "assumption", note="nothing was found on staff"),
            "关员工时不变",
            "the officer-hours of a week stay the same: fewer at a time, for more hours",
        ),
    }

    review: Toggle = False
    inspection: Toggle = False
    gate: Toggle = False
    same_officer_hours: Toggle = False

    def apply(self, port: Port) -> Port:
        """Put the chosen desks on the calendar h24 and, if asked, spread their officers over it."""
        if self.review or self.inspection or self.gate:
            self.look(port, f"calendars.{OPEN}")
        port = self._opened(port, REVIEW, "review", ("officers",))
        port = self._opened(port, INSPECTION, "inspection", ("scanners", "bays"))
        for terminal in port.terminals:
            port = self.switched(port, f"terminals.{terminal}.gate.calendar", "gate", OPEN)
        return port

    def _opened(self, port: Port, desk: str, lever: str, servers: tuple[str, ...]) -> Port:
        if not getattr(self, lever):
            return port
        ratio = _open_hours(port, self.look(port, f"{desk}.calendar").value) / _open_hours(port, OPEN)
        port = self.switched(port, f"{desk}.calendar", lever, OPEN)
        for name in servers:
            spread = Rule(self.look(port, f"{desk}.{name}"), lambda now, _: whole_servers(now * ratio))
            port = self.moved(port, f"{desk}.{name}", "same_officer_hours", spread)
        return port


def _open_hours(port: Port, calendar: str) -> float:
    """Return the open hours of an ordinary week [h]."""
    return sum(end - start for day in port.calendars[calendar].week() for start, end in day)
