"""Who gains and who loses: the change of the way through the port of each group of boxes, from gain to loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.experiment.compare import Effect

if TYPE_CHECKING:
    from sim.port.port import Port

CLOCKS = {
    "import": ("arrival_to_gate_out", "arrival_to_release"),
    "export": ("arrival_to_departure",),
    "transhipment": ("connection_time",),
    "domestic": ("yard_dwell",),
    "empty": ("yard_dwell",),
}
"""Flow -> the clock looked at, or the next one of a group that does not have it: a barge takes no box to the gate."""

BY_MODE = ("by_road", "by_barge", "by_rail")


def gains(effects: Sequence[Effect], port: Port) -> list[Effect]:
    """Return the changes of the mean hours of every flow, trader, kind of goods and way inland, largest gain first.

    Groups of a flow overlap: the same box has a trader, goods and a way. Those that hold all boxes are left out, and
    those of which there are none.
    """
    known = {(effect.metric, effect.flow, effect.group, effect.statistic): effect for effect in effects}
    found = []
    for flow, group in _groups(port):
        for metric in CLOCKS[flow]:
            effect = known.get((metric, flow, group, "mean"))
            if effect is not None:
                found.append(effect)
                break
    return sorted(found, key=lambda effect: effect.difference)


def subjects(port: Port) -> Iterator[tuple[str, str, str]]:
    """Yield metric, flow and group of every number that `gains` may look at."""
    yield from ((metric, flow, group) for flow, group in _groups(port) for metric in CLOCKS[flow])


def _groups(port: Port) -> Iterator[tuple[str, str]]:
    traders, goods = tuple(port.customs.traders), tuple(port.traffic.cargo.goods)
    for flow in CLOCKS:
        yield flow, "all"
        if flow in ("import", "export"):
            for names in (traders, goods, BY_MODE):
                yield from ((flow, name) for name in names if len(names) > 1)
