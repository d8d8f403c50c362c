"""The work asked of customs officers, scanners and bays by imports and exports, and of the lanes at the gates."""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.load_flows import export_rate, shares
from sim.models.load_station import StationLoad, open_hours
from sim.models.load_week import Week
from sim.port.port import Port
from sim.records import Mode


def desks(week: Week) -> Iterator[StationLoad]:
    """Review, scanner and bays, which serve all terminals. A box cleared at the river port asks for none of them."""
    customs = week.port.customs
    review, inspection = customs.review, customs.inspection
    imports, exports = _boxes(week, "import"), _boxes(week, "export")
    hours = imports * _manual_share(week.port) * review.manual_time.mean
    if customs.export is not None:
        hours += exports * customs.export.manual_share.value * customs.export.manual_time.mean
    open_week = open_hours(week.port.calendars[review.calendar.value])
    yield StationLoad("review", "customs.review.officers", hours, review.officers.value * open_week, "officer-hours")
    checked = _quarantine_share(week.port)
    # those checked under quarantine go to a bay for it
    selected, exported = imports * _selected_share(week.port) * (1 - sum(checked.values())), _selected_exports(week)
    scanned = selected * inspection.scanner_share.value + exported * _export_scanner_share(week.port)
    selected += exported
    site = open_hours(week.port.calendars[inspection.calendar.value])
    scan = scanned * inspection.scan_time.mean / 60
    yield StationLoad("scanner", "customs.inspection.scanners", scan, inspection.scanners.value * site, "scanner-hours")
    by_hand = selected - scanned + scanned * inspection.suspect_share.value
    bay_hours = by_hand * inspection.examination_time.mean
    bay_hours += imports * sum(
        share * customs.quarantine[goods].examination_time.mean for goods, share in checked.items()
    )
    yield StationLoad("examination", "customs.inspection.bays", bay_hours, inspection.bays.value * site, "bay-hours")


def gates(week: Week) -> Iterator[StationLoad]:
    """The lanes of trucks that fetch boxes, and of those that bring them, where these have to queue."""
    for key, terminal in week.port.terminals.items():
        gate, at = terminal.gate, f"terminals.{key}.gate"
        hours, service = open_hours(week.port.calendars[gate.calendar.value]), gate.service.mean / 60
        fetched = week.boxes(key, by_out=Mode.ROAD)
        yield StationLoad(f"gate {key}", f"{at}.lanes", fetched * service, gate.lanes.value * hours, "lane-hours")
        if week.port.traffic.cargo.bookings is not None and gate.drop_off_lanes is not None:
            lanes = gate.drop_off_lanes.value * hours
            yield StationLoad(
                f"drop-off {key}", f"{at}.drop_off_lanes", _dropped(week, key) * service, lanes, "lane-hours"
            )


def _export_scanner_share(port: Port) -> float:
    share = None if port.customs.export is None else port.customs.export.scanner_share
    return port.customs.inspection.scanner_share.value if share is None else share.value


def _dropped(week: Week, key: str) -> float:
    """Return the boxes a week that trucks bring to the lanes: those loaded straight from the truck pass by them."""
    mine = [stream for stream in week.streams if stream.terminal == key and stream.by_in is Mode.ROAD]
    return sum(stream.boxes for stream in mine if not stream.direct)


def _boxes(week: Week, flow: str) -> float:
    return sum(stream.boxes for stream in week.streams if stream.flow == flow and not stream.one_port)


def _manual_share(port: Port) -> float:
    declaration, by_officer = port.customs.declaration, port.customs.review.manual_share.value
    two_step = declaration.two_step_share.value
    return (1 - two_step) * by_officer + two_step * max(0.0, by_officer - declaration.two_step_review_cut.value)


def _selected_share(port: Port) -> float:
    traders, factor = port.customs.traders, port.customs.risk.inspection_factor.value
    return sum(share * min(1.0, traders[key].inspection_rate.value * factor) for key, share in shares(traders).items())


def _quarantine_share(port: Port) -> dict[str, float]:
    parts = shares(port.traffic.cargo.goods)
    return {key: parts[key] * q.inspection_rate.value for key, q in port.customs.quarantine.items()}


def _selected_exports(week: Week) -> float:
    return sum(
        stream.boxes * export_rate(week.port, by_rail=stream.by_out is Mode.RAIL)
        for stream in week.streams
        if stream.flow == "export" and not stream.one_port
    )
