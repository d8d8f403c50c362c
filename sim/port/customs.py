"""Import clearance as data, stage by stage: section 1.2 of the process model, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from sim.port.units import (
    Choice,
    Correlation,
    DrawnHours,
    DrawnMinutes,
    Evidence,
    Frozen,
    Hours,
    Quantity,
    Rank,
    Ratio,
    Servers,
    Share,
    Switch,
)


class AtClose(Evidence):
    """What becomes of work on the desk at closing time."""

    value: Literal["pause", "finish"]


class Preparation(Frozen):
    """Clearance preparation 通关准备: documents and delivery order, counted from yard entry."""

    documents: DrawnHours
    documents_factor: Ratio
    """Multiplies the documents time of every declaration; 1 in the baseline."""
    delivery_order_online_share: Share
    delivery_order_online: DrawnHours
    delivery_order_counter: DrawnHours


class Declaration(Frozen):
    """How and when declarations are lodged."""

    calendar: Choice
    """Hours in which brokers lodge."""
    advance_share: Share
    advance_lead: DrawnHours
    """Before the vessel's arrival."""
    adopter_selection: Correlation
    """Rank correlation (normal copula) between being late to declare in advance and being slow to prepare:
    firms that switch first are those already fast. 0 switches it off."""
    two_step_share: Share
    two_step_documents_factor: Ratio
    two_step_review_cut: Share
    """Share points off the manual review share of a two-step box."""
    two_step_amendment_cut: Share
    two_step_completion: DrawnHours
    """Complete declaration after the vessel's entry; off the dwell clock; at most 14 days."""
    amendment_share: Share
    amendment_time: DrawnHours


class Review(Frozen):
    """Document review 审单: automatic, or by an officer at a desk."""

    manual_share: Share
    automatic_time: DrawnHours
    manual_time: DrawnHours
    officers: Servers
    calendar: Choice
    at_close: AtClose


class Duty(Frozen):
    """Tax: paid before release, or waived from the wait by a guarantee."""

    payment_time: DrawnHours
    guarantee_share: Share


NO_PRIORITY = Quantity(
    value=5,
    low=5,
    high=5,
    unit="rank",
    grade="assumed",
    source="assumption",
    note="no class goes before another unless the port says so",
)


class Trader(Frozen):
    """A trader class. Exactly one has no share: it takes the rest."""

    share: Share | None = None
    inspection_rate: Share
    export_inspection_rate: Share | None = None
    infringement_rate: Share
    priority: Rank = NO_PRIORITY
    """At review and inspection desks; smaller is served first, equal is first come first served."""


class Quarantine(Frozen):
    """On-site check and sampling of goods under quarantine or food control, by kind of goods."""

    inspection_rate: Share
    booking: DrawnHours
    examination_time: DrawnHours
    sampling_rate: Share


class Risk(Frozen):
    """Selection 布控. `targeting_lift` is how many times likelier an infringing box is to be selected."""

    targeting_lift: Ratio
    inspection_factor: Ratio
    """Multiplies the inspection rate of every class; 1 in the baseline."""


class Inspection(Frozen):
    """Scanners (non-intrusive inspection) and examination bays, with booking and the move to the site."""

    calendar: Choice
    scanner_share: Share
    scanner_booking: DrawnHours
    scanners: Servers
    scan_time: DrawnMinutes
    image_time: DrawnMinutes
    """From the scan to the verdict on the image; not a server's time."""
    suspect_share: Share
    scan_at_close: AtClose
    examination_booking: DrawnHours
    bays: Servers
    examination_time: DrawnHours
    examination_at_close: AtClose
    scan_detection: Share
    examination_detection: Share


class Laboratory(Frozen):
    """Sampling: the wait for the result holds the box unless conditional removal is allowed 附条件提离."""

    turnaround: DrawnHours
    conditional_removal: Switch


class PickUp(Frozen):
    """From release to the truck at the gate, and the ship-side way 船边直提."""

    delay: DrawnHours
    """From release to the haulier's wish to come."""
    spread: Hours
    """A truck that would come to a closed gate comes within this time after opening."""
    shipside_share: Share
    """Of advance-declared boxes."""
    shipside_time: DrawnMinutes
    """From unloading to the gate."""


class ExportClearance(Frozen):
    """Clearance of export boxes: section 1.3 of the process model. Desks and sites are those of the imports."""

    preparation: DrawnHours
    """From the box's arrival at the port to its papers, if it is not declared in advance."""
    advance_share: Share
    advance_lead: DrawnHours
    """Before the box's planned arrival at the port."""
    arrival_report: DrawnHours
    """From the box's arrival to the report of it 运抵报告, without which nothing is released."""
    manual_share: Share
    automatic_time: DrawnHours
    manual_time: DrawnHours
    direct_share: Share
    """Of the boxes that come by truck and are declared in advance: loaded straight from the truck 抵港直装."""
    direct_time: DrawnHours
    """From the gate to the hook, of a box loaded straight from the truck."""
    scanner_share: Share | None = None
    """Of the export boxes inspected: by scanner first; left out: as of the imports."""


class TranshipmentRelease(Frozen):
    """Release of transhipment boxes, and their transfer to where the next carrier loads."""

    automatic_share: Share
    approval: DrawnHours
    """Working hours until an officer approves one that is not released automatically."""
    calendar: Choice
    """Hours in which transhipment is approved."""
    transfer: DrawnHours


class Customs(Frozen):
    """The customs office and the port's side of clearance."""

    manifest: DrawnHours
    """Original manifest 原始舱单 before the vessel's arrival; no declaration is lodged without it."""
    tally: DrawnHours
    """From the box's discharge to the tally report, the customs' arrival event."""
    preparation: Preparation
    declaration: Declaration
    review: Review
    duty: Duty
    traders: Mapping[str, Trader] = Field(min_length=1)
    quarantine: Mapping[str, Quarantine]
    """Keyed by kind of goods; goods not named here need none."""
    risk: Risk
    inspection: Inspection
    laboratory: Laboratory
    pick_up: PickUp
    export: ExportClearance | None = None
    transhipment: TranshipmentRelease | None = None
