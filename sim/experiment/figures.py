"""The numbers of one replication, packed: which numbers they are is said once, their values are one array."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

from sim.experiment.result import Keep
from sim.records import MetricRow

Line = tuple[str, str, str, str, str]
"""metric, flow, group, statistic, unit"""

Layout = tuple[Line, ...]
_layouts: dict[Layout, Layout] = {}
"""Every layout seen: the replications of an experiment share one, which is then held in memory once."""


@dataclass(frozen=True, eq=False)
class Figures:
    """Numbers of one replication; values: float64, one for each line of the layout."""

    layout: Layout
    values: NDArray[np.float64]

    def rows(self, keep: Keep | None = None) -> tuple[MetricRow, ...]:
        """Return the numbers as rows, all or those that `keep` wants."""
        return tuple(
            MetricRow(*line[:4], value, line[4])
            for line, value in zip(self.layout, self.values.tolist(), strict=True)
            if keep is None or keep(line[:4])
        )


def packed(rows: Iterable[MetricRow]) -> Figures:
    """Return metric rows as figures."""
    listed = list(rows)
    layout = tuple((row.metric, row.flow, row.group, row.statistic, row.unit) for row in listed)
    return Figures(shared(layout), np.array([row.value for row in listed], dtype=np.float64))


def shared(layout: Layout) -> Layout:
    """Return the one copy of a layout in this process."""
    if layout not in _layouts:
        _layouts[layout] = tuple(_interned(*line) for line in layout)
    return _layouts[layout]


def _interned(metric: str, flow: str, group: str, statistic: str, unit: str) -> Line:
    return intern(metric), intern(flow), intern(group), intern(statistic), intern(unit)
