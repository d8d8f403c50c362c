"""The hours that belong to each cleared box: its own work and delays at every stage, before any waiting line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sim.models.cohorts import Cohorts
from sim.models.luck import Luck
from sim.port.customs import Customs
from sim.port.port import Port
from sim.port.units import Quantity
from sim.records import Column

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COMPLETION_DEADLINE = 14 * 24.0
"""A two-step box's complete declaration is due 14 days after the vessel's entry (GACC 2019 No. 127)."""


@dataclass(frozen=True)
class Durations:
    """Hours of each cleared box, shape (cleared,); 0 where a box has no such stage.

    hold: the laboratory result holds the box. suspect, examined, scan: its way through inspection.
    priority: rank at desks, smaller first.
    """

    manifest: Floats
    tally: Floats
    prepare: Floats
    lead: Floats
    automatic: Floats
    review: Floats
    amend: Floats
    tax: Floats
    book: Floats
    scan: Floats
    image: Floats
    examine: Floats
    test: Floats
    pick_up: Floats
    shipside: Floats
    complete: Floats
    hold: Flags
    suspect: Flags
    examined: Flags
    priority: NDArray[np.int64]


def joined(parts: Sequence[Durations]) -> Durations:
    """Return the hours of several lots of boxes, one after the other."""
    return Durations(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Durations)))


class Reader:
    """Reads a random quantity for the boxes that need it; the others get 0 and keep their draw unused."""

    def __init__(self, cohorts: Cohorts, luck: Luck, port: Port) -> None:
        self._cohorts, self._luck = cohorts, luck
        self.goods = tuple(port.traffic.cargo.goods)

    def __call__(self, purpose: str, read: Callable[[Customs], Quantity], rows: Flags | None = None) -> Floats:
        if rows is None:
            return self._cohorts.quantile(lambda p: read(p.customs), self._luck(purpose))
        out = np.zeros(len(rows))
        some = np.flatnonzero(rows)
        out[some] = self._cohorts.at(some).quantile(lambda p: read(p.customs), self._luck.narrowed(some)(purpose))
        return out


def import_durations(cohorts: Cohorts, luck: Luck, own: Mapping[str, Column]) -> Durations:
    """Return the hours of the import boxes whose flags and codes are `own` (see control); shape (imports,) each."""
    read = Reader(cohorts, luck, cohorts.first)
    waits_for_tax = own["dutiable"] & ~own["guarantee"] & ~own["two_step"]
    conditional = cohorts.value(lambda p: p.customs.laboratory.conditional_removal.value)
    ranks = cohorts.by_class(lambda p: [t.priority.value for t in p.customs.traders.values()], own["trader"])
    completion = read("completion", lambda c: c.declaration.two_step_completion, own["two_step"])
    return Durations(
        manifest=read("manifest", lambda c: c.manifest),
        tally=read("tally", lambda c: c.tally),
        prepare=_preparation(cohorts, luck, own),
        lead=read("lead", lambda c: c.declaration.advance_lead, own["advance"]),
        automatic=read("automatic review", lambda c: c.review.automatic_time),
        review=read("review time", lambda c: c.review.manual_time, own["manual"]),
        amend=read("amendment time", lambda c: c.declaration.amendment_time, own["amended"]),
        tax=read("payment", lambda c: c.duty.payment_time, waits_for_tax),
        book=booking(read, own),
        scan=read("scan time", lambda c: c.inspection.scan_time, own["scan"]) / 60,
        image=read("image time", lambda c: c.inspection.image_time, own["scan"]) / 60,
        examine=_examination(read, own),
        test=read("test", lambda c: c.laboratory.turnaround, own["sampled"]),
        pick_up=read("pick-up", lambda c: c.pick_up.delay),
        shipside=read("ship-side time", lambda c: c.pick_up.shipside_time, own["shipside"]) / 60,
        complete=np.where(own["two_step"], np.minimum(completion, COMPLETION_DEADLINE), np.nan),
        hold=own["sampled"] & (conditional == 0),
        suspect=own["suspect"],
        examined=own["examined"],
        priority=ranks.astype(np.int64),
    )


def _preparation(cohorts: Cohorts, luck: Luck, own: Mapping[str, Column]) -> Floats:
    """Return documents and delivery order, one after the other.

    Late adopters of advance declaration (a high draw) are slow to prepare: a normal copula joins the two draws.
    """
    rho = cohorts.value(lambda p: p.customs.declaration.adopter_selection.value)
    late, slow = ndtri(luck("advance")), ndtri(luck("documents"))
    u = ndtr(rho * late + np.sqrt(1 - rho**2) * slow)
    hours = cohorts.quantile(lambda p: p.customs.preparation.documents, u)
    hours = hours * cohorts.value(lambda p: p.customs.preparation.documents_factor.value)
    two_step = cohorts.value(lambda p: p.customs.declaration.two_step_documents_factor.value)
    hours = np.where(own["two_step"], hours * two_step, hours)
    online = luck("delivery order") < cohorts.value(lambda p: p.customs.preparation.delivery_order_online_share.value)
    u = luck("delivery order time")
    fast = cohorts.quantile(lambda p: p.customs.preparation.delivery_order_online, u)
    slow_way = cohorts.quantile(lambda p: p.customs.preparation.delivery_order_counter, u)
    return np.asarray(hours + np.where(online, fast, slow_way))


def booking(read: Reader, own: Mapping[str, Column]) -> Floats:
    """Return the hours from the inspection notice until the box stands at the site."""
    bay = own["selected"] & ~own["scan"] & ~own["quarantine"]
    hours = read("booking", lambda c: c.inspection.scanner_booking, own["scan"])
    hours += read("booking", lambda c: c.inspection.examination_booking, bay)
    return hours + _quarantined(read, own, "booking", lambda c, goods: c.quarantine[goods].booking)


def _examination(read: Reader, own: Mapping[str, Column]) -> Floats:
    bay = own["examined"] & ~own["quarantine"]
    hours = read("examination time", lambda c: c.inspection.examination_time, bay)
    quarantined = _quarantined(read, own, "examination time", lambda c, goods: c.quarantine[goods].examination_time)
    return hours + quarantined


def _quarantined(read: Reader, own: Mapping[str, Column], purpose: str, quantity: Callable[..., Quantity]) -> Floats:
    hours = np.zeros(len(own["goods"]))
    for code, goods in enumerate(read.goods):
        rows = own["quarantine"] & (own["goods"] == code)
        if rows.any():
            hours += read(purpose, partial(quantity, goods=goods), rows)
    return hours
