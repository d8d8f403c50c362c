"""Throughput in the window, boxes and TEU, by the way in and out, and its reconciliation with what is in the port.

Rows are of the port, of each terminal, and of each flow. The counts are those of `sim.metrics.moves`; loads that are
counts only are in the rows of port and terminals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.moves import IN, OUT, Cells, Count, Loads, Moves, moves
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import MetricRow, Mode, RunLog

HOURS_PER_YEAR = 8760.0
Pair = NDArray[np.float64]
"""Boxes and TEU, shape (2,)."""


@dataclass(frozen=True)
class Part:
    """The port, one terminal or one flow; the other codes are None."""

    flow: str = "all"
    group: str = "all"
    terminal: int | None = None
    flow_code: int | None = None

    def of(self, cells: Cells) -> int:
        """Return the part's sum of `cells` (terminals, flows)."""
        if self.terminal is not None:
            cells = cells[self.terminal]
        return int(cells.sum() if self.flow_code is None else cells[..., self.flow_code].sum())

    def pair(self, count: Count) -> Pair:
        """Return the part's boxes and TEU."""
        return np.array([self.of(count.boxes), self.of(count.teu)], dtype=np.float64)

    def counted(self, counts: Loads) -> Pair:
        """Return the part's boxes and TEU of loads that are counts only: nothing for a flow."""
        if self.flow_code is not None:
            return np.zeros(2)
        here = slice(None) if self.terminal is None else self.terminal
        return np.array([counts.boxes[here].sum(), counts.teu[here].sum()])

    def rows(self, name: str, pair: Pair) -> Iterator[MetricRow]:
        """Yield one row of boxes and one of TEU."""
        yield Subject(f"{name}_boxes", "boxes", self.flow, self.group).row("count", pair[0])
        yield Subject(f"{name}_teu", "TEU", self.flow, self.group).row("value", pair[1])


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the throughput of every part, then the reconciliation of every part."""
    moved, shown = sample.once(moves), _shown(sample.log)
    year = HOURS_PER_YEAR / (sample.log.window[1] - sample.log.window[0])
    for part in _parts(sample):
        pairs = {way: part.pair(count) for way, count in moved.ways.items()}
        pairs["quay_out"] += part.counted(moved.loads)
        yield from _throughput(part, pairs, shown, year)
    for part in _parts(sample):
        yield from _reconciliation(part, moved)


def _shown(log: RunLog) -> Mapping[str, bool]:
    """Return which moves the port's boxes can make at all: those of every port, and those of which any box is."""
    comes, leaves = (set(np.unique(log.boxes[name]).tolist()) for name in ("by_in", "by_out"))
    return {
        "quay": True,
        "barge_quay": Mode.BARGE in comes | leaves,
        "gate": Mode.ROAD in comes,
        "rail": Mode.RAIL in leaves,
    }


def _parts(sample: Sample) -> Iterator[Part]:
    yield Part()
    for code, name in enumerate(sample.log.names.get("terminal", ())):
        yield Part(group=name, terminal=code)
    for flow in sample.flows:
        yield Part(flow=flow.name.lower(), flow_code=int(flow))


def _throughput(part: Part, pairs: Mapping[str, Pair], shown: Mapping[str, bool], year: float) -> Iterator[MetricRow]:
    """Yield boxes and TEU over each edge of the port; in and out apart where the port has both."""
    both = {name: pairs[f"{name}_in"] + pairs[f"{name}_out"] for name in ("quay", "barge_quay", "gate")}
    for name, pair in both.items():
        if shown[name] or name == "gate":
            yield from part.rows(name, pair)
        if shown[name]:
            yield from part.rows(f"{name}_in", pairs[f"{name}_in"])
            yield from part.rows(f"{name}_out", pairs[f"{name}_out"])
    teu = {"quay": both["quay"][1], "throughput": both["quay"][1] + both["barge_quay"][1]}
    for name, number in teu.items():
        yield Subject(f"{name}_teu_per_year", "TEU/year", part.flow, part.group).row("value", number * year)
    for name in ("rail", "gone"):
        if shown.get(name, pairs[name][0] > 0):
            yield from part.rows(name, pairs[name])


def _reconciliation(part: Part, moved: Moves) -> Iterator[MetricRow]:
    """Yield what came, what left, and what was in the port, each counted on its own: the difference must be 0."""
    came, left = (sum(part.of(moved.ways[way].boxes) for way in ways) for ways in (IN, OUT))
    start, end = part.of(moved.start.boxes), part.of(moved.end.boxes)
    subject = Subject("reconciliation", "boxes", part.flow, part.group)
    numbers = {"in": came, "out": left, "inside_start": start, "inside_end": end}
    yield from (subject.row(name, number) for name, number in numbers.items())
    yield subject.row("difference", start + came - left - end)
