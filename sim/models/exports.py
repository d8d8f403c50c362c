"""Export clearance of each box (section 1.3 of the process model): its flags and its hours, drawn before the run."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.models.bookings import rail_of
from sim.models.cohorts import Cohorts
from sim.models.control import route, select
from sim.models.durations import Durations, Reader, booking
from sim.models.luck import Luck
from sim.port.customs import ExportClearance
from sim.port.port import Port
from sim.records import Column, Mode, Table

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def export_of(port: Port) -> ExportClearance:
    """Return the export clearance of a port that has it."""
    if port.customs.export is None:
        raise TypeError("a port cannot lose its export clearance within a run")
    return port.customs.export


def export_control(cohorts: Cohorts, luck: Luck, boxes: Table) -> dict[str, Column]:
    """Return the flags and codes of export boxes: columns of the box table, and `suspect` and `examined`.

    cohorts, luck, boxes: over the export boxes cleared in the port, shape (exports,). Their trader is -1 where it is
    drawn. A box whose officer asks for it, or for its papers, cannot be loaded straight from the truck.
    """
    own: dict[str, Column] = {"goods": boxes["goods"]}
    drawn = cohorts.category(lambda p: p.customs.traders, luck("trader"))
    own["trader"] = np.where(boxes["trader"] >= 0, boxes["trader"], drawn)
    own["advance"] = luck("advance") < cohorts.value(lambda p: export_of(p).advance_share.value)
    own["manual"] = luck("manual review") < cohorts.value(lambda p: export_of(p).manual_share.value)
    select(own, cohorts, luck, _inspection_rates(cohorts, luck, own["trader"], boxes["by_out"] == Mode.RAIL))
    own["quarantine"] = own["sampled"] = np.zeros(len(own["trader"]), dtype=np.bool_)
    route(own, cohorts, luck, cohorts.value(_scanner_share))
    willing = (luck("direct") < cohorts.value(lambda p: export_of(p).direct_share.value)) & own["advance"]
    by_truck = (boxes["by_in"] == Mode.ROAD) & (boxes["by_out"] == Mode.SEA)
    own["direct"] = willing & by_truck & ~own["selected"] & ~own["manual"]
    return own


def _inspection_rates(cohorts: Cohorts, luck: Luck, trader: Column, by_rail: Flags) -> Floats:
    """Return the rate of each box: its trader's, or that of the train where one supervision reaches to the station."""
    rate = cohorts.by_class(_rates, trader)
    if cohorts.first.rail is None:
        return rate
    seamless = by_rail & (cohorts.value(lambda p: rail_of(p).seamless.value) > 0)
    return np.where(seamless, rail_rates(cohorts, luck), rate)


def _scanner_share(port: Port) -> float:
    share = export_of(port).scanner_share
    return port.customs.inspection.scanner_share.value if share is None else share.value


def _rates(port: Port) -> list[float]:
    rates = (trader.export_inspection_rate for trader in port.customs.traders.values())
    return [0.0 if rate is None else rate.value for rate in rates]


def rail_rates(cohorts: Cohorts, luck: Luck) -> Floats:
    """Return the inspection rate that a train asks of each box, by whether its goods are on the statutory list."""
    listed = luck("statutory goods") < cohorts.value(lambda p: rail_of(p).statutory_share.value)
    on_list = cohorts.value(lambda p: rail_of(p).statutory_inspection_rate.value)
    return np.where(listed, on_list, cohorts.value(lambda p: rail_of(p).inspection_rate.value))


def export_durations(cohorts: Cohorts, luck: Luck, own: Mapping[str, Column]) -> Durations:
    """Return the hours of the export boxes whose flags and codes are `own`; shape (exports,) each."""
    n = len(own["trader"])
    zero, never = np.zeros(n), np.zeros(n, dtype=np.bool_)
    read = Reader(cohorts, luck, cohorts.first)
    ranks = cohorts.by_class(lambda p: [t.priority.value for t in p.customs.traders.values()], own["trader"])
    examined = own["examined"]
    return Durations(
        manifest=zero,
        tally=cohorts.quantile(lambda p: export_of(p).arrival_report, luck("arrival report")),
        prepare=cohorts.quantile(lambda p: export_of(p).preparation, luck("documents")),
        lead=cohorts.quantile(lambda p: export_of(p).advance_lead, luck("lead time")) * own["advance"],
        automatic=cohorts.quantile(lambda p: export_of(p).automatic_time, luck("automatic review")),
        review=cohorts.quantile(lambda p: export_of(p).manual_time, luck("review time")) * own["manual"],
        amend=zero,
        tax=zero,
        book=booking(read, own),
        scan=read("scan time", lambda c: c.inspection.scan_time, own["scan"]) / 60,
        image=read("image time", lambda c: c.inspection.image_time, own["scan"]) / 60,
        examine=read("examination time", lambda c: c.inspection.examination_time, examined),
        test=zero,
        pick_up=zero,
        shipside=cohorts.quantile(lambda p: export_of(p).direct_time, luck("direct time")) * own["direct"],
        complete=np.full(n, np.nan),
        hold=never,
        suspect=own["suspect"],
        examined=examined,
        priority=ranks.astype(np.int64),
    )
