"""What `nansha run --full` adds to the first page, in its order, as data."""

from __future__ import annotations

from sim.cli.layout import EVERY, Column, Desks, Lines, Matrix, Section


def _value(head: str, metric: str) -> Column:
    return Column(head, metric, "value")


def _groups(flow: str, head: str, end: str) -> Matrix:
    clocks = (
        Column("count", "arrival_to_release", "count"),
        Column("release", "arrival_to_release"),
        Column("p95", "arrival_to_release", "p95"),
        Column(head, end),
        Column("p95", end, "p95"),
    )
    return Matrix(f"groups_{flow}", "group", flow, clocks)


def _detection(flow: str) -> Matrix:
    columns = (
        _value("inspected", "inspected_share"),
        _value("selected", "selected_share"),
        Column("found", "infringements_found", "count"),
        Column("missed", "infringements_missed", "count"),
        _value("found_share", "found_share"),
    )
    return Matrix(f"detection_{flow}", "group", flow, columns)


def _cost(flow: str, *own: str) -> Matrix:
    names = ("storage_charge", *own, "inspection_fee", "charges", "time_cost_low", "time_cost_high")
    columns = (Column("count", "charges", "count"), *(Column(name, name) for name in names))
    return Matrix(f"cost_{flow}", "group", flow, columns)


def _ships(gas: str, *names: str) -> Matrix:
    return Matrix(gas, "carrier", "", tuple(_value(f"at_{name}", f"{gas}_{name}") for name in names))


ROLLING = Matrix(
    "rolling",
    "group",
    "export",
    (
        _value("first_vessel", "first_vessel"),
        Column("rolled", "rolled_boxes", "count"),
        Column("hours_lost", "hours_lost"),
        Column("p95", "hours_lost", "p95"),
    ),
)
OTHER = Lines(
    "other",
    (
        ("connection_time", "transhipment", EVERY),
        ("transfer_time", "transhipment", EVERY),
        *(
            (metric, flow, "all")
            for flow in ("transhipment", "domestic", "empty")
            for metric in ("yard_dwell", "first_vessel", "rolled_boxes", "hours_lost")
        ),
        *(("onward_wait", flow, EVERY) for flow in ("import", "transhipment", "domestic", "empty")),
    ),
)
RAIL = Lines(
    "rail",
    (
        *(
            (metric, "train", "all")
            for metric in ("trains", "train_boxes", "filling", "left_boxes", "departed_on_time")
        ),
        ("train_wait", "export", "by_rail"),
        ("declaration_to_release", "export", EVERY),
    ),
)
EUROPE = Matrix(
    "europe",
    "group",
    "export",
    (
        Column("count", "europe_port_dwell", "count"),
        Column("port_dwell", "europe_port_dwell"),
        Column("p95", "europe_port_dwell", "p95"),
        Column("to_departure", "europe_to_departure"),
        Column("p95", "europe_to_departure", "p95"),
        Column("to_europe", "time_to_europe"),
        Column("p95", "time_to_europe", "p95"),
    ),
)
CLASSES = Matrix(
    "classes",
    "class",
    "vessel",
    (
        Column("calls", "calls", "count"),
        Column("anchorage", "anchorage_wait"),
        Column("p95", "anchorage_wait", "p95"),
        _value("direct", "direct_berthing"),
        Column("berth_time", "berth_time"),
        Column("port_time", "port_time"),
        _value("crane_rate", "moves_per_crane_hour"),
        Column("yard_stop", "yard_stop"),
        Column("left", "left_boxes", "count"),
    ),
)
BARGES = Matrix(
    "barges",
    "class",
    "barge",
    (
        Column("calls", "calls", "count"),
        Column("barge_wait", "berth_wait"),
        Column("p95", "berth_wait", "p95"),
        Column("port_time", "port_time"),
        _value("on_time", "departed_on_time"),
        _value("berth_use", "berth_use"),
        Column("filling_in", "filling_in"),
        Column("filling", "filling"),
        Column("left", "left_boxes", "count"),
    ),
)
YARD = Matrix(
    "yard",
    "place",
    "all",
    tuple(_value(name, name) for name in ("yard_peak", "yard_peak_fill", "yard_mean", "yard_mean_fill")),
)
GATE = Lines(
    "gate",
    (
        ("truck_turn", "import", EVERY),
        ("truck_turn", "all", EVERY),
        ("truck_delivery", "all", EVERY),
        ("gate_stopped", "all", EVERY),
    ),
)
WAYS = tuple(
    Column(f"{way}_boxes", f"{way}_boxes", "count")
    for way in ("quay_in", "quay_out", "barge_quay_in", "barge_quay_out", "gate_in", "gate_out", "rail", "gone")
)
BALANCE = ("inside_start", "in", "out", "inside_end", "difference")
EMISSIONS = Lines(
    "emissions",
    tuple(
        (metric, "all", "all")
        for metric in (
            *("co2_cranes", "co2_yard", "co2_trucks", "co2_total", "co2_per_teu"),
            *("nox_trucks", "nox_total", "nox_per_teu"),
        )
    ),
)

FULL: tuple[Section, ...] = (
    _groups("import", "gate_out", "arrival_to_gate_out"),
    Desks("import"),
    _groups("export", "departure", "arrival_to_departure"),
    ROLLING,
    Desks("export"),
    OTHER,
    RAIL,
    EUROPE,
    CLASSES,
    BARGES,
    Matrix("throughput", "flow", "", WAYS),
    Matrix("balance", "flow", "", tuple(Column(name, "reconciliation", name) for name in BALANCE)),
    YARD,
    GATE,
    Lines("stations", tuple((metric, "all", EVERY) for metric in ("station_use", "desk_work", "desk_hours"))),
    _detection("import"),
    _detection("export"),
    _ships("co2", "anchor", "manoeuvre", "berth", "shore_power", "ships"),
    _ships("nox", "anchor", "manoeuvre", "berth", "ships"),
    EMISSIONS,
    _cost("import", "demurrage_charge"),
    _cost("export"),
)
