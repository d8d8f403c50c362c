"""How each import box is declared, reviewed and selected: decided by its own draws before the run.

Selection and the way through inspection are those of the exports as well.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.models.cohorts import Codes, Cohorts
from sim.models.luck import Luck
from sim.port.customs import Customs
from sim.port.port import Port
from sim.records import Channel, Column

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TINY = 1e-12


def import_control(cohorts: Cohorts, luck: Luck, goods: Codes, trader: Codes | None = None) -> dict[str, Column]:
    """Return the flags and codes of the import boxes: columns of the box table, and `suspect` and `examined`.

    cohorts, luck, goods, trader: over the import boxes, shape (imports,). trader: -1, or None, where it is drawn.
    """
    own: dict[str, Column] = {"goods": goods}
    drawn = cohorts.category(lambda p: p.customs.traders, luck("trader"))
    own["trader"] = drawn if trader is None else np.where(trader >= 0, trader, drawn)
    _declare(own, cohorts, luck)
    select(own, cohorts, luck, cohorts.by_class(_inspection_rates, own["trader"]))
    _quarantine(own, cohorts, luck)
    route(own, cohorts, luck, cohorts.value(lambda p: p.customs.inspection.scanner_share.value))
    return own


def _declare(own: dict[str, Column], cohorts: Cohorts, luck: Luck) -> None:
    def below(purpose: str, read: Callable[[Customs], float]) -> Flags:
        return luck(purpose) < cohorts.value(lambda p: read(p.customs))

    own["advance"] = below("advance", lambda c: c.declaration.advance_share.value)
    own["two_step"] = below("two-step", lambda c: c.declaration.two_step_share.value)
    own["bonded"] = luck("bonded") < cohorts.value(lambda p: p.traffic.cargo.bonded_share.value)
    dutiable = luck("dutiable") < cohorts.value(lambda p: p.traffic.cargo.dutiable_share.value)
    own["dutiable"] = dutiable & ~own["bonded"]
    own["guarantee"] = own["dutiable"] & below("guarantee", lambda c: c.duty.guarantee_share.value)
    own["shipside"] = own["advance"] & below("ship-side", lambda c: c.pick_up.shipside_share.value)
    cut = cohorts.value(lambda p: p.customs.declaration.two_step_review_cut.value) * own["two_step"]
    own["manual"] = luck("manual review") < cohorts.value(lambda p: p.customs.review.manual_share.value) - cut
    cut = cohorts.value(lambda p: p.customs.declaration.two_step_amendment_cut.value) * own["two_step"]
    own["amended"] = luck("amendment") < cohorts.value(lambda p: p.customs.declaration.amendment_share.value) - cut


def select(own: dict[str, Column], cohorts: Cohorts, luck: Luck, rate: Floats) -> None:
    """Select for inspection at each box's own rate, shape (boxes,).

    Targeting selects infringing boxes `lift` times as often.

    The clean boxes' rate moves the other way, so that the overall rate stays what the data say; where that
    would ask for less than none of the clean boxes, or more than all, infringing ones are selected less, or more.
    """
    infringe = cohorts.by_class(
        lambda p: [t.infringement_rate.value for t in p.customs.traders.values()], own["trader"]
    )
    own["infringing"] = luck("infringement") < infringe
    lifted = rate * cohorts.value(lambda p: p.customs.risk.targeting_lift.value)
    some = np.maximum(infringe, TINY)
    targeted = np.clip(lifted, np.maximum(0.0, (rate + infringe - 1) / some), np.minimum(1.0, rate / some))
    clean = np.clip((rate - infringe * targeted) / np.maximum(1 - infringe, TINY), 0.0, 1.0)
    own["selected"] = luck("selection") < np.where(own["infringing"], targeted, clean)


def _inspection_rates(port: Port) -> list[float]:
    factor = port.customs.risk.inspection_factor.value
    return [min(1.0, trader.inspection_rate.value * factor) for trader in port.customs.traders.values()]


def _quarantine(own: dict[str, Column], cohorts: Cohorts, luck: Luck) -> None:
    """Check goods under quarantine or food control on site, and sample some of them."""

    def rates(read: Callable[[Customs, str], float]) -> Floats:
        def by_goods(port: Port) -> list[float]:
            controlled = port.customs.quarantine
            return [read(port.customs, g) if g in controlled else 0.0 for g in port.traffic.cargo.goods]

        return cohorts.by_class(by_goods, own["goods"])

    own["quarantine"] = luck("quarantine") < rates(lambda c, g: c.quarantine[g].inspection_rate.value)
    sampled = luck("sampling") < rates(lambda c, g: c.quarantine[g].sampling_rate.value)
    own["sampled"] = own["quarantine"] & sampled


def route(own: dict[str, Column], cohorts: Cohorts, luck: Luck, scanner_share: Floats) -> None:
    """Send selected boxes to a scanner or a bay, and suspicious images on to a bay."""
    by_scanner = luck("scanner") < scanner_share
    own["scan"] = own["selected"] & ~own["quarantine"] & by_scanner
    alarm = cohorts.value(lambda p: p.customs.inspection.suspect_share.value)
    detects = cohorts.value(lambda p: p.customs.inspection.scan_detection.value)
    own["suspect"] = own["scan"] & (luck("image") < np.where(own["infringing"], detects, alarm))
    red = own["selected"] | own["quarantine"]
    own["examined"] = red & (~own["scan"] | own["suspect"])
    detects = cohorts.value(lambda p: p.customs.inspection.examination_detection.value)
    own["found"] = own["infringing"] & own["examined"] & (luck("detection") < detects)
    own["channel"] = np.select([red, own["manual"]], [Channel.RED, Channel.YELLOW], Channel.GREEN).astype(np.int8)
