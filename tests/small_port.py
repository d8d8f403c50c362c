"""A small, fast, complete port for tests: one terminal, two services, most boxes imports; class names of phase IV.

And the same with all flows: exports, barges, transhipment, rail, three terminals.
"""

from __future__ import annotations

import json
from copy import deepcopy
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


def whole_small_port_tree() -> Tree:
    """Return the small port with all flows as plain data: exports and barges, three terminals, rail, energy, costs.

    Terminals t1 and nansha_iv work; nansha_v is described and nothing calls there. One box in three comes or goes by
    barge; the barges have room for three times as much, the trains for one and a half times what is sent by them.
    """
    tree = small_port_tree()
    tree["zh"], tree["en"] = "小港（全流程）", "Small port, all flows"
    first = tree["terminals"]["t1"]
    first["basin"] = _basin()
    first["yard"]["empty"] = {"teu": number(2000, "TEU")}
    first["gate"] |= {"drop_off_lanes": number(2, "servers"), "stop_from": share(0.95)}
    for key, words in {"nansha_iv": ("四期", "Phase IV"), "nansha_v": ("五期", "Phase V")}.items():
        tree["terminals"][key] = {**deepcopy(first), "zh": words[0], "en": words[1]}
    _with_all_flows(tree["traffic"])
    _with_export(tree["customs"])
    return {**tree, "rail": _rail(), "energy": _energy(), "costs": _costs()}


def _basin() -> Tree:
    return {
        "quay": {
            "length": number(200, "m"),
            "gap": number(5, "m"),
            "depth": number(6, "m"),
            "berthing": number(0.3, "h"),
            "unberthing": number(0.3, "h"),
        },
        "cranes": {
            "count": number(2, "cranes"),
            "rate": number(22, "moves/h", "lognormal_mean", cv=0.25),
            "interference": number(0.9, "ratio"),
            "availability": share(0.95),
            "lot": number(15, "boxes"),
        },
    }


def _with_all_flows(traffic: Tree) -> None:
    barge = deepcopy(traffic["vessel_classes"]["feeder"]) | {
        "zh": "驳船",
        "en": "Barge",
        "loa": number(50, "m"),
        "beam": number(13, "m"),
        "draft": number(3, "m"),
        "capacity": number(100, "TEU"),
        "cranes": number(1, "cranes"),
        "exchange": number(40, "boxes"),
    }
    traffic["vessel_classes"]["barge"] = barge

    def every(hours: float, terminal: str, vessel: str, berth: str) -> Tree:
        arrivals = {"process": "renewal", "interval": number(hours, "h", "erlang", phases=2)}
        return {"terminal": terminal, "vessel_class": vessel, "arrivals": arrivals, "berth": berth}

    traffic["services"] |= {
        "east": every(90, "nansha_iv", "feeder", "sea"),
        "west": every(110, "nansha_iv", "feeder", "sea"),
        "river_a": every(40, "t1", "barge", "basin") | {"weight": number(2, "ratio")},
        "river_b": every(60, "t1", "barge", "basin") | {"weight": number(1, "ratio")},
        "river_c": every(40, "nansha_iv", "barge", "basin"),
    }
    cargo = traffic["cargo"]
    cargo["flows"] = {
        "import": {"share": share(0.5), "barge_share": share(0.2)},
        "transhipment": {
            "share": share(0.2),
            "stay": number(60, "h"),
            "barge_share": share(0.5),
            "connection_share": share(0.3),
        },
        "domestic": {"share": share(0.1), "stay": number(70, "h"), "barge_share": share(0.5)},
        "empty": {"stay": number(190, "h"), "barge_share": share(0.3)},
    }
    cargo["bookings"] = {
        "flows": {
            "export": {"share": share(0.6), "barge_share": share(0.3)},
            "transhipment": {"share": share(0.15), "barge_share": share(1)},
            "domestic": {"share": share(0.1), "barge_share": share(0.5)},
            "empty": {"barge_share": share(0.4)},
        },
        "connection_room": share(0.06),
        "room": number(1.3, "ratio"),
        "road_lead": number(90, "h", "gamma", shape=4),
        "barge_lead": number(168, "h", "gamma", shape=8),
        "cut_off": number(24, "h"),
        "list_interval": number(6, "h"),
        "europe_share": share(0.2),
        "one_port_share": share(0.02),
        "one_port_lead": number(48, "h", "gamma", shape=8),
    }


