"""What stands on the first page of the report of a run, as data. Whoever prints it adds the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

By = Literal["group", "class", "terminal", "place", "flow", "carrier"]
"""What the rows of a matrix are: groups of boxes, vessel classes, terminals, parts of the port, flows, or carriers."""

EVERY = "*"
"""In a line: each group that the result has."""


@dataclass(frozen=True)
class Journey:
    """The clocks of a flow and the stages that its boxes go through, with all their statistics."""

    title: str
    flow: str
    clocks: tuple[str, ...]
    stages: tuple[str, ...]
    group: str = "inspected"
    """Boxes of which the clocks are told apart, with the hours of their inspection."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, and the metric and statistic in it; of another flow than its row's if it says so."""

    head: str
    metric: str
    statistic: str = "mean"
    flow: str = ""


@dataclass(frozen=True)
class Matrix:
    """A table of one row per group (or class, terminal, flow); what no row has a number for is left out."""

    title: str
    by: By
    flow: str
    columns: tuple[Column, ...]


Line = tuple[str, str, str]
"""Metric, flow, group."""


@dataclass(frozen=True)
class Lines:
    """A table of one row per metric, flow and group, with all statistics that any of them has."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Desks:
    """What becomes of the hours at each desk: closed, queued, in service."""

    flow: str


Section = Matrix | Lines | Desks

JOURNEYS = (
    Journey(
        "clocks",
        "import",
        ("arrival_to_release", "arrival_to_gate_out"),
        ("unloading", "preparation", "clearance", "pick_up", "yard_dwell"),
    ),
    Journey(
        "export_clocks",
        "export",
        ("arrival_to_release", "arrival_to_departure"),
        ("preparation", "clearance", "after_release", "vessel_departure", "yard_dwell"),
    ),
)

BRIEF: tuple[tuple[Line, ...], ...] = (
    (("first_vessel", "export", "all"),),
    (("rolled_boxes", "export", "all"),),
    (("hours_lost", "export", "all"),),
    (("arrival_to_departure", "export", "direct"),),
    (("connection_time", "transhipment", "all"), ("yard_dwell", "transhipment", "all")),
    (("yard_dwell", "domestic", "all"),),
    (("yard_dwell", "empty", "all"),),
    (("onward_wait", "import", "to_barge"),),
    (("port_time", "barge", "all"),),
    (("time_to_europe", "export", "by_rail"),),
    (("time_to_europe", "export", "by_sea"),),
    (("anchorage_wait", "vessel", "all"),),
    (("berth_use", "vessel", "all"),),
    (("yard_peak_fill", "all", "all"),),
    (("truck_turn", "all", "all"), ("truck_turn", "import", "all")),
    (("found_share", "import", "all"),),
    (("co2_per_teu", "all", "all"),),
    (("charges", "import", "all"),),
    (("time_cost_low", "import", "all"),),
    (("time_cost_high", "import", "all"),),
)
"""The rest of the port, a line each; of alternatives the first that the result has."""


TERMINALS = Matrix(
    "terminals",
    "terminal",
    "vessel",
    (
        Column("calls", "calls", "count"),
        Column("anchorage", "anchorage_wait"),
        Column("direct", "direct_berthing", "value"),
        Column("berth_use", "berth_use", "value"),
        Column("yard_peak_fill", "yard_peak_fill", "value", "all"),
        Column("truck_turn", "truck_turn", "mean", "import"),
        Column("teu_year", "throughput_teu_per_year", "value", "all"),
    ),
)
"""Printed where there are several: congestion moves between terminals."""
