"""How a discharged box goes on from the port: by truck, by barge and on which line, or by sea and on which service."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.boarding import choose, line_weight, services_at
from sim.models.calls import Calls
from sim.models.cohorts import Cohorts
from sim.models.luck import Luck
from sim.port.port import Port
from sim.port.traffic import Renewal, Service
from sim.records import Column, Flow, Mode

Integers = NDArray[np.int64]
WEEK = 168.0


def onward(table: dict[str, Column], last: int, cohorts: Cohorts, luck: Luck) -> None:
    """Set by_in and by_out of the discharged boxes, rows 0 to last - 1."""
    table["by_in"][:last] = Mode.SEA
    table["by_out"][:last] = Mode.NONE
    flow = table["flow"][:last]
    u = luck("way out")[:last]
    for name, entry in cohorts.first.traffic.cargo.flows.items():
        rows = np.flatnonzero(flow == Flow[name.upper()])
        if entry.barge_share is None and entry.connection_share is None:
            table["by_out"][rows] = Mode.ROAD if name == "import" else Mode.NONE
            continue
        mine = cohorts.at(rows)
        by_sea = mine.value(lambda p, key=name: _share(p, key, "connection_share"))  # type: ignore[misc]
        by_barge = mine.value(lambda p, key=name: _share(p, key, "barge_share"))  # type: ignore[misc]
        # sea from below and barge from above, so that moving one share moves boxes to or from the road only
        ways = np.select([u[rows] < by_sea, u[rows] >= 1 - by_barge], [Mode.SEA, Mode.BARGE], Mode.ROAD)
        table["by_out"][rows] = ways


def _share(port: Port, name: str, field: str) -> float:
    share = getattr(port.traffic.cargo.flows[name], field)  # type: ignore[index]
    return 0.0 if share is None else float(share.value)


def destinations(table: dict[str, Column], last: int, calls: Calls, luck: Luck, port: Port) -> Integers:
    """Return the code of the barge line or the connecting service of each discharged box, -1 for the others.

    A connecting service is any other one at the terminal, likelier the more it loads in a week.
    """
    out = np.full(last, -1)
    by_out, terminal = table["by_out"][:last], table["terminal"][:last]
    line, connection = luck("barge line")[:last], luck("connection")[:last]
    service = calls.service[table["call"][:last]] if last else np.empty(0, dtype=np.int64)
    for code in range(len(port.terminals)):
        rows = np.flatnonzero((by_out == Mode.BARGE) & (terminal == code))
        if rows.size:
            out[rows] = choose(services_at(port, code, "basin", line_weight), line[rows])
        onto = services_at(port, code, "sea", lambda s: _weekly_load(port, s))
        for own in np.unique(service[(by_out == Mode.SEA) & (terminal == code)]).tolist():
            rows = np.flatnonzero((by_out == Mode.SEA) & (terminal == code) & (service == own))
            others = {key: weight for key, weight in onto.items() if key != own} or onto
            out[rows] = choose(others, connection[rows])
    return out


def _weekly_load(port: Port, service: Service) -> float:
    vessel = port.traffic.vessel_classes[service.vessel_class]
    calls = WEEK / service.arrivals.interval.mean if isinstance(service.arrivals, Renewal) else 1.0
    return float(calls * vessel.exchange.mean * (1 - min(1.0, vessel.discharge_share.mean)))
