"""Ports stripped to one mechanism, so that theory knows them. They run through the whole model, as any scenario does.

None of their values is of Nansha. All is open day and night, the yard has room for everything, and nothing takes time
or is drawn but what a case moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sim.port.port import Port

Tree = dict[str, Any]

UNBOUNDED = 10_000_000
"""TEU of a yard, or room of a vessel."""


def leaf(value: object, **more: Any) -> Tree:
    """Return a value as a port file gives it."""
    evidence = {"grade": "assumed", "source": "assumption", "note": "a case of theory, not of Nansha"}
    return {"value": value, **more, **evidence}


def number(value: float, unit: str, kind: str | None = None, **shape: float) -> Tree:
    """Return a quantity, with a distribution of that kind and shape if one is asked for."""
    spread = {"distribution": {"kind": kind, **shape}} if kind else {}
    return leaf(value, unit=unit, low=value, high=value, **spread)


def calendar(hours: str) -> Tree:
    """Return opening hours that are the same every day, as in "08:00-17:00"."""
    evidence = {"grade": "assumed", "source": "assumption"}
    return {"hours": {"every_day": [hours]}, "holidays": "ordinary", **evidence}


def port_with(moves: Mapping[str, Any]) -> Port:
    """Return the bare port with nodes put in their places: {"customs.export.advance_share": ...}.

    A node of None is taken away.
    """
    tree = _bare()
    for path, node in moves.items():
        *parts, last = path.split(".")
        place = tree
        for part in parts:
            place = place[part]
        if node is None:
            del place[last]
        else:
            place[last] = deepcopy(node)
    return Port.model_validate(tree)


def _bare() -> Tree:
    return {
        "zh": "理论算例",
        "en": "A case of theory",
        "calendars": {"always": calendar("00:00-24:00"), "day": calendar("08:00-17:00")},
        "public_holidays": {},
        "terminals": {"t": _terminal()},
        "customs": _customs(),
        "traffic": _traffic(),
    }


def _terminal() -> Tree:
    return {
        "zh": "码头",
        "en": "Terminal",
        "quay": {
            "length": number(100, "m"),
            "gap": number(0, "m"),
            "depth": number(20, "m"),
            "berthing": number(0, "h"),
            "unberthing": number(0, "h"),
            "service": number(1, "h"),
        },
        "cranes": {
            "count": number(1, "cranes"),
            "rate": number(30, "moves/h"),
            "interference": number(1, "ratio"),
            "availability": number(1, "share"),
            "lot": number(30, "boxes"),
        },
        "yard": {
            "dry": {"teu": number(UNBOUNDED, "TEU")},
            "reefer": {"teu": number(0, "TEU")},
            "slow_from": number(1, "share"),
            "slow_to": number(1, "ratio"),
            "recheck": number(1, "h"),
        },
        "gate": {
            "lanes": number(1, "servers"),
            "service": number(0, "min"),
            "inside": number(0, "min"),
            "calendar": leaf("always"),
        },
    }


def _customs() -> Tree:
    hour, none = number(0, "h"), number(0, "share")
    rates = {"inspection_rate": none, "export_inspection_rate": none, "infringement_rate": none}
    return {
        "manifest": hour,
        "tally": hour,
        "preparation": {
            "documents": hour,
            "documents_factor": number(1, "ratio"),
            "delivery_order_online_share": none,
            "delivery_order_online": hour,
            "delivery_order_counter": hour,
        },
        "declaration": {
            "calendar": leaf("always"),
            "advance_share": none,
            "advance_lead": hour,
            "adopter_selection": number(0, "correlation"),
            "two_step_share": none,
            "two_step_documents_factor": number(1, "ratio"),
            "two_step_review_cut": none,
            "two_step_amendment_cut": none,
            "two_step_completion": hour,
            "amendment_share": none,
            "amendment_time": hour,
        },
        "review": {
            "manual_share": none,
            "automatic_time": hour,
            "manual_time": hour,
            "officers": number(1, "servers"),
            "calendar": leaf("always"),
            "at_close": leaf("pause"),
        },
        "duty": {"payment_time": hour, "guarantee_share": none},
        "traders": {"all": rates},
        "quarantine": {},
        "risk": {"targeting_lift": number(1, "ratio"), "inspection_factor": number(1, "ratio")},
        "inspection": {
            "calendar": leaf("always"),
            "scanner_share": none,
            "scanner_booking": hour,
            "scanners": number(1, "servers"),
            "scan_time": number(0, "min"),
            "image_time": number(0, "min"),
            "suspect_share": none,
            "scan_at_close": leaf("pause"),
            "examination_booking": hour,
            "bays": number(1, "servers"),
            "examination_time": hour,
            "examination_at_close": leaf("pause"),
            "scan_detection": none,
            "examination_detection": none,
        },
        "laboratory": {"turnaround": hour, "conditional_removal": leaf(False)},
        "pick_up": {
            "delay": hour,
            "spread": hour,
            "shipside_share": none,
            "shipside_time": number(0, "min"),
        },
        "export": {
            "preparation": hour,
            "advance_share": none,
            "advance_lead": hour,
            "arrival_report": hour,
            "manual_share": none,
            "automatic_time": hour,
            "manual_time": hour,
            "direct_share": none,
            "direct_time": hour,
        },
    }


def _traffic() -> Tree:
    none = number(0, "share")
    vessel = {
        "zh": "船",
        "en": "Vessel",
        "loa": number(100, "m"),
        "beam": number(10, "m"),
        "draft": number(5, "m"),
        "capacity": number(UNBOUNDED, "TEU"),
        "cranes": number(1, "cranes"),
        "pilots": number(1, "servers"),
        "tugs": number(1, "servers"),
        "exchange": number(1, "boxes"),
        "discharge_share": number(0, "share"),
    }
    calls = {"process": "renewal", "interval": number(1, "h", "exponential")}
    return {
        "vessel_classes": {"vessel": vessel},
        "services": {"line": {"terminal": "t", "vessel_class": "vessel", "arrivals": calls}},
        "cargo": {
            "flows": {"empty": {"stay": number(0, "h")}},
            "goods": {"dry": {"reefer_share": none}},
            "forty_foot_share": none,
            "dutiable_share": none,
            "bonded_share": none,
        },
    }


BOOKINGS = {
    "flows": {"export": {"barge_share": number(0, "share")}},
    "connection_room": number(0, "share"),
    "room": number(1, "ratio"),
    "road_lead": number(0, "h"),
    "barge_lead": number(0, "h"),
    "cut_off": number(0, "h"),
    "list_interval": number(168, "h"),
}
"""Export boxes that come by truck and are let in week by week, which does not move the hour at which each comes."""
