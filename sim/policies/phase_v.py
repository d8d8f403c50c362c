"""Nansha phase V opens 启用南沙五期 (measure 5).

Mechanism: `nansha_v` is described in the port, and nothing calls there. When it opens, services of the other terminals
are sent there one by one: each time from the quay with the most boxes a week per metre, that of its longest vessels
that fit, for as long as this brings phase V nearer to the mean of all quays. Barge lines follow the boxes: they are
sent in the same way until phase V has its part of them for each box by sea. No terminal gives its last service or
line. So the whole area is relieved, the crowded quays first, and no cargo is added.

Evidence: four sea berths for 200,000 DWT on 1,880 m and fifteen barge berths on 1,931 m, 6.7 million TEU a year, built
from 2026 to 2032 (port-S15, port-S16; three berths on 1,380 m in the plans of 2021, port-S17). Who will call there is
not known: the rule above is an assumption.

Does not: hold for a part of a run (services keep their terminals), bring new cargo, or take officers from elsewhere:
customs keeps its desks, which serve all terminals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import LeverInfo, Plan, Policy, Sign, Toggle
from sim.port.port import Port
from sim.port.services import BERTHS, Quays

OPENED = "nansha_v"


class PhaseV(Policy):
    """A part of the services of the other terminals calls at phase V."""

    zh: ClassVar[str] = "启用南沙五期"
    en: ClassVar[str] = "Nansha phase V opens"
    measure: ClassVar[str] = "5"
    touches: ClassVar[tuple[str, ...]] = ("traffic.services.*.terminal",)
    signs: ClassVar[Mapping[str, Sign]] = {"anchorage_wait": "-", "port_time": "-"}
    levers: ClassVar[Mapping[str, LeverInfo]] = {
        "open": LeverInfo(
            None,
            Plan(True, "seen", "port-S15", note="to be built from 2026 to 2032"),
            "五期启用",
            "services call at phase V",
        ),
    }

    open: Toggle = False

    def apply(self, port: Port) -> Port:
        """Send services and barge lines of the crowded terminals to phase V."""
        if not self.open:
            return port
        self.holds_all_run()
        self.look(port, f"terminals.{OPENED}")
        for berth in BERTHS:
            quays = Quays(port, berth)
            if quays.in_use() and not quays.services(OPENED):
                port = self._relieved(quays).port
        return self.whole(port, f"{OPENED} with services")

    def _relieved(self, quays: Quays) -> Quays:
        if quays.berth == "basin":
            self.look(quays.port, f"terminals.{OPENED}.basin")
        mean = quays.mean_crowding((*quays.in_use(), OPENED))
        service = _next(quays, mean)
        if service is None:
            what = f"no {'barge line' if quays.berth == 'basin' else 'service'} can be sent to {OPENED}"
            self.refuse(what, f"describe more of them, or leave {self.key()} out: no terminal gives its last")
        while service is not None:
            quays = quays.sent(service, OPENED)
            service = _next(quays, mean)
        return quays


def _next(quays: Quays, mean: float) -> str | None:
    """Return the service that is sent next, None where none brings phase V nearer to the mean."""
    others = [terminal for terminal in quays.in_use() if terminal != OPENED and len(quays.services(terminal)) > 1]
    now = abs(quays.crowding(OPENED) - mean)
    for terminal in sorted(others, key=lambda terminal: -quays.crowding(terminal)):
        for service in quays.services(terminal):
            nearer = abs(quays.crowding(OPENED, (service,)) - mean) < now
            if nearer and quays.fits(service, OPENED):
                return service
    return None
