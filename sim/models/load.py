"""Offered loads before a run: can a steady state carry this demand, and if not, which station breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.models.fairway import transit_hours
from sim.port.calendar import Calendar
from sim.port.port import Port
from sim.port.traffic import Renewal, Service, VesselClass

WEEK = 168.0


@dataclass(frozen=True, slots=True)
class StationLoad:
    """The work asked of a station as a share of what it can do (1 or more: its queue grows for ever).

    path: where the capacity stands in the port. demand, capacity: per week, in `unit`.
    """

    station: str
    path: str
    demand: float
    capacity: float
    unit: str

    @property
    def load(self) -> float:
        """Demand over capacity; nothing asked of nothing is no load."""
        if self.demand == 0:
            return 0.0
        return self.demand / self.capacity if self.capacity > 0 else float("inf")


def offered_loads(port: Port) -> tuple[StationLoad, ...]:
    """Return the mean load of every station of the port, in the order that a box meets them."""
    return (*_waterway(port), *_sea(port), *_desks(port))


def _waterway(port: Port) -> Iterator[StationLoad]:
    """Entries into the channel, and pilots and tugs from the time they are taken until they are given back."""
    movements = pilot_hours = tug_hours = 0.0
    for service in port.traffic.services.values():
        vessel, calls = port.traffic.vessel_classes[service.vessel_class], _calls_per_week(service)
        quay = port.terminals[service.terminal].quay
        alongside = quay.berthing.value + quay.unberthing.value
        movements += calls
        pilot_hours += calls * vessel.pilots.value * (2 * _transit(port) + alongside)
        tug_hours += calls * vessel.tugs.value * alongside
    if port.channel is not None:
        hours = movements * port.channel.headway.value / 60
        yield StationLoad("channel", "channel.headway", hours, WEEK, "h of headway each way")
    if port.marine is not None:
        for name, hours in (("pilots", pilot_hours), ("tugs", tug_hours)):
            number = getattr(port.marine, name).value
            yield StationLoad(name, f"marine.{name}", hours, WEEK * number, f"{name[:-1]}-hours")


def _transit(port: Port) -> float:
    """Return the hours through the channel at the mean speed."""
    return transit_hours(port.channel, port.channel.speed.mean) if port.channel else 0.0


def _calls_per_week(service: Service) -> float:
    return WEEK / service.arrivals.interval.mean if isinstance(service.arrivals, Renewal) else 1.0


def _sea(port: Port) -> Iterator[StationLoad]:
    for key, terminal in port.terminals.items():
        metre_hours = crane_hours = discharged_teu = 0.0
        for service in port.traffic.services.values():
            if service.terminal != key:
                continue
            vessel, calls = port.traffic.vessel_classes[service.vessel_class], _calls_per_week(service)
            working = _working_hours(port, key, vessel)
            # a berth is kept from its assignment on, while the vessel comes up the channel
            kept = _transit(port) + terminal.quay.berthing.value + working + terminal.quay.unberthing.value
            metre_hours += calls * kept * (vessel.loa.value + terminal.quay.gap.value)
            crane_hours += calls * working * vessel.cranes.value
            discharged = vessel.exchange.mean * vessel.discharge_share.mean * calls
            discharged_teu += discharged * (1 + port.traffic.cargo.forty_foot_share.value)
        at, quay = f"terminals.{key}", terminal.quay
        yield StationLoad(
            f"quay {key}", f"{at}.quay.length", metre_hours, WEEK * (quay.length.value + quay.gap.value), "m h"
        )
        if quay.service is None:
            count = terminal.cranes.count.value
            yield StationLoad(f"cranes {key}", f"{at}.cranes.count", crane_hours, WEEK * count, "crane-hours")
        yield from _yard(port, key, discharged_teu)


def _working_hours(port: Port, key: str, vessel: VesselClass) -> float:
    """Return the mean hours of work on one call with all the cranes that it wants."""
    terminal = port.terminals[key]
    if terminal.quay.service is not None:
        return terminal.quay.service.mean
    cranes = terminal.cranes
    pace = vessel.cranes.value**cranes.interference.value * cranes.rate.mean * cranes.availability.value
    return float(vessel.exchange.mean / pace)


def _yard(port: Port, key: str, discharged_teu: float) -> Iterator[StationLoad]:
    """Little's law: the TEU that stay on average, over the slots."""
    flows = port.traffic.cargo.flows
    rest = 1 - sum(flow.share.value for flow in flows.values() if flow.share is not None)
    stay = sum(
        (rest if flow.share is None else flow.share.value)
        * (_import_stay(port) if flow.stay is None else flow.stay.mean)
        for flow in flows.values()
    )
    slots = port.terminals[key].yard
    total = slots.dry.teu.value + slots.reefer.teu.value
    yield StationLoad(f"yard {key}", f"terminals.{key}.yard.dry.teu", discharged_teu * stay / WEEK, total, "TEU")


