"""Nansha phase IV closed 停用南沙四期 (measure 5): what the port would be without the terminal of 2022.

Mechanism: all services and barge lines of `nansha_iv` call at the other terminals. Each service goes, those of the
longest vessels first, to the terminal whose quay then has the fewest boxes a week per metre, among those that are in
use and where its vessels fit (length, draft, cranes): a fair rotation, by quay length. Barge lines follow the boxes:
each goes where there are then the fewest by barge for one by sea. The terminal stays in the port, empty. Set against
the port with phase IV, it tells what its opening brought.

Evidence: phase IV opened on 28 July 2022 with a capacity of 4.9 million TEU a year (port-S02), four sea berths and
twelve barge berths (port-S01); the area has 24 million with it (port-S15, port-S16). That all of its cargo would have
come to Nansha without it is the assumption of this what-if.

Does not: hold for a part of a run (services keep their terminals), turn cargo away to other ports, or move cranes,
gates and officers to the other terminals. The plan opens phase IV: where a port describes it, it is open already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import LeverInfo, Plan, Policy, Sign, Toggle
from sim.port.port import Port
from sim.port.services import BERTHS, Quays

CLOSED = "nansha_iv"


class PhaseIv(Policy):
    """All services of phase IV call at the other terminals."""

    zh: ClassVar[str] = "停用南沙四期"
    en: ClassVar[str] = "Nansha phase IV closed"
    measure: ClassVar[str] = "5"
    touches: ClassVar[tuple[str, ...]] = ("traffic.services.*.terminal",)
    signs: ClassVar[Mapping[str, Sign]] = {"anchorage_wait": "+", "port_time": "+"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "closed": LeverInfo(
            None,
            Plan(True, "assumed", "assumption", note="a what-if: the plan opens phase IV; this is the port without it"),
            "四期停用",
            "no service calls at phase IV",
        ),
    }

    closed: Toggle = False

    def apply(self, port: Port) -> Port:
        """Send every service of phase IV to another terminal."""
        if not self.closed:
            return port
        self.holds_all_run()
        self.look(port, f"terminals.{CLOSED}")
        for berth in BERTHS:
            quays = Quays(port, berth)
            for service in quays.services(CLOSED):
                quays = quays.sent(service, self._taker(quays, service))
            port = quays.port
        return self.whole(port, f"{CLOSED} without services")

    def _taker(self, quays: Quays, service: str) -> str:
        """Return the terminal that is least crowded once it has the service."""
        others = [terminal for terminal in quays.in_use() if terminal != CLOSED]
        takers = list(quays.that_fit(service, others))
        if not takers:
            where = "barge basin" if quays.berth == "basin" else "terminal"
            what = f"no other {where} in use can take {service} of {CLOSED}: none is long and deep enough"
            self.refuse(what, "describe another terminal, with services, where her vessels fit")
        return min(takers, key=lambda terminal: quays.crowding(terminal, (service,)))
