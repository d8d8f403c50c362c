"""What no run of a port could ever do, found before one is run: a vessel too long, too deep, or asking for too much."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.errors import Problem
from sim.models.fairway import ROUNDING, half_window, tide_needed, transit_hours
from sim.port.channel import Channel
from sim.port.port import Port
from sim.port.terminal import SLOT_KINDS, Terminal
from sim.port.traffic import VesselClass
from sim.port.units import Quantity

ONCE_IN = 1e6
"""Draws: what comes less often than once in so many calls is no reason to refuse a port."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """A vessel class at a terminal where one of its services calls."""

    port: Port
    class_key: str
    terminal_key: str

    @property
    def vessel(self) -> VesselClass:
        return self.port.traffic.vessel_classes[self.class_key]

    @property
    def terminal(self) -> Terminal:
        return self.port.terminals[self.terminal_key]

    @property
    def here(self) -> str:
        return f"traffic.vessel_classes.{self.class_key}"

    @property
    def there(self) -> str:
        return f"terminals.{self.terminal_key}"


def impossibilities(port: Port) -> tuple[Problem, ...]:
    """Return a problem for everything that a call of this port would wait for in vain or could not carry, with remedy.

    Only classes that a service uses are looked at. Drawn values count up to what is drawn once in a million calls.
    """
    pairs = dict.fromkeys((s.vessel_class, s.terminal) for s in port.traffic.services.values())
    visits = [_Visit(port, *pair) for pair in pairs]
    found = [problem for visit in visits for problem in (*_at_quay(visit), *_in_yard(visit))]
    classes = {visit.class_key: visit for visit in visits}
    found += [
        problem for visit in classes.values() for problem in (*_aboard(visit), *_in_channel(visit), *_with_help(visit))
    ]
    return tuple(found)


def _extreme(quantity: Quantity, largest: bool) -> float:
    u = 1 - 1 / ONCE_IN if largest else 1 / ONCE_IN
    return float(quantity.quantile(np.array([u]))[0])


def _at_quay(visit: _Visit) -> Iterator[Problem]:
    vessel, quay = visit.vessel, visit.terminal.quay
    if vessel.loa.value > quay.length.value:
        yield Problem(
            f"{visit.class_key} is {vessel.loa.value:g} m long and the quay of {visit.terminal_key} has only "
            f"{quay.length.value:g} m: she would wait for a berth for ever, and all behind her",
            f"{visit.here}.loa",
            f"shorten {visit.here}.loa, lengthen {visit.there}.quay.length, or let her services call elsewhere",
        )
    draft = _extreme(vessel.draft, largest=True)
    if draft > quay.depth.value:
        yield Problem(
            f"{visit.class_key} may draw {draft:.4g} m and the quay of {visit.terminal_key} is {quay.depth.value:g} m "
            "deep: she would lie aground",
            f"{visit.here}.draft",
            f"limit {visit.here}.draft, deepen {visit.there}.quay.depth, or let her services call elsewhere",
        )
    cranes = visit.terminal.cranes.count.value
    if quay.service is None and vessel.cranes.value > cranes:
        yield Problem(
            f"{visit.class_key} wants {vessel.cranes.value:g} cranes and {visit.terminal_key} has {cranes:g}",
            f"{visit.here}.cranes",
            f"lower {visit.here}.cranes to {cranes:g}, or raise {visit.there}.cranes.count",
        )


def _in_yard(visit: _Visit) -> Iterator[Problem]:
    """A lot is discharged only when all of it finds room, so a mean lot must fit into the empty yard."""
    vessel, terminal, cargo = visit.vessel, visit.terminal, visit.port.traffic.cargo
    boxes = vessel.exchange.mean * vessel.discharge_share.mean
    if terminal.quay.service is None:
        boxes = min(boxes, max(1, round(terminal.cranes.lot.value * vessel.cranes.value)))
    forty, reefer = cargo.forty_foot_share.value, _reefer_share(visit.port)
    for kind, share in zip(SLOT_KINDS, (1 - reefer, reefer), strict=True):
        slots = getattr(terminal.yard, kind).teu.value
        needed = max(boxes * share * (1 + forty), 2.0 if forty > 0 else 1.0) if share > 0 and boxes > 0 else 0.0
        if needed > slots:
            yield Problem(
                f"one lot of {visit.class_key} brings {needed:.4g} TEU of {kind} boxes and {visit.terminal_key} has "
                f"{slots:g} TEU of {kind} slots: it would never find room",
                f"{visit.there}.yard.{kind}.teu",
                f"raise {visit.there}.yard.{kind}.teu, or lower {visit.there}.cranes.lot",
            )


def _reefer_share(port: Port) -> float:
    """Return the share of boxes in reefer slots; empties need none."""
    goods, flows = port.traffic.cargo.goods.values(), port.traffic.cargo.flows
    rest = 1 - sum(kind.share.value for kind in goods if kind.share is not None)
    laden = sum((rest if kind.share is None else kind.share.value) * kind.reefer_share.value for kind in goods)
    others = 1 - sum(flow.share.value for flow in flows.values() if flow.share is not None)
    empty = flows.get("empty")
    share = 0.0 if empty is None else others if empty.share is None else empty.share.value
    return laden * (1 - share)


def _aboard(visit: _Visit) -> Iterator[Problem]:
    vessel = visit.vessel
    share = min(1.0, vessel.discharge_share.mean)
    teu = vessel.exchange.mean * max(share, 1 - share) * (1 + visit.port.traffic.cargo.forty_foot_share.value)
    if teu > vessel.capacity.value:
        yield Problem(
            f"{visit.class_key} discharges or loads {teu:.4g} TEU in a mean call and carries "
            f"{vessel.capacity.value:g} TEU",
            f"{visit.here}.exchange",
            f"lower {visit.here}.exchange, or raise {visit.here}.capacity",
        )


def _in_channel(visit: _Visit) -> Iterator[Problem]:
    channel = visit.port.channel
    if channel is None:
        return
    draft = _extreme(visit.vessel.draft, largest=True)
    needed = tide_needed(channel, draft)
    if needed <= 0:
        return
    keel = f"{visit.class_key} may draw {draft:.4g} m, which needs {needed:.3g} m of tide over the channel's depth"
    transit = transit_hours(channel, _extreme(channel.speed, largest=False))
    window = 2 * half_window(channel.tide, needed)
    if window < transit - ROUNDING:
        yield Problem(
            f"{keel}, and {_tide_says(channel, window, transit)}: she would wait at the anchorage for ever",
            f"{visit.here}.draft",
            f"limit {visit.here}.draft, or deepen channel.depth",
        )


def _tide_says(channel: Channel, window: float, transit: float) -> str:
    if channel.tide is None:
        return "no tide is described"
    if window == -math.inf:
        return f"the highest tide is {channel.tide.range.value:g} m"
    return f"the tide stands so high for {window:.2f} h, less than the transit of up to {transit:.2f} h"


def _with_help(visit: _Visit) -> Iterator[Problem]:
    marine = visit.port.marine
    for name in ("pilots", "tugs") if marine is not None else ():
        wanted, there = getattr(visit.vessel, name).value, getattr(marine, name).value
        if wanted > there:
            yield Problem(
                f"{visit.class_key} wants {wanted:g} {name} and the port has {there:g}: she would wait for ever",
                f"{visit.here}.{name}",
                f"lower {visit.here}.{name} to {there:g}, or raise marine.{name}",
            )
