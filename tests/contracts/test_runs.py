"""What every policy does to a run: nothing when neutral, the expected signs, and only to the boxes that it touches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sim.metrics import measure
from sim.models import simulate
from sim.policies import catalogue
from sim.port.port import Horizon, Port, PortTimeline
from sim.records import Flow, Mode, RunLog
from tests.contracts.cases import (
    ALL,
    Case,
    every_case_run,
    every_case_that_spares_some,
    every_case_with_signs,
    every_policy,
)
from tests.small_port import small_port

HORIZON = Horizon(start=date(2021, 3, 1), warm_up_days=7, days=56, cool_down_days=14)
SHORTER = HORIZON.model_copy(update={"days": 28})
"""For the port with all flows, which has five times as many boxes."""

SEED, REPLICATIONS = 2021, 4
STATISTICS = ("mean", "value", "count")

WHO = ("flow", "by_in", "booked", "teu", "reefer", "europe")
"""Columns that no policy changes; what customs asks of a box is told only where it is cleared in the port."""

DESCRIPTION = (
    *("terminal", "flow", "teu", "reefer", "trader", "goods", "dutiable", "bonded", "advance", "two_step", "guarantee"),
    *("manual", "selected", "quarantine", "scan", "sampled", "infringing", "shipside", "channel"),
)
"""Columns that say what a box is and how it is treated; the policy touches a box if one of them changes."""

QUEUES = {
    "review": ("t_lodged", "manual"),
    "scan": ("t_at_site", "scan"),
    "examine": ("t_scanned", None),
    "gate": ("t_truck", None),
}
"""Waiting line -> milestone of arrival there, and the flag of those who join it."""

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


def run(port: Port, replication: int) -> RunLog:
    """Return the log of one replication of the port."""
    horizon = HORIZON if port.traffic.cargo.bookings is None else SHORTER
    return simulate(PortTimeline((0.0,), (port,)), horizon, SEED, replication)


def place(case: Case) -> str:
    """Return what tells the port of a case from those of others."""
    return json.dumps([case.whole, dict(case.port)])


@cache
def before(at: str, replication: int) -> RunLog:
    """Return the log without the policy, at the small port with the case's values; many cases share one."""
    case = next(case for case in ALL if place(case) == at)
    return run(case.before(), replication)


def pairs(case: Case, replications: int) -> Iterator[tuple[RunLog, RunLog]]:
    """Yield the logs without and with the policy, on common draws."""
    after = case.policy().apply(case.before())
    for replication in range(replications):
        yield before(place(case), replication), run(after, replication)


def as_bytes(log: RunLog) -> bytes:
    """Return every number of the log."""
    tables = (log.events, log.calls, log.boxes, log.stations)
    return b"".join(table[name].tobytes() for table in tables for name in table)


@every_policy
def test_neutral_policy_gives_the_identical_log(key: str) -> None:
    port = small_port()
    assert as_bytes(run(catalogue()[key]().apply(port), 0)) == as_bytes(run(port, 0))


@every_case_with_signs
def test_signs_hold_on_common_draws(case: Case) -> None:
    effects: dict[str, list[float]] = {metric: [] for metric in case.signs}
    for base, reform in pairs(case, REPLICATIONS):
        old, new = _numbers(base), _numbers(reform)
        for metric, differences in effects.items():
            differences.append(new[metric] - old[metric])
    means = {metric: float(np.mean(differences)) for metric, differences in effects.items()}
    signs = {metric: "0" if abs(mean) < 1e-9 else "+" if mean > 0 else "-" for metric, mean in means.items()}
    assert signs == dict(case.signs), means


def _numbers(log: RunLog) -> dict[str, float]:
    """Return metric -> number as the cases name them: "pick_up", "port_time", "export/arrival_to_release.aeo"."""
    numbers: dict[str, float] = {}
    rows = [row for row in measure(log) if row.statistic in STATISTICS]
    for row in sorted(rows, key=lambda row: STATISTICS.index(row.statistic)):
        name = row.metric if row.group == "all" else f"{row.metric}.{row.group}"
        numbers.setdefault(name if row.flow in {"import", "vessel", "all"} else f"{row.flow}/{name}", row.value)
    return numbers


