"""Tables of charts for tests."""

from __future__ import annotations

import math

from sim.charts.dwell import DwellCurve, DwellTable
from sim.charts.stage_table import StageBar, StageTable
from sim.charts.table import Change, Flow, Footing, Interval, Label

NAN = math.nan
FOOTING = Footing("0.1.0", 10, 60, {"seen": 62, "derived": 11, "known": 24, "assumed": 48})
BASE = Label("南沙四期（2020 年通关做法）", "Phase IV under the clearance practice of 2020", "0a1b2c3d4e5f")
REFORM = Label("两步申报", "Two-step declaration", "1a1b2c3d4e5f")
DESKS = {"review": (4.1, 1.2, 1.5), "scan": (9.0, 3.2, 0.05), "examine": (30.1, 11.2, 4.0), "gate": (0.0, 0.02, 0.05)}


def change(low: float, high: float) -> Change:
    """Return a change of the clock that the chart tells of."""
    return Change(Interval((low + high) / 2, low, high), not low <= 0 <= high)


def stage_table(*changes: Change, flow: Flow = "import") -> StageTable:
    """Return a base and a bar for each change."""
    first = StageBar(BASE, (9.1, 44.3, 5.2, 50.1), Interval(108.7, 106.5, 110.9), None, DESKS)
    others = [StageBar(REFORM, (9.1, 41.2, 0.2, 50.1), Interval(100.6, 98.5, 102.9), item, DESKS) for item in changes]
    return StageTable((first, *others), FOOTING, flow)


def narrow_stages() -> StageTable:
    """Return two bars with narrow stages beside one another."""
    hours = (4.7, 0.47, 119.6, 7.8)
    bars = (StageBar(label, hours, Interval(132.6, 130.6, 134.5), None, DESKS) for label in (BASE, REFORM))
    return StageTable(tuple(bars), FOOTING, "export")


def dwell_table(*shifts: float, flow: Flow = "import") -> DwellTable:
    """Return curves that rise evenly over 200 h, each later by its shift [h]; 4 % of the boxes never leave."""
    hours = tuple(float(hour) for hour in range(0, 402, 2))
    curves = [
        DwellCurve(label, hours, tuple(0.96 * min(1.0, max(0.0, (hour - shift) / 200)) for hour in hours))
        for shift, label in zip(shifts, (BASE, *[REFORM] * len(shifts)), strict=False)
    ]
    return DwellTable(tuple(curves), FOOTING, flow)