def _import_stay(port: Port) -> float:
    """Return a low estimate of an import box's stay: what no queue can shorten."""
    declaration, pick_up = port.customs.declaration, port.customs.pick_up
    advance, two_step = declaration.advance_share.value, declaration.two_step_share.value
    documents = port.customs.preparation.documents.mean * port.customs.preparation.documents_factor.value
    documents *= 1 - two_step * (1 - min(1.0, declaration.two_step_documents_factor.value))
    return (1 - advance) * documents + (1 - advance * pick_up.shipside_share.value) * pick_up.delay.mean


def _desks(port: Port) -> Iterator[StationLoad]:
    customs, inspection = port.customs, port.customs.inspection
    imports = _imports_per_week(port)
    declaration, by_officer = customs.declaration, customs.review.manual_share.value
    two_step = declaration.two_step_share.value
    cut = max(0.0, by_officer - declaration.two_step_review_cut.value)
    manual = (1 - two_step) * by_officer + two_step * cut
    review_hours = _open_hours(port.calendars[customs.review.calendar.value])
    yield StationLoad(
        "review",
        "customs.review.officers",
        imports * manual * customs.review.manual_time.mean,
        customs.review.officers.value * review_hours,
        "officer-hours",
    )
    selected, quarantine = _selected_share(port), _quarantine_share(port)
    by_risk = selected * (1 - sum(quarantine.values()))  # the others go to a bay for their quarantine
    scanned = by_risk * inspection.scanner_share.value
    site = _open_hours(port.calendars[inspection.calendar.value])
    scan = imports * scanned * inspection.scan_time.mean / 60
    yield StationLoad("scanner", "customs.inspection.scanners", scan, inspection.scanners.value * site, "scanner-hours")
    by_hand = by_risk - scanned + scanned * inspection.suspect_share.value
    bay_hours = imports * by_hand * inspection.examination_time.mean
    bay_hours += imports * sum(
        share * customs.quarantine[goods].examination_time.mean for goods, share in quarantine.items()
    )
    yield StationLoad("examination", "customs.inspection.bays", bay_hours, inspection.bays.value * site, "bay-hours")
    for key, terminal in port.terminals.items():
        trucks = sum(_imports(port, s) for s in port.traffic.services.values() if s.terminal == key)
        lanes = terminal.gate.lanes.value * _open_hours(port.calendars[terminal.gate.calendar.value])
        lane_hours = trucks * terminal.gate.service.mean / 60
        yield StationLoad(f"gate {key}", f"terminals.{key}.gate.lanes", lane_hours, lanes, "lane-hours")


def _imports_per_week(port: Port) -> float:
    return sum(_imports(port, service) for service in port.traffic.services.values())


def _imports(port: Port, service: Service) -> float:
    vessel = port.traffic.vessel_classes[service.vessel_class]
    share = _shares({name: flow.share for name, flow in port.traffic.cargo.flows.items()}).get("import", 0.0)
    return _calls_per_week(service) * vessel.exchange.mean * vessel.discharge_share.mean * share


def _shares(given: dict[str, object]) -> dict[str, float]:
    """Return every class's share; the one without takes the rest."""
    known = {key: share.value for key, share in given.items() if share is not None}  # type: ignore[attr-defined]
    rest = 1 - sum(known.values())
    return {key: known.get(key, rest) for key in given}


def _selected_share(port: Port) -> float:
    traders = port.customs.traders
    shares = _shares({key: trader.share for key, trader in traders.items()})
    factor = port.customs.risk.inspection_factor.value
    return sum(shares[key] * min(1.0, trader.inspection_rate.value * factor) for key, trader in traders.items())


def _quarantine_share(port: Port) -> dict[str, float]:
    shares = _shares({key: goods.share for key, goods in port.traffic.cargo.goods.items()})
    return {key: shares[key] * q.inspection_rate.value for key, q in port.customs.quarantine.items()}


def _open_hours(calendar: Calendar) -> float:
    """Return the open hours of an ordinary week."""
    return sum(end - start for day in calendar.week() for start, end in day)
