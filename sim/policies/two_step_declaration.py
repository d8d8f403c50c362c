"""Two-step declaration 两步申报 (measure 10).

Mechanism: a summary declaration of 9 items in place of 105 lets a box be lodged sooner (documents time x 0.60),
draws fewer manual reviews (15 share points less) and amendments (6 less), and frees it before the tax is paid.
The complete declaration follows within 14 days of entry, off the dwell clock.

Evidence: items from Beijing Customs (customs-S11); review and amendment cuts measured at Ningbo in 2019 (customs-S8);
the factor on preparation is derived from a two-step pilot. The share of declarations is not published: it is an
assumption, to be swept.

Does not: spare an inspection (selection happens at the summary), or speed up a box declared in advance, whose
preparation is off the clock already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class TwoStepDeclaration(Policy):
    """More import declarations are lodged in two steps."""

    zh: ClassVar[str] = "两步申报"
    en: ClassVar[str] = "Two-step declaration"
    measure: ClassVar[str] = "10"
    touches: ClassVar[tuple[str, ...]] = (
        "customs.declaration.two_step_share",
        "customs.declaration.two_step_documents_factor",
        "customs.declaration.two_step_review_cut",
        "customs.declaration.two_step_amendment_cut",
    )
    signs: ClassVar[Mapping[str, Sign]] = {"preparation": "-", "arrival_to_release": "-", "arrival_to_gate_out": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "share": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.25, "assumed", "assumption", 0.12, 0.40, "no share was found; to be swept"),
            "两步申报比例",
            "share of import declarations lodged in two steps",
        ),
        "documents_factor": LeverInfo(
            Measure("ratio", ge=0, le=1),
            Plan(0.60, "derived", "customs-S8", 0.52, 0.68, "derived from a measured two-step pilot"),
            "单证准备时间系数",
            "documents time of a two-step box, as a multiple of the ordinary one",
        ),
        "review_cut": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.15, "seen", "customs-S8", 0.10, 0.15, "15 percentage points less manual intervention at Ningbo"),
            "人工审单比例降幅",
            "share points off the manual review share of a two-step box",
        ),
        "amendment_cut": LeverInfo(
            Measure("share", ge=0, le=1),
            Plan(0.06, "seen", "customs-S8", 0.03, 0.06, "6 percentage points fewer amendments at Ningbo"),
            "修改撤单比例降幅",
            "share points off the amendment share of a two-step box",
        ),
    }

    share: Lever = None
    documents_factor: Lever = None
    review_cut: Lever = None
    amendment_cut: Lever = None

    def apply(self, port: Port) -> Port:
        """Raise the two-step share and, if asked, set what two steps save in preparation, review and amendment."""
        for lever in self.levers:
            port = self.moved(port, f"customs.declaration.two_step_{lever}", lever)
        return port
