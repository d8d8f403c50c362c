"""The small ports with some values moved, and short horizons."""

from __future__ import annotations

import datetime
from typing import Any

from sim.port.port import Horizon, Port, PortTimeline
from tests.small_port import leaf, number, share, small_port_tree, whole_small_port_tree

MONDAY = datetime.date(2021, 3, 1)
Tree = dict[str, Any]


def port_with(**moves: Any) -> Port:
    """Return the small port with nodes replaced: customs__tally={...} is the path customs.tally.

    A number replaces the value of the leaf at that path; None takes the node away.
    """
    return _moved(small_port_tree(), moves)


def whole_port_with(**moves: Any) -> Port:
    """Return the small port with all flows, with nodes replaced in the same way."""
    return _moved(whole_small_port_tree(), moves)


def _moved(tree: Tree, moves: Tree) -> Port:
    for path, new in moves.items():
        node, parts = tree, path.split("__")
        for part in parts[:-1]:
            node = node[part]
        if new is None:
            node.pop(parts[-1], None)
        elif isinstance(new, dict) or not isinstance(node.get(parts[-1]), dict):
            node[parts[-1]] = new
        else:
            node[parts[-1]] = {**node[parts[-1]], "value": new}
    return Port.model_validate(tree)


def at(time: str) -> Tree:
    """Return a weekly call at just that time."""
    return {"process": "weekly", "at": leaf(time), "deviation": number(0, "h")}


def lone_port(**moves: Any) -> Port:
    """Return the small port with all flows where all is fixed: one vessel and one barge a week, at terminal t1.

    The vessel comes on Tuesday 08:00, discharges 80 empty boxes that go on by barge 20 h later, and has 75 domestic
    boxes booked that trucks bring 60 h before her. The barge comes on Saturday 10:00. All boxes are dry and of 1 TEU.
    """
    fixed = {
        "channel": None,
        "marine": None,
        "rail": None,
        "traffic__cargo__bookings__europe_share": None,
        "traffic__services": {
            "sea": {"terminal": "t1", "vessel_class": "feeder", "arrivals": at("tue 08:00"), "berth": "sea"},
            "river": {"terminal": "t1", "vessel_class": "barge", "arrivals": at("sat 10:00"), "berth": "basin"},
        },
        "traffic__vessel_classes__feeder__exchange": number(160, "boxes"),
        "traffic__cargo__flows": {"empty": {"stay": number(20, "h"), "barge_share": share(1)}},
        "traffic__cargo__bookings__flows": {"domestic": {"barge_share": share(0)}},
        "traffic__cargo__bookings__road_lead": number(60, "h"),
        "traffic__cargo__bookings__barge_lead": number(80, "h"),
        "traffic__cargo__goods": {"general": {"reefer_share": share(0)}},
        "traffic__cargo__forty_foot_share": share(0),
        "customs__quarantine": {},
        "terminals__t1__cranes__rate": number(28, "moves/h"),
        "terminals__t1__basin__cranes__rate": number(22, "moves/h"),
        "terminals__t1__gate__service": number(2, "min"),
    }
    return whole_port_with(**(fixed | moves))


def always(port: Port) -> PortTimeline:
    """Return the timeline in which one port holds throughout."""
    return PortTimeline((0.0,), (port,))


def horizon(days: int, warm_up: int = 0) -> Horizon:
    """Return a horizon from a Monday without cool-down."""
    return Horizon(start=MONDAY, warm_up_days=warm_up, days=days, cool_down_days=0)
