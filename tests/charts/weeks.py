"""Tables of the charts of a week, of flows and of effects, for tests."""

from __future__ import annotations

from datetime import date
from math import sin

from sim.charts.berth_table import BerthTable, Quay, Stay
from sim.charts.detection_table import DetectionPoint, DetectionTable
from sim.charts.effect_table import EACH, ONE, EffectLine, EffectsTable
from sim.charts.flow_table import Band, FlowTable
from sim.charts.queue_table import DeskWeek, QueueTable
from sim.charts.table import Change, Interval, Label
from sim.charts.yard_table import YardCurve, YardTable
from tests.charts.tables import BASE, FOOTING, REFORM, change

LABELS = (
    BASE,
    REFORM,
    Label(
        "第 10 项措施：进出口提前申报与两步申报、船边直提、抵港直装、税款担保",
        "Measure 10: advance declaration",
        "2a1b",
    ),
    Label("24 小时通关：审单、查验、闸口", "Round-the-clock clearance: review, inspection and gate", "3a1b2c3d4e5f"),
    Label("降低查验率：各类企业均乘以 0.8", "Fewer inspections: every rate times 0.8", "4a1b2c3d4e5f"),
)
WORDS = ("整体通关时间（抵港至放行），被查验箱，均值", "Arrival to release, inspected boxes, mean")
KINDS = {
    "feeder": ("支线船", "Feeder under 2,000 TEU"),
    "intra_asia": ("近洋船", "Domestic and intra-Asia, 2,000 to 5,000 TEU"),
    "panamax": ("巴拿马型", "Panamax, 5,000 to 8,000 TEU"),
    "post_panamax": ("超巴拿马型", "Post-panamax, 8,000 to 12,000 TEU"),
    "neo_panamax": ("新巴拿马型", "Neo-panamax, 12,000 to 14,000 TEU"),
    "ulcs": ("超大型集装箱船", "Ultra large, over 14,000 TEU"),
}


def wave(size: float, phase: float = 0.0, hours: int = 168) -> tuple[float, ...]:
    """Return numbers that rise and fall once a day."""
    return tuple(size * (1 + sin(hour * 0.2618 + phase)) for hour in range(hours))


def queue_table(scenarios: int, size: float = 40.0) -> QueueTable:
    """Return the queues of so many scenarios at every desk."""
    weeks = tuple(
        DeskWeek(desk, label, wave(size / (1 + place)), wave(size / 4, 1.0))
        for desk in ("review", "scan", "examine", "gate")
        for place, label in enumerate(LABELS[:scenarios])
    )
    return QueueTable(weeks, LABELS[:scenarios], FOOTING)


def yard_table(scenarios: int, capacity: float = 61_000.0) -> YardTable:
    """Return the yards of so many scenarios."""
    curves = tuple(
        YardCurve(label, wave(19_000 + 300 * place, hours=24 * 28), wave(19_000), capacity)
        for place, label in enumerate(LABELS[:scenarios])
    )
    return YardTable(curves, FOOTING)


def berth_table(quays: int, wait: float = 9.0) -> BerthTable:
    """Return so many quays, each with vessels of every class; every other one has waited so long."""
    names = [("南沙四期", "Nansha phase IV"), ("南沙三期", "Nansha phase III")]
    found = []
    for number in range(quays):
        stays = [
            Stay(
                k,
                f"s{k}",
                kind,
                320.0 + 20 * k,
                320.0 + 20 * k + wait * (k % 2),
                331.0 + 20 * k,
                350.0 + 20 * k,
                210.0 * k,
                200.0,
            )
            for k, kind in enumerate(KINDS)
        ]
        found.append(Quay(f"t{number}", *names[number % 2], 1400.0, tuple(stays)))
    return BerthTable(tuple(found), KINDS, 336.0, 504.0, date(2021, 3, 15), BASE, FOOTING)


def flow_table(*bands: tuple[str, str, str, float]) -> FlowTable:
    """Return a table of bands; without any, those of a whole port."""
    whole = (
        *(("import", "sea", "barge", 260.0), ("import", "sea", "road", 386.1), ("export", "road", "sea", 544.1)),
        *(("export", "barge", "rail", 8.5), ("transhipment", "sea", "sea", 130.0), ("domestic", "barge", "sea", 561.0)),
        *(("empty", "sea", "other", 4.0), ("empty", "rail", "sea", 1.0)),
    )
    return FlowTable(tuple(Band(*band) for band in bands or whole), BASE, FOOTING)


def detection_table(scenarios: int, share: Change | None = None) -> DetectionTable:
    """Return the points of so many scenarios; `share`: what each reform does to the share found."""
    points = []
    for flow, hours, part in (("import", 59.1, 0.126), ("export", 9.8, 0.034)):
        for place, label in enumerate(LABELS[:scenarios]):
            mean, found = hours - place, part - 0.004 * place
            both = Interval(mean, mean - 2, mean + 2), Interval(found, found - 0.015, found + 0.015)
            changes = (change(-1.1, -0.9), share) if place and share else (None, None)
            points.append(DetectionPoint(flow, label, *both, *changes))  # type: ignore[arg-type]
    return DetectionTable(tuple(points), FOOTING)


def effects_table(*changes: Change) -> EffectsTable:
    """Return a table with a reform for each change, the same in every number."""
    lines = tuple(
        EffectLine(name, *WORDS, "share" if name[3] in ("value", "within_48h") else "h", 59.1, changes)
        for name in (ONE if len(changes) == 1 else EACH)
    )
    return EffectsTable(lines, LABELS[: 1 + len(changes)], FOOTING)
