"""Two-way channel for large vessels 大型船舶双向通航 (measure 5).

Mechanism: two vessels may meet in the channel if their beams add up to at most `meeting_beam_sum`. A higher sum lets
pairs of large vessels pass that wait for each other today; headway, tide and speed limits stay.

Evidence: since the widening of August 2020 (385 m) a 100,000 DWT and a 150,000 DWT container vessel may meet
(port-S45); their design beams, 45.6 and 51.2 m, give the present rule of 97 m. 125 m lets two vessels of the largest
class (beam 62 m) meet: a what-if, which no source announces; it stands with measure 5, port capacity. Whether the
fairway is wide enough for it is a question for the maritime safety administration.

Does not: deepen the channel or move the tide window, and does nothing for vessels that met before: where no two
vessels exceed the present sum, nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Lever, LeverInfo, Plan, Policy, Sign
from sim.port.port import Port
from sim.port.units import Measure


class TwoWayChannel(Policy):
    """Larger pairs of vessels may meet in the channel."""

    zh: ClassVar[str] = "航道双向通航"
    en: ClassVar[str] = "Two-way channel"
    measure: ClassVar[str] = "5"
    touches: ClassVar[tuple[str, ...]] = ("channel.meeting_beam_sum",)
    signs: ClassVar[Mapping[str, Sign]] = {"port_time": "-", "arrival_to_gate_out": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "beam_sum": LeverInfo(
            Measure("m", ge=0, le=200),
            Plan(125, "assumed", "assumption", 97, 125, "two vessels of 62 m beam may meet"),
            "会船船宽之和上限",
            "largest sum of the beams of two vessels that may meet in the channel",
        ),
    }

    beam_sum: Lever = None

    def apply(self, port: Port) -> Port:
        """Set the largest sum of beams that may meet."""
        return self.moved(port, "channel.meeting_beam_sum", "beam_sum")
