"""Whether the parts of a port fit together: names that point somewhere, shares that add up, parts that need others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.port.port import Port
    from sim.port.traffic import Bookings
    from sim.port.units import Quantity

Wrong = tuple[str, str]
"""Dotted path, and what is wrong there."""


def unknown_names(port: Port) -> Iterator[Wrong]:
    """Yield every name that points nowhere."""
    for key, service in port.traffic.services.items():
        path = f"traffic.services.{key}"
        if service.terminal not in port.terminals:
            yield f"{path}.terminal", f"terminal {service.terminal!r} is not in the port"
        elif service.berth == "basin" and port.terminals[service.terminal].basin is None:
            yield f"{path}.berth", f"terminal {service.terminal!r} has no barge basin"
        if service.vessel_class not in port.traffic.vessel_classes:
            yield f"{path}.vessel_class", f"vessel class {service.vessel_class!r} is not described"
    for path, name in _calendars(port).items():
        if name not in port.calendars:
            yield path, f"calendar {name!r} is not described"
    for goods in port.customs.quarantine:
        if goods not in port.traffic.cargo.goods:
            yield f"customs.quarantine.{goods}", "is not a kind of goods in traffic.cargo.goods"
    engines = {} if port.energy is None else port.energy.engines
    for name in sorted(engines.keys() - port.traffic.vessel_classes.keys()):
        yield f"energy.engines.{name}", f"vessel class {name!r} is not described"


def _calendars(port: Port) -> dict[str, str]:
    """Return dotted path -> name of every calendar that the port reads."""
    customs = port.customs
    named = {
        "customs.declaration.calendar": customs.declaration.calendar.value,
        "customs.review.calendar": customs.review.calendar.value,
        "customs.inspection.calendar": customs.inspection.calendar.value,
    }
    if customs.transhipment is not None:
        named["customs.transhipment.calendar"] = customs.transhipment.calendar.value
    return named | {f"terminals.{key}.gate.calendar": t.gate.calendar.value for key, t in port.terminals.items()}


def shares(port: Port) -> Iterator[Wrong]:
    """Yield where shares do not leave exactly one remainder, or a stay is out of place."""
    cargo = port.traffic.cargo
    classes: dict[str, list[Quantity | None]] = {
        "customs.traders": [entry.share for entry in port.customs.traders.values()],
        "traffic.cargo.flows": [entry.share for entry in cargo.flows.values()],
        "traffic.cargo.goods": [entry.share for entry in cargo.goods.values()],
    }
    if cargo.bookings is not None:
        classes["traffic.cargo.bookings.flows"] = [entry.share for entry in cargo.bookings.flows.values()]
    for path, parts in classes.items():
        total = sum(share.value for share in parts if share is not None)
        rest = sum(share is None for share in parts)
        if rest != 1:
            yield path, f"exactly one entry must have no share (it takes the rest), here {rest}"
        elif total > 1 + 1e-12:
            yield path, f"shares add up to {total:g}, more than 1"
    for name, flow in cargo.flows.items():
        path = f"traffic.cargo.flows.{name}"
        if (flow.stay is None) != (name == "import"):
            yield path, "stay is needed for every flow but import, and only there"
        ways = [share.value for share in (flow.barge_share, flow.connection_share) if share is not None]
        if sum(ways) > 1 + 1e-12:
            yield path, f"barge_share and connection_share add up to {sum(ways):g}, more than 1"
        if flow.connection_share is not None and (name != "transhipment" or cargo.bookings is None):
            yield f"{path}.connection_share", "only transhipment goes on by sea, and only where bookings are described"


def missing_parts(port: Port) -> Iterator[Wrong]:
    """Yield every part that asks for another which is not there."""
    cargo = port.traffic.cargo
    transhipment = cargo.flows.get("transhipment")
    if transhipment is not None and _ways(transhipment) and port.customs.transhipment is None:
        yield "traffic.cargo.flows.transhipment", "customs.transhipment is missing: nothing says how it is released"
    if cargo.bookings is not None:
        yield from _for_bookings(port, cargo.bookings)
    else:
        for name, flow in cargo.flows.items():
            if flow.barge_share is not None and flow.barge_share.value > 0:
                yield (
                    f"traffic.cargo.flows.{name}.barge_share",
                    "traffic.cargo.bookings is missing: without its loading lists nothing is put on a barge",
                )
    europe = cargo.bookings is not None and cargo.bookings.europe_share is not None
    if port.rail is not None and not europe:
        yield "rail", "traffic.cargo.bookings.europe_share is missing: nothing says what goes to Europe"
    if port.rail is None and europe:
        yield "traffic.cargo.bookings.europe_share", "the port has no rail: describe rail, or leave europe_share out"
    yield from _barge_lines(port)


def _for_bookings(port: Port, bookings: Bookings) -> Iterator[Wrong]:
    path = "traffic.cargo.bookings"
    if "export" in bookings.flows and port.customs.export is None:
        yield f"{path}.flows.export", "customs.export is missing: nothing says how exports are cleared"
    if "transhipment" in bookings.flows and port.customs.transhipment is None:
        yield f"{path}.flows.transhipment", "customs.transhipment is missing: nothing says how it is released"
    if (bookings.one_port_share is None) != (bookings.one_port_lead is None):
        yield path, "one_port_share and one_port_lead go together: give both or neither"
    for key, trader in port.customs.traders.items() if "export" in bookings.flows else ():
        if trader.export_inspection_rate is None:
            yield f"customs.traders.{key}", "export_inspection_rate is missing, and exports are booked"


def _ways(flow: object) -> bool:
    return getattr(flow, "barge_share", None) is not None or getattr(flow, "connection_share", None) is not None


def _barge_lines(port: Port) -> Iterator[Wrong]:
    """Yield every terminal at which vessels call whose boxes come or go by barge, and no barge line does."""
    cargo = port.traffic.cargo
    by_barge = [flow.barge_share for flow in cargo.flows.values()]
    if cargo.bookings is not None:
        by_barge += [flow.barge_share for flow in cargo.bookings.flows.values()]
    if not any(share is not None and share.value > 0 for share in by_barge):
        return
    services = port.traffic.services.values()
    lines = {service.terminal for service in services if service.berth == "basin"}
    for key in dict.fromkeys(service.terminal for service in services if service.berth == "sea"):
        if key not in lines and key in port.terminals:
            yield f"terminals.{key}", "boxes come or go by barge, and no barge line calls here"
