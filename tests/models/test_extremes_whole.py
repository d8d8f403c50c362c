"""The same of the port with all flows: whatever it accepts, the model runs, and no box is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from sim.metrics.conservation import conservation
from sim.models import impossibilities, offered_loads, simulate
from sim.port.port import Port
from tests.models.ports import always, horizon, whole_port_with
from tests.models.test_extremes import PATHS, accepted, quantities
from tests.small_port import leaf, number, share, whole_small_port_tree

TREE = whole_small_port_tree()
OWN = [
    path
    for path in quantities(TREE)
    # what the model does not read, and the terminal at which nothing calls
    if path not in set(PATHS) and path[0] not in {"energy", "costs"} and "nansha_v" not in path
]
FACTORS = (0.0, 20.0)


def check(port: Port, days: int) -> None:
    """Fail unless the port runs, and says what cannot go well."""
    assert all(problem.remedy for problem in impossibilities(port))
    assert all(load.load >= 0 for load in offered_loads(port))
    assert conservation(simulate(always(port), horizon(days), 1, 0)) == []


@pytest.mark.long
@pytest.mark.parametrize("path", OWN, ids=".".join)
def test_any_accepted_number_runs(path: tuple[str, ...]) -> None:
    for port in accepted(TREE, path, FACTORS):
        check(port, days=6)


BOOKINGS = "traffic__cargo__bookings"
NOBODY_LEADS = {f"{BOOKINGS}__{way}_lead": number(0, "h") for way in ("road", "barge", "one_port")}
AT_ONCE = {"customs__export__advance_lead": number(0, "h"), "customs__export__direct_share": share(1)}
PORTS: dict[str, dict[str, Any]] = {
    "vessels only discharge": {"traffic__vessel_classes__feeder__discharge_share": share(1)},
    "vessels only load": {"traffic__vessel_classes__feeder__discharge_share": share(0)},
    "lines without weight": {f"traffic__services__river_{k}__weight": number(0, "ratio") for k in "ab"},
    "no room": {f"{BOOKINGS}__room": 0},
    "nothing booked": {f"{BOOKINGS}__connection_room": 1},
    "all come with their vessel": NOBODY_LEADS | AT_ONCE,
    "all come months before": {key: number(3000, "h") for key in NOBODY_LEADS},
    "papers after their vessel": NOBODY_LEADS | AT_ONCE | {"customs__export__direct_time": number(90, "h")},
    "all by one port and by train": {
        f"{BOOKINGS}__one_port_share": 1,
        f"{BOOKINGS}__flows__export__barge_share": 1,
        f"{BOOKINGS}__europe_share": 1,
    },
    "one list": {f"{BOOKINGS}__list_interval": number(1000, "h")},
    "shuttles every minute": {"rail__shuttle_mode": leaf("rail"), "rail__shuttle_interval": number(1 / 60, "h")},
    "berth service given": {
        "terminals__t1__quay__service": number(10, "h"),
        "terminals__t1__basin__quay__service": number(3, "h"),
    },
    "papers never ready": {
        "customs__export__preparation": number(20_000, "h"),
        "customs__export__advance_share": 0,
        "customs__transhipment__approval": number(20_000, "h"),
        "customs__transhipment__automatic_share": 0,
    },
    "all in transit": {
        "traffic__cargo__flows": {
            "import": {"share": share(0)},
            "transhipment": {"stay": number(0, "h"), "connection_share": share(1)},
        },
        f"{BOOKINGS}__flows": {"transhipment": {"barge_share": share(0)}},
    },
}


@pytest.mark.parametrize("name", PORTS)
def test_ports_that_are_odd_in_several_ways_run(name: str) -> None:
    check(whole_port_with(**PORTS[name]), days=24)


def test_the_numbers_are_those_of_the_whole_port() -> None:
    assert len(OWN) > 100
    for path in (
        ("rail", "cut_off"),
        ("customs", "export", "advance_share"),
        ("terminals", "t1", "basin", "cranes", "lot"),
    ):
        assert path in OWN