@every_case_run
def test_boxes_stay_who_they_are(case: Case) -> None:
    """The same vessels bring and are booked the same boxes, whatever the policy."""
    for base, reform in pairs(case, 2):
        for name in WHO:
            assert np.array_equal(base.boxes[name], reform.boxes[name]), name
        if not any(path.endswith(".terminal") for path in case.expect):
            assert np.array_equal(base.boxes["terminal"], reform.boxes["terminal"])
        by_sea, here = base.boxes["by_in"] == Mode.SEA, ~(base.boxes["one_port"] | reform.boxes["one_port"])
        for names, rows in ((("call", "t_arrived"), by_sea), (("goods", "dutiable", "bonded"), here)):
            for name in names:
                assert np.array_equal(base.boxes[name][rows], reform.boxes[name][rows]), name


@every_case_that_spares_some
def test_only_touched_boxes_change_and_those_behind_them(case: Case) -> None:
    """A box that the policy does not touch keeps its every hour, unless it shared a queue with one that changed."""
    for base, reform in pairs(case, 2):
        touched = _described_otherwise(base, reform)
        for group in case.touched:
            touched |= _group(base, group) | _group(reform, group)
        changed = _changed(base, reform)
        behind = np.zeros_like(touched)
        for queue in QUEUES:
            behind |= _behind_in(queue, base, reform, changed)
        strays = changed & ~touched & ~behind
        assert np.flatnonzero(strays).tolist() == []
        assert np.array_equal(base.calls["t_departed"], reform.calls["t_departed"], equal_nan=True)


def _described_otherwise(base: RunLog, reform: RunLog) -> Mask:
    return np.any([base.boxes[name] != reform.boxes[name] for name in DESCRIPTION], axis=0)


def _changed(base: RunLog, reform: RunLog) -> Mask:
    """Return which boxes have any other milestone, or left the port after other waits."""
    changed = np.zeros(base.boxes["box"].size, dtype=np.bool_)
    for name, column in base.boxes.items():
        if column.dtype.kind == "f":
            other = reform.boxes[name]
            differs = (column != other) & ~(np.isnan(column) & np.isnan(other))
            changed |= differs if name.startswith("t_") else differs & np.isfinite(base.boxes["t_gate_out"])
    return changed


def _group(log: RunLog, group: str) -> Mask:
    """Return the import boxes of a group: a flag, a trader class, `inspected`, or `not ` before a flag."""
    boxes = log.boxes
    imports = np.asarray(boxes["flow"] == Flow.IMPORT)
    if group.startswith("not "):
        return imports & ~_group(log, group.removeprefix("not "))
    if group == "inspected":
        return np.asarray(boxes["selected"] | boxes["quarantine"])
    if group in log.names["trader"]:
        return np.asarray(boxes["trader"] == log.names["trader"].index(group))
    return np.asarray(boxes[group])


def _behind_in(queue: str, base: RunLog, reform: RunLog, changed: Mask) -> Mask:
    """Return the boxes that came to a queue as before, but stayed otherwise because of a changed box beside them.

    If a box starts later in one of two runs, then the servers are held at that time by at least one box whose own
    stay differs, else both queues would have been alike. A box that comes at another hour must owe it to an earlier
    queue.
    """
    stays = [_stay(queue, log) for log in (base, reform)]
    moved = np.any([a != b for a, b in zip(stays[0], stays[1], strict=True)], axis=0) & changed
    came_alike = moved & np.isfinite(stays[0][0]) & (stays[0][0] == stays[1][0])
    behind = np.zeros_like(moved)
    for start, end in stays:
        mine, others = np.flatnonzero(came_alike), np.flatnonzero(moved & np.isfinite(start))
        overlap = (start[mine][:, None] < end[others]) & (start[others] < end[mine][:, None])
        behind[mine] |= overlap.sum(axis=1) > 1
    return behind


def _stay(queue: str, log: RunLog) -> tuple[Floats, Floats]:
    """Return arrival at the queue and end of service [h], inf for boxes that do not come; waits are float32."""
    boxes = log.boxes
    milestone, flag = QUEUES[queue]
    hours = sum(boxes[f"{queue}_{part}"].astype(np.float64) for part in ("closed", "queued", "service"))
    arrival = boxes[milestone]
    if queue == "examine":
        arrival = np.where(boxes["scan"], boxes["t_scanned"], boxes["t_at_site"])
    came = ~np.isnan(hours) & ~np.isnan(arrival)
    if flag is not None:
        came &= boxes[flag]
    return np.where(came, arrival, np.inf), np.where(came, arrival + hours, np.inf)


def test_the_ten_policies_of_issue_2_are_there() -> None:
    assert set(catalogue()) >= set(
        chain(
            ["advance_declaration", "two_step_declaration", "inspection_rate", "aeo_programme", "clearance_24h"],
            ["shipside_pickup", "duty_guarantee", "scanner_first", "single_window", "two_way_channel"],
        )
    )
