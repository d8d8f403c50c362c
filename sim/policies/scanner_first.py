"""Scanner first 机检优先 (measures 4 and 9).

Mechanism: more of the selected boxes go to the scanner in place of the examination bay, with its shorter booking and
minutes of work; only a suspect image sends a box on to the bay. `capacity` is the boxes a day that the inspection
site can take, as a multiple of the present ones: scanners and bays are multiplied by it and rounded, at least 1.

Evidence: 300 to 500 boxes a day at Nansha phase II with better tools (customs-S53), hence 1.67. The source does not
say how much of it is scanning, nor that one box takes less time, so the time of one box is left alone: the gain is in
the waiting line only, and small where there is none. Scan about 3 min (customs-S15, customs-S52), examination 4 h.
Share of inspections by scanner, before and after: not found, an assumption.

Does not: change who is selected, or the share of infringements that a scan or an examination finds; scans find fewer
(`customs.inspection.scan_detection`), so more may be missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Rule, Sign, whole_servers
from sim.port.port import Port
from sim.port.units import Measure


class ScannerFirst(Policy):
    """More inspections by scanner, and a site that takes more boxes a day."""

    zh: ClassVar[str] = "机检优先"
    en: ClassVar[str] = "Scanner first"
    measure: ClassVar[str] = "4, 9"
    touches: ClassVar[tuple[str, ...]] = (
        "customs.inspection.scanner_share",
        "customs.inspection.scanners",
        "customs.inspection.bays",
    )
    signs: ClassVar[Mapping[str, Sign]] = {"inspection": "-", "arrival_to_release": "-", "inspected_share": "0"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.80, "assumed", "assumption", 0.60, 0.90, "no figure was found, before or after; to be swept"),
            "机检比例",
            "share of inspected boxes that go to the scanner first",
        ),
        "capacity": LeverInfo(
            Measure("ratio", gt=0, le=10),
            Plan(1.67, "derived", "customs-S53", 1.33, 1.83, "300 to 500 (400 to 550) boxes a day at Nansha II"),
            "查验能力倍数",
            "boxes a day that the inspection site can take, as a multiple of the present ones",
        ),
    }

    share: Lever = None
    capacity: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the share of scans and multiply scanners and bays."""
        port = self.moved(port, "customs.inspection.scanner_share", "share")
        for path in ("customs.inspection.scanners", "customs.inspection.bays"):
            multiplied = Rule(self.look(port, path), lambda servers, ratio: whole_servers(servers * ratio))
            port = self.moved(port, path, "capacity", multiplied)
        return port
