"""Vessels and barges that no berth could take, and lots that no yard could hold."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem
from sim.models.feasible_visit import Visit, extreme
from sim.models.load_flows import mean_teu
from sim.models.load_yard import slot_shares
from sim.port.terminal import SLOT_KINDS, SlotKind
from sim.records import Mode


def at_quay(visit: Visit) -> Iterator[Problem]:
    """Too long, too deep, or wanting more cranes than there are."""
    vessel, quay = visit.vessel, visit.place.quay
    if vessel.loa.value > quay.length.value:
        yield Problem(
            f"{visit.class_key} is {vessel.loa.value:g} m long and {visit.quay} has only "
            f"{quay.length.value:g} m: she would wait for a berth for ever, and all behind her",
            f"{visit.here}.loa",
            f"shorten {visit.here}.loa, lengthen {visit.there}.quay.length, {visit.elsewhere}",
        )
    draft = extreme(vessel.draft, largest=True)
    if draft > quay.depth.value:
        yield Problem(
            f"{visit.class_key} may draw {draft:.4g} m and {visit.quay} is {quay.depth.value:g} m "
            "deep: she would lie aground",
            f"{visit.here}.draft",
            f"limit {visit.here}.draft, deepen {visit.there}.quay.depth, {visit.elsewhere}",
        )
    cranes = visit.place.cranes.count.value
    if quay.service is None and vessel.cranes.value > cranes:
        yield Problem(
            f"{visit.class_key} wants {vessel.cranes.value:g} cranes and {visit.quay} has {cranes:g}",
            f"{visit.here}.cranes",
            f"lower {visit.here}.cranes to {cranes:g}, raise {visit.there}.cranes.count, {visit.elsewhere}",
        )


def in_yard(visit: Visit) -> Iterator[Problem]:
    """A lot is discharged only when all of it finds room, so a mean lot must fit into the empty yard."""
    cranes, terminal, boxes = visit.place.cranes, visit.terminal, visit.call.off
    if visit.place.quay.service is None:
        boxes = min(boxes, max(1, round(cranes.lot.value * visit.vessel.cranes.value)))
    forty = visit.port.traffic.cargo.forty_foot_share.value
    for kind, share in _mix(visit).items():
        pool = getattr(terminal.yard, kind)
        slots = 0.0 if pool is None else pool.teu.value
        needed = max(boxes * share * (1 + forty), 2.0 if forty > 0 else 1.0) if share > 0 and boxes > 0 else 0.0
        if needed > slots:
            path = f"terminals.{visit.terminal_key}.yard.{kind}.teu"
            yield Problem(
                f"one lot of {visit.class_key} brings {needed:.4g} TEU of {kind} boxes and {visit.terminal_key} has "
                f"{slots:g} TEU of {kind} slots: it would never find room",
                path,
                f"raise {path}, or lower {visit.there}.cranes.lot",
            )


def _mix(visit: Visit) -> dict[SlotKind, float]:
    """Return the parts of what she brings by the kind of slot that it takes."""
    way, yard = Mode.SEA if visit.at_sea_quay else Mode.BARGE, visit.terminal.yard
    mine = [s for s in visit.week.streams if s.terminal == visit.terminal_key and s.by_in is way]
    total, mix = sum(stream.boxes for stream in mine), dict.fromkeys(SLOT_KINDS, 0.0)
    for stream in mine:
        for kind, share in slot_shares(visit.port, yard, stream.flow == "empty").items():
            mix[kind] += share * stream.boxes / total
    return mix


def aboard(visit: Visit) -> Iterator[Problem]:
    """More to discharge or to load in a mean call than a vessel carries; a barge that cannot carry one box."""
    vessel, teu = visit.vessel, mean_teu(visit.port)
    if not visit.at_sea_quay:
        largest = 2 if teu > 1 else 1
        if max(visit.call.off, visit.call.on) > 0 and vessel.capacity.value < largest:
            yield Problem(
                f"{visit.class_key} carries {vessel.capacity.value:g} TEU and a box has up to {largest}: those behind "
                "it would wait for a barge for ever",
                f"{visit.here}.capacity",
                f"raise {visit.here}.capacity",
            )
        return
    share = min(1.0, vessel.discharge_share.mean)
    moved = vessel.exchange.mean * max(share, 1 - share) * teu
    if moved > vessel.capacity.value:
        yield Problem(
            f"{visit.class_key} discharges or loads {moved:.4g} TEU in a mean call and carries "
            f"{vessel.capacity.value:g} TEU",
            f"{visit.here}.exchange",
            f"lower {visit.here}.exchange, or raise {visit.here}.capacity",
        )
