"""A Time Release Study of the simulated boxes, in the form of the WCO guide: by stage, channel and way inland.

Boxes whose clock began in the measured days and that are through; those of all replications of which boxes are stored.
Working hours are clock hours less those in which the desk, the site or the gate that the box waited for was closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.brief.fill import filled, listed
from sim.brief.model import Number, Origin, Table, Text
from sim.brief.numbers import counted
from sim.brief.study import Study
from sim.errors import OutputError, Problem
from sim.experiment.store import Store
from sim.scenario import Scenario
from sim.words import Lang, say
from sim.words.numbers import figure

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
COLUMNS = (
    "flow",
    "channel",
    "by_in",
    "by_out",
    "call_out",
    *TIMES,
    *dict.fromkeys(name for names in CLOSED.values() for name in names),
)


@dataclass(frozen=True)
class Boxes:
    """Boxes of one flow: stage -> clock hours (n,) and working hours (n,), NaN if not through; group -> mask (n,)."""

    clock: Mapping[str, Hours]
    working: Mapping[str, Hours]
    groups: Mapping[str, Mask]


def release(study: Study) -> Iterator[Table]:
    """Yield a table for each flow, of the base and of the first reform. Raises OutputError if no boxes are stored."""
    for k, result in ((-1, study.base), (0, study.reforms[0])):
        scenario = result.scenario
        replications = stored_replications(study.root, scenario.digest, len(result.outcomes))
        frame = _read(study.root, scenario.digest, replications)
        for flow in STAGES:
            boxes = _boxes(frame, flow, scenario)
            if boxes is not None:
                yield _table(study, k, flow, boxes, replications)


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


def _boxes(frame: polars.DataFrame, flow: str, scenario: Scenario) -> Boxes | None:
    import polars as pl

    first, last = scenario.horizon.window
    within = pl.col("t_arrived").is_between(first, last, closed="left")
    chosen = frame.filter((pl.col("flow") == flow) & within)
    if chosen.is_empty():
        return None
    columns = {name: chosen[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in (*TIMES, "t_departed")}
    clock = _stages(flow, columns)
    closed = {name: chosen[name].cast(pl.Float64).fill_null(0.0).fill_nan(0.0).to_numpy() for name in COLUMNS[-7:]}
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
    return Boxes(clock, working, groups)


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


def _table(study: Study, k: int, flow: str, boxes: Boxes, replications: tuple[int, ...]) -> Table:
    lang, result = study.lang, study.base if k < 0 else study.reforms[k]
    digest = result.scenario.digest
    rows = []
    for group, mask in boxes.groups.items():
        for stage in STAGES[flow]:
            if group != "all" and stage not in OF_GROUPS:
                continue
            hours = boxes.clock[stage][mask]
            through = np.isfinite(hours)
            if through.any():
                origin = _Cells(digest, f"boxes.{flow}.{group}.{stage}", replications)
                head = say("brief.release.row", lang, group=_group(group, lang), stage=say(f"metric.{stage}", lang))
                rows.append(((head,), *origin.cells(hours[through], boxes.working[stage][mask][through])))
    mark = study.port_mark if k < 0 else study.mark(k)
    name = say("brief.release.base", lang) if k < 0 else study.name(k)
    which = listed([(counted(number, "replication"),) for number in replications], lang)
    columns = ("stage", "boxes", "mean_h", "median", "range", "percentiles", "working")
    return Table(
        f"release_{flow}_{'base' if k < 0 else 'reform'}",
        f"{say(f'brief.table.release.{flow}', lang, scenario=name)}{mark}",
        tuple(say(f"brief.column.{column}", lang) for column in columns),
        tuple(rows),
        (False, True, True, True, True, True, True),
        (0.33, 0.10, 0.09, 0.09, 0.15, 0.14, 0.10),
        (filled("brief.note.release", lang, replications=which),),
    )


def _group(group: str, lang: Lang) -> str:
    return say(f"brief.release.group.{group}", lang)


@dataclass(frozen=True)
class _Cells:
    """The numbers of one row, which all come from the same boxes."""

    digest: str
    metric: str
    replications: tuple[int, ...]

    def cells(self, hours: Hours, working: Hours) -> Iterator[Text]:
        """Yield boxes, mean, median, range, percentiles and the mean of the working hours; hours: (n,), all finite."""
        low, high = np.percentile(hours, PERCENTILES)
        yield (self._number("count", float(hours.size), "boxes"),)
        yield (self._number("mean", float(hours.mean())),)
        yield (self._number("median", float(np.median(hours))),)
        yield (self._number("least", float(hours.min())), "–", self._number("most", float(hours.max())))
        yield (self._number(f"p{PERCENTILES[0]}", float(low)), "–", self._number(f"p{PERCENTILES[1]}", float(high)))
        yield (self._number("working mean", float(working.mean())),)

    def _number(self, part: str, value: float, unit: str = "h") -> Number:
        origin = Origin("result", (self.digest,), self.metric, part, self.replications)
        return Number(figure(value, unit), value, unit, origin)
