"""Simulated boxes measured as a Time Release Study does: by stage, channel and way inland, in clock and working hours.

Boxes whose clock began in the measured days and that are through; those of all replications of which boxes are stored.
Working hours are clock hours less those in which the desk, the site or the gate that the box waited for was closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.errors import OutputError, Problem
from sim.experiment.store import Store

if TYPE_CHECKING:
    import polars

Hours = NDArray[np.float64]
Mask = NDArray[np.bool_]

STAGES = {
    "import": ("unloading", "preparation", "clearance", "pick_up", "arrival_to_release", "arrival_to_gate_out"),
    "export": (
        "preparation",
        "clearance",
        "after_release",
        "vessel_departure",
        "arrival_to_release",
        "arrival_to_departure",
    ),
}
OF_GROUPS = ("clearance", "arrival_to_release", "arrival_to_gate_out", "arrival_to_departure")
"""What is told of each channel and mode; of all boxes everything is."""

AT_DESKS = ("review_closed", "scan_closed", "examine_closed")
CLOSED: Mapping[str, tuple[str, ...]] = {
    "preparation": ("lodge_closed",),
    "clearance": AT_DESKS,
    "pick_up": ("pickup_closed", "gate_closed"),
    "arrival_to_release": ("lodge_closed", *AT_DESKS),
    "arrival_to_gate_out": ("lodge_closed", *AT_DESKS, "pickup_closed", "gate_closed"),
    "arrival_to_departure": ("lodge_closed", *AT_DESKS),
}
"""Stage -> the hours in it in which somebody was closed."""

CHANNELS = ("green", "yellow", "red")
INLAND = {"import": ("by_out", ("road", "barge")), "export": ("by_in", ("road", "barge"))}
PERCENTILES = (10, 90)
TIMES = ("t_arrived", "t_discharged", "t_lodged", "t_released", "t_gate_out", "t_loaded")
CLOSED_COLUMNS = tuple(dict.fromkeys(name for names in CLOSED.values() for name in names))
COLUMNS = ("flow", "channel", "by_in", "by_out", "call_out", *TIMES, *CLOSED_COLUMNS)


@dataclass(frozen=True)
class Line:
    """One group of boxes in one stage: how many are through, statistics of their clock hours, mean working hours."""

    group: str
    stage: str
    boxes: int
    mean: float
    median: float
    least: float
    most: float
    p10: float
    p90: float
    working: float


@dataclass(frozen=True)
class _Boxes:
    """Boxes of one flow: stage -> clock hours (n,) and working hours (n,), NaN if not through; group -> mask (n,)."""

    clock: Mapping[str, Hours]
    working: Mapping[str, Hours]
    groups: Mapping[str, Mask]


def stored_replications(root: Path, digest: str, most: int) -> tuple[int, ...]:
    """Return the replications of a scenario whose boxes are stored. Raises OutputError if there is none."""
    folder = Store(root).folder
    there = tuple(
        n for n in range(most) if all((folder(digest, n) / f"{name}.parquet").is_file() for name in ("boxes", "calls"))
    )
    if not there:
        what = f"no replication of {digest[:8]} has its boxes stored"
        raise OutputError(Problem(what, str(root / digest), "run it again with --fresh, so that the boxes are kept"))
    return there


@lru_cache(maxsize=8)
def lines(root: Path, digest: str, replications: tuple[int, ...], window: tuple[float, float]) -> dict[str, list[Line]]:
    """Return flow -> its lines, of boxes that came within a window [h]; what is stored under a digest never changes.

    Raises OutputError if it cannot be read.
    """
    frame = _read(root, digest, replications)
    found = {flow: _boxes(frame, flow, window) for flow in STAGES}
    return {flow: list(_lines(flow, boxes)) for flow, boxes in found.items() if boxes is not None}


def _lines(flow: str, boxes: _Boxes) -> Iterator[Line]:
    for group, mask in boxes.groups.items():
        for stage in STAGES[flow]:
            if group != "all" and stage not in OF_GROUPS:
                continue
            hours = boxes.clock[stage][mask]
            through = np.isfinite(hours)
            if through.any():
                yield _line(group, stage, hours[through], boxes.working[stage][mask][through])


def _line(group: str, stage: str, hours: Hours, working: Hours) -> Line:
    """Return the line of hours (n,), all finite."""
    low, median, high = np.percentile(hours, (PERCENTILES[0], 50, PERCENTILES[1])).tolist()
    mean, least, most = (float(value) for value in (hours.mean(), hours.min(), hours.max()))
    return Line(group, stage, int(hours.size), mean, median, least, most, low, high, float(working.mean()))


def _read(root: Path, digest: str, replications: tuple[int, ...]) -> polars.DataFrame:
    """Return the boxes of some replications, with the departure of the call that took each."""
    import polars as pl

    parts = []
    for number in replications:
        folder = Store(root).folder(digest, number)
        try:
            boxes = pl.read_parquet(folder / "boxes.parquet", columns=list(COLUMNS))
            calls = pl.read_parquet(folder / "calls.parquet", columns=["call", "t_departed"])
        except (OSError, pl.exceptions.PolarsError) as error:
            remedy = "run it again with --fresh"
            raise OutputError(Problem(f"{folder} cannot be read: {error}", remedy=remedy)) from error
        parts.append(boxes.join(calls, left_on="call_out", right_on="call", how="left", maintain_order="left"))
    return pl.concat(parts)


def _boxes(frame: polars.DataFrame, flow: str, window: tuple[float, float]) -> _Boxes | None:
    import polars as pl

    within = pl.col("t_arrived").is_between(*window, closed="left")
    chosen = frame.filter((pl.col("flow") == flow) & within)
    if chosen.is_empty():
        return None
    columns = {name: chosen[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in (*TIMES, "t_departed")}
    clock = _stages(flow, columns)
    closed = {name: chosen[name].cast(pl.Float64).fill_null(0.0).fill_nan(0.0).to_numpy() for name in CLOSED_COLUMNS}
    working = {
        stage: np.maximum(hours - sum(closed[name] for name in CLOSED.get(stage, ())), 0.0)
        for stage, hours in clock.items()
    }
    column, ways = INLAND[flow]
    groups = {"all": np.ones(len(chosen), dtype=np.bool_)}
    groups |= {name: (chosen["channel"] == name).fill_null(value=False).to_numpy() for name in CHANNELS}
    groups |= {f"by_{way}": (chosen[column] == way).fill_null(value=False).to_numpy() for way in ways}
    if flow == "export":
        groups["by_rail"] = (chosen["by_out"] == "rail").fill_null(value=False).to_numpy()
    return _Boxes(clock, working, groups)


def _stages(flow: str, t: Mapping[str, Hours]) -> dict[str, Hours]:
    arrived, lodged, released = t["t_arrived"], t["t_lodged"], t["t_released"]
    start = t["t_discharged"] if flow == "import" else arrived
    declared = np.maximum(lodged, start)
    both = {"preparation": declared - start, "clearance": released - declared, "arrival_to_release": released - arrived}
    if flow == "import":
        out = t["t_gate_out"]
        return {"unloading": start - arrived, **both, "pick_up": out - released, "arrival_to_gate_out": out - arrived}
    loaded, departed = t["t_loaded"], t["t_departed"]
    rest = {"after_release": loaded - released, "vessel_departure": departed - loaded}
    return {**both, **rest, "arrival_to_departure": departed - arrived}
