"""The tables of a run and of a comparison, as data: which rows, in which order. Who prints them adds the words.

Every row names one number: metric, flow, group, statistic, unit. It stands in the first section that asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sim.experiment.compare import Effect, Summary, compare, summarise
from sim.experiment.result import Key, ScenarioResult

Cell = TypeVar("Cell", Summary, Effect)

SPREAD = ("mean", "p50", "p90", "p95")
COUNTED = (*SPREAD, "count", "unfinished")
CLOCK = (*SPREAD, "within_24h", "within_48h", "count", "unfinished")
CLOCKS = ("arrival_to_release", "arrival_to_gate_out")
STAGES = ("unloading", "preparation", "clearance", "pick_up")
EXPORT_CLOCKS = ("arrival_to_release", "arrival_to_departure")
EXPORT_STAGES = ("preparation", "clearance", "after_release", "vessel_departure")
OTHER_FLOWS = ("transhipment", "domestic", "empty")
FLOWS = ("import", "export", *OTHER_FLOWS)
PARTS = ("closed", "queued", "service")
DESKS = tuple(f"{desk}_{part}" for desk in ("review", "scan", "examine", "gate") for part in PARTS)
DESK_METRICS = ("lodge_closed", *DESKS[:9], "pickup_closed", *DESKS[9:])
WAYS = tuple(
    f"{way}_boxes" for way in ("quay_in", "quay_out", "barge_quay_in", "barge_quay_out", "gate_in", "gate_out")
)
CHARGES = ("storage_charge", "demurrage_charge", "inspection_fee", "charges")
SINGLE = ("value",)
NUMBER = ("value", "count")
EVERY = "*"
"""In a pattern: every group that the results have, in their order."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which rows a section has: all combinations, metrics first, then groups, then statistics."""

    section: str
    metrics: tuple[str, ...]
    flow: str
    group: str
    statistics: tuple[str, ...]


IMPORTS = (
    Pattern("clocks", CLOCKS, "import", "all", CLOCK),
    Pattern("stages", (*STAGES, "yard_dwell"), "import", "all", SPREAD),
    Pattern("inspected", (*CLOCKS, "inspection"), "import", "inspected", CLOCK),
    Pattern("groups", CLOCKS, "import", EVERY, COUNTED),
    Pattern("desks", DESK_METRICS, "import", "all", ("mean",)),
)
EXPORTS = (
    Pattern("export_clocks", EXPORT_CLOCKS, "export", "all", CLOCK),
    Pattern("export_stages", (*EXPORT_STAGES, "yard_dwell"), "export", "all", SPREAD),
    Pattern("rolling", ("first_vessel", "rolled_boxes"), "export", "all", NUMBER),
    Pattern("rolling", ("hours_lost",), "export", "all", COUNTED),
    Pattern("export_inspected", (*EXPORT_CLOCKS, "inspection"), "export", "inspected", CLOCK),
    Pattern("export_groups", EXPORT_CLOCKS, "export", EVERY, COUNTED),
    Pattern("export_groups", ("first_vessel", "rolled_boxes"), "export", EVERY, NUMBER),
    Pattern("export_desks", DESK_METRICS, "export", "all", ("mean",)),
    Pattern("europe", ("europe_port_dwell", "europe_to_departure", "time_to_europe"), "export", EVERY, COUNTED),
    Pattern("europe", ("rail_share",), "export", EVERY, SINGLE),
    Pattern("rail", ("train_wait", "declaration_to_release"), "export", EVERY, COUNTED),
)
OTHERS = tuple(
    Pattern("other", metrics, flow, group, statistics)
    for flow in OTHER_FLOWS
    for metrics, group, statistics in (
        (("connection_time", "transfer_time"), EVERY, COUNTED),
        (("arrival_to_gate_out", "yard_dwell"), "all", COUNTED),
        (("onward_wait",), EVERY, COUNTED),
        (("first_vessel", "rolled_boxes"), "all", NUMBER),
        (("hours_lost",), "all", COUNTED),
    )
)
CARRIERS = (
    Pattern("vessels", ("calls",), "vessel", "all", ("count",)),
    Pattern("vessels", ("anchorage_wait", "berth_time", "port_time"), "vessel", "all", (*SPREAD, "unfinished")),
    Pattern("vessels", ("direct_berthing", "berth_use", "berth_use_active"), "vessel", "all", SINGLE),
    Pattern("vessels", ("moves_per_crane_hour",), "vessel", "all", SINGLE),
    Pattern("vessels", ("yard_stop",), "vessel", "all", ("mean",)),
    Pattern("vessels", ("left_boxes",), "vessel", "all", ("count",)),
    Pattern("calls", ("anchorage_wait", "berth_time"), "vessel", EVERY, ("mean",)),
    Pattern("calls", ("direct_berthing", "berth_use"), "vessel", EVERY, SINGLE),
    Pattern("barges", ("onward_wait",), "import", EVERY, COUNTED),
    Pattern("barges", ("calls",), "barge", "all", ("count",)),
    Pattern("barges", ("berth_wait", "berth_time", "port_time"), "barge", EVERY, (*SPREAD, "unfinished")),
    Pattern("barges", ("filling", "filling_in"), "barge", "all", ("mean",)),
    Pattern("barges", ("berth_use", "departed_on_time"), "barge", EVERY, SINGLE),
    Pattern("barges", ("moves_per_crane_hour",), "barge", "all", SINGLE),
    Pattern("barges", ("left_boxes",), "barge", "all", ("count",)),
    Pattern("trains", ("trains", "train_boxes", "left_boxes"), "train", "all", ("count",)),
    Pattern("trains", ("filling",), "train", "all", ("mean",)),
    Pattern("trains", ("departed_on_time",), "train", "all", SINGLE),
)
PORT = (
    Pattern("yard", ("yard_peak", "yard_peak_fill", "yard_mean_fill"), "all", EVERY, SINGLE),
    Pattern("gate", ("truck_turn",), "import", "all", COUNTED),
    Pattern("gate", ("truck_turn", "truck_delivery"), "all", EVERY, COUNTED),
    Pattern("gate", ("gate_stopped",), "all", EVERY, SINGLE),
    Pattern("flows", ("throughput_teu_per_year", "quay_teu_per_year"), "all", EVERY, SINGLE),
    Pattern("flows", ("quay_boxes", "quay_teu", "barge_quay_teu", "gate_teu", "rail_teu"), "all", "all", NUMBER),
    *(Pattern("flows", (*WAYS, "rail_boxes", "gone_boxes"), flow, "all", ("count",)) for flow in ("all", *FLOWS)),
    *(
        Pattern("detection", metrics, flow, group, statistics)
        for flow in ("import", "export")
        for metrics, group, statistics in (
            (("inspected_share", "selected_share"), EVERY, SINGLE),
            (("infringements_found", "infringements_missed"), "all", ("count",)),
            (("found_share",), "all", SINGLE),
        )
    ),
    Pattern("emissions", ("co2_ships", "nox_ships", "co2_berth", "co2_shore_power"), "vessel", "all", SINGLE),
    Pattern("emissions", ("co2_ships", "nox_ships"), "barge", "all", SINGLE),
    Pattern("emissions", ("co2_cranes", "co2_yard", "co2_trucks", "co2_total", "co2_per_teu"), "all", "all", SINGLE),
    Pattern("emissions", ("nox_trucks", "nox_total", "nox_per_teu"), "all", "all", SINGLE),
    *(
        Pattern("cost", (*CHARGES, "time_cost_low", "time_cost_high"), flow, "all", ("mean", "total"))
        for flow in ("import", "export")
    ),
    Pattern("stations", ("station_use", "desk_work", "desk_hours"), "all", EVERY, SINGLE),
)
PATTERNS = (*IMPORTS, *EXPORTS, *OTHERS, *CARRIERS, *PORT)


