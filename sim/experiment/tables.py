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
CLOCK = (*SPREAD, "within_24h", "within_48h", "count", "unfinished")
CLOCKS = ("arrival_to_release", "arrival_to_gate_out")
STAGES = ("unloading", "preparation", "clearance", "pick_up")
OTHER_FLOWS = ("transhipment", "domestic", "empty")
PARTS = ("closed", "queued", "service")
DESKS = tuple(f"{desk}_{part}" for desk in ("review", "scan", "examine", "gate") for part in PARTS)
SINGLE = ("value",)
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


PATTERNS = (
    Pattern("clocks", CLOCKS, "import", "all", CLOCK),
    Pattern("stages", (*STAGES, "yard_dwell"), "import", "all", SPREAD),
    Pattern("inspected", (*CLOCKS, "inspection"), "import", "inspected", CLOCK),
    Pattern("groups", CLOCKS, "import", EVERY, (*SPREAD, "count", "unfinished")),
    Pattern("desks", ("lodge_closed", *DESKS[:9], "pickup_closed", *DESKS[9:]), "import", "all", ("mean",)),
    *(
        Pattern("other", ("arrival_to_gate_out", "yard_dwell"), flow, "all", (*SPREAD, "count", "unfinished"))
        for flow in OTHER_FLOWS
    ),
    Pattern("vessels", ("calls",), "vessel", "all", ("count",)),
    Pattern("vessels", ("anchorage_wait", "berth_time", "port_time"), "vessel", "all", (*SPREAD, "unfinished")),
    Pattern("vessels", ("berth_use", "moves_per_crane_hour"), "vessel", "all", SINGLE),
    Pattern("vessels", ("yard_stop",), "vessel", "all", ("mean",)),
    Pattern("yard", ("yard_peak", "yard_peak_fill"), "all", EVERY, SINGLE),
    Pattern("gate", ("truck_turn",), "import", "all", (*SPREAD, "count", "unfinished")),
    Pattern("flows", ("quay_boxes", "quay_teu", "quay_teu_per_year", "gate_teu"), "all", "all", ("count", "value")),
    Pattern("detection", ("inspected_share", "selected_share"), "import", EVERY, SINGLE),
    Pattern("detection", ("infringements_found", "infringements_missed"), "import", "all", ("count",)),
    Pattern("detection", ("found_share",), "import", "all", SINGLE),
    Pattern("stations", ("station_use",), "all", EVERY, SINGLE),
)


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
