"""A small, fast, complete port for tests: one terminal, two services, most boxes imports; class names of phase IV."""

from __future__ import annotations

import json
from typing import Any

from sim.port.port import Port

Tree = dict[str, Any]


def leaf(value: object, **more: Any) -> Tree:
    """Return a value with a grade and a source that need no range."""
    return {"value": value, **more, "grade": "known", "source": "knowledge"}


def number(value: float, unit: str, kind: str | None = None, **shape: float) -> Tree:
    """Return a quantity, with a distribution of that kind and shape if one is asked for."""
    spread = {"distribution": {"kind": kind, **shape}} if kind else {}
    return leaf(value, unit=unit, **spread)


def share(value: float) -> Tree:
    """Return a share."""
    return number(value, "share")


def small_port_tree() -> Tree:
    """Return the small port as plain data, as a YAML file would give it; a new one at every call."""
    evidence = {"grade": "known", "source": "knowledge"}
    return {
        "zh": "小港",
        "en": "Small port",
        "calendars": {
            "office_5d": {"hours": {"mon_fri": ["08:30-17:30"]}, "holidays": "closed", **evidence},
            "office_7d": {"hours": {"every_day": ["08:30-17:30"]}, "holidays": "ordinary", **evidence},
            "broker": {"hours": {"every_day": ["08:30-20:00"]}, "holidays": "ordinary", **evidence},
            "gate_day": {"hours": {"every_day": ["06:00-22:00"]}, "holidays": "ordinary", **evidence},
            "h24": {"hours": {"every_day": ["00:00-24:00"]}, "holidays": "ordinary", **evidence},
        },
        "public_holidays": {
            "2021": {"closed": ["2021-01-01..2021-01-03"], "make_up": ["2021-02-07"], **evidence},
        },
        "channel": {
            "reaches": {"outer": {"length": number(40, "km"), "speed_limit": number(14, "kn")}},
            "speed": number(12, "kn"),
            "headway": number(10, "min"),
            "meeting_beam_sum": number(60, "m"),
            "depth": number(15, "m"),
            "under_keel_clearance": share(0.1),
        },
        "marine": {"pilots": number(2, "servers"), "tugs": number(3, "servers")},
        "terminals": {"t1": _terminal()},
        "customs": _customs(),
        "traffic": _traffic(),
    }


def _terminal() -> Tree:
    return {
        "zh": "一号码头",
        "en": "Terminal 1",
        "quay": {
            "length": number(500, "m"),
            "gap": number(15, "m"),
            "depth": number(15, "m"),
            "berthing": number(1, "h"),
            "unberthing": number(0.5, "h"),
        },
        "cranes": {
            "count": number(4, "cranes"),
            "rate": number(28, "moves/h", "lognormal_mean", cv=0.2),
            "interference": number(0.9, "ratio"),
            "availability": share(0.95),
            "lot": number(30, "boxes"),
        },
        "yard": {
            "dry": {"teu": number(3000, "TEU")},
            "reefer": {"teu": number(400, "TEU")},
            "slow_from": share(0.8),
            "slow_to": number(0.6, "ratio"),
            "recheck": number(0.5, "h"),
        },
        "gate": {
            "lanes": number(2, "servers"),
            "service": number(2, "min", "exponential"),
            "inside": number(30, "min", "lognormal_mean", cv=0.5),
            "calendar": leaf("gate_day"),
        },
    }