@dataclass(frozen=True, slots=True)
class Row(Generic[Cell]):
    """One number of every column's scenario; None where a scenario does not have it."""

    section: str
    metric: str
    flow: str
    group: str
    statistic: str
    unit: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table(Generic[Cell]):
    """Rows under the scenarios' names. Of a comparison, `base` is the scenario that the columns are held against."""

    columns: tuple[str, ...]
    rows: tuple[Row[Cell], ...]
    base: str = ""


def run_table(results: Sequence[ScenarioResult]) -> Table[Summary]:
    """Return the table of runs: one column per scenario, each cell a mean with its interval."""
    columns = [{_key(item): item for item in summarise(result)} for result in results]
    return Table(tuple(result.scenario.name for result in results), tuple(_rows(columns)))


def comparison_table(base: ScenarioResult, reforms: Sequence[ScenarioResult]) -> Table[Effect]:
    """Return the table of a comparison: one column per reform, each cell an effect against `base`."""
    columns = [{_key(item): item for item in compare(base, reform)} for reform in reforms]
    return Table(tuple(reform.scenario.name for reform in reforms), tuple(_rows(columns)), base.scenario.name)


def _key(item: Summary | Effect) -> Key:
    return item.metric, item.flow, item.group, item.statistic


def _rows(columns: Sequence[dict[Key, Cell]]) -> Iterator[Row[Cell]]:
    present = list(dict.fromkeys(key for column in columns for key in column))
    sections: dict[Key, str] = {}
    for pattern in PATTERNS:
        for key in _keys(pattern, present):
            sections.setdefault(key, pattern.section)
    for key, section in sections.items():
        cells = tuple(column.get(key) for column in columns)
        units = [cell.unit for cell in cells if cell is not None]
        if units:
            yield Row(section, *key, units[0], cells)


def _keys(pattern: Pattern, present: Sequence[Key]) -> Iterator[Key]:
    for metric in pattern.metrics:
        groups = [pattern.group]
        if pattern.group == EVERY:
            groups = list(dict.fromkeys(key[2] for key in present if key[:2] == (metric, pattern.flow)))
        yield from ((metric, pattern.flow, group, statistic) for group in groups for statistic in pattern.statistics)