def _with_export(customs: Tree) -> None:
    for key, rate in {"aeo": 0.004, "ordinary": 0.02, "discredited": 0.5}.items():
        customs["traders"][key]["export_inspection_rate"] = share(rate)
    customs["export"] = {
        "preparation": number(14, "h", "lognormal", sigma=1.05),
        "advance_share": share(0.6),
        "advance_lead": number(24, "h"),
        "arrival_report": number(0.5, "h"),
        "manual_share": share(0.1),
        "automatic_time": number(0.1, "h"),
        "manual_time": number(1, "h", "gamma", shape=2),
        "direct_share": share(0.02),
        "direct_time": number(2, "h"),
    }
    customs["transhipment"] = {
        "automatic_share": share(0.4),
        "approval": number(4, "h", "gamma", shape=2),
        "calendar": leaf("office_7d"),
        "transfer": number(4, "h", "triangular", min=3, max=5),
    }


def _rail() -> Tree:
    return {
        "trains_per_week": number(2, "trains/week"),
        "first_train": leaf("wed 20:00"),
        "capacity": number(60, "TEU"),
        "cut_off": number(6, "h"),
        "seamless": leaf(False),
        "sea_share": share(0.4),
        "wait": number(12, "h"),
        "shuttle_mode": leaf("truck"),
        "shuttle_interval": number(24, "h"),
        "shuttle": number(2.5, "h", "triangular", min=1.5, max=4),
        "declaration": number(5.22, "h", "exponential"),
        "inspection_rate": share(0.03),
        "statutory_share": share(0.1),
        "statutory_inspection_rate": share(0.1),
        "inspection": number(12, "h"),
        "transit": number(348, "h"),
        "sea_transit": number(840, "h"),
    }


def _energy() -> Tree:
    loads = {"feeder": (600, 820, 1320, 290), "barge": (60, 60, 120, 0)}
    names = ("berth", "anchor", "manoeuvre", "boiler")
    return {
        "engines": {
            vessel: {name: number(load, "kW") for name, load in zip(names, of, strict=True)}
            for vessel, of in loads.items()
        },
        "auxiliary_co2": number(0.696, "kg/kWh"),
        "auxiliary_nox": number(10.5, "g/kWh"),
        "boiler_co2": number(0.962, "kg/kWh"),
        "grid_co2": number(0.4042, "kg/kWh"),
        "shore_power_share": share(0.18),
        "quay_crane": number(8, "kWh/move"),
        "barge_crane": number(4, "kWh/move"),
        "yard": number(10, "kWh/move"),
        "truck_idle_co2": number(6.2, "kg/h"),
        "truck_idle_nox": number(50, "g/h"),
    }


def _costs() -> Tree:
    return {
        "free_storage": number(7, "d"),
        "storage": number(20, "CNY/box/d"),
        "free_demurrage": number(10, "d"),
        "demurrage": number(100, "CNY/box/d"),
        "examination_fee": number(800, "CNY/box"),
        "scan_fee": number(200, "CNY/box"),
        "waived_when_clean": share(1),
        "value_of_goods": number(200000, "CNY/TEU"),
        "holding": number(0.0002, "share/d"),
        "willingness": number(0.006, "share/d"),
    }


def whole_small_port() -> Port:
    """Return the small port with all flows, checked as strictly as a file."""
    return Port.model_validate_json(json.dumps(whole_small_port_tree()), strict=True)