def _customs() -> Tree:
    return {
        "manifest": number(96, "h"),
        "tally": number(0.5, "h"),
        "preparation": {
            "documents": number(20, "h", "lognormal", sigma=0.9),
            "documents_factor": number(1, "ratio"),
            "delivery_order_online_share": share(0.3),
            "delivery_order_online": number(0.5, "h"),
            "delivery_order_counter": number(4, "h"),
        },
        "declaration": {
            "calendar": leaf("broker"),
            "advance_share": share(0.3),
            "advance_lead": number(30, "h", "lognormal", sigma=0.6),
            "adopter_selection": number(0.47, "correlation"),
            "two_step_share": share(0.1),
            "two_step_documents_factor": number(0.6, "ratio"),
            "two_step_review_cut": share(0.15),
            "two_step_amendment_cut": share(0.06),
            "two_step_completion": number(240, "h"),
            "amendment_share": share(0.08),
            "amendment_time": number(8, "h"),
        },
        "review": {
            "manual_share": share(0.25),
            "automatic_time": number(0.1, "h"),
            "manual_time": number(1.5, "h", "gamma", shape=2),
            "officers": number(3, "servers"),
            "calendar": leaf("office_7d"),
            "at_close": leaf("pause"),
        },
        "duty": {"payment_time": number(2, "h"), "guarantee_share": share(0.25)},
        "traders": {
            "aeo": {
                "share": share(0.22),
                "inspection_rate": share(0.006),
                "infringement_rate": share(0.005),
                "priority": number(3, "rank"),
            },
            "ordinary": {"inspection_rate": share(0.035), "infringement_rate": share(0.02)},
            "discredited": {
                "share": share(0.01),
                "inspection_rate": share(0.85),
                "infringement_rate": share(0.1),
            },
        },
        "quarantine": {
            "food": {
                "inspection_rate": share(0.3),
                "booking": number(28, "h"),
                "examination_time": number(1.5, "h"),
                "sampling_rate": share(0.3),
            }
        },
        "risk": {"targeting_lift": number(4, "ratio"), "inspection_factor": number(1, "ratio")},
        "inspection": {
            "calendar": leaf("office_5d"),
            "scanner_share": share(0.5),
            "scanner_booking": number(6, "h"),
            "scanners": number(1, "servers"),
            "scan_time": number(3, "min"),
            "image_time": number(30, "min"),
            "suspect_share": share(0.1),
            "scan_at_close": leaf("finish"),
            "examination_booking": number(20, "h"),
            "bays": number(3, "servers"),
            "examination_time": number(4, "h", "gamma", shape=4),
            "examination_at_close": leaf("pause"),
            "scan_detection": share(0.6),
            "examination_detection": share(0.9),
        },
        "laboratory": {"turnaround": number(120, "h"), "conditional_removal": leaf(False)},
        "pick_up": {
            "delay": number(30, "h", "lognormal", sigma=0.9),
            "spread": number(5, "h"),
            "shipside_share": share(0.05),
            "shipside_time": number(6.5, "min"),
        },
    }


def _traffic() -> Tree:
    vessel = {
        "zh": "支线船",
        "en": "Feeder",
        "loa": number(150, "m"),
        "beam": number(25, "m"),
        "draft": number(8, "m"),
        "capacity": number(1100, "TEU"),
        "cranes": number(2, "cranes"),
        "pilots": number(1, "servers"),
        "tugs": number(1, "servers"),
        "exchange": number(160, "boxes", "lognormal_mean", cv=0.2),
        "discharge_share": share(0.5),
    }
    where = {"terminal": "t1", "vessel_class": "feeder"}
    weekly = {"process": "weekly", "at": leaf("tue 08:00"), "deviation": number(24, "h")}
    renewal = {"process": "renewal", "interval": number(60, "h", "exponential")}
    return {
        "vessel_classes": {"feeder": vessel},
        "services": {"north": {**where, "arrivals": weekly}, "south": {**where, "arrivals": renewal}},
        "cargo": {
            "flows": {
                "import": {"share": share(0.8)},
                "transhipment": {"share": share(0.1), "stay": number(100, "h")},
                "domestic": {"share": share(0.05), "stay": number(70, "h")},
                "empty": {"stay": number(190, "h")},
            },
            "goods": {
                "general": {"reefer_share": share(0.02)},
                "food": {"share": share(0.1), "reefer_share": share(0.6)},
            },
            "forty_foot_share": share(0.6),
            "dutiable_share": share(0.8),
            "bonded_share": share(0.1),
        },
    }


def small_port() -> Port:
    """Return the small port, checked as strictly as a file."""
    return Port.model_validate_json(json.dumps(small_port_tree()), strict=True)
