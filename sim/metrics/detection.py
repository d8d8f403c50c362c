"""Detection: what a lower inspection rate costs. An infringing box is missed once it is released unfound."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, traders
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import Flow, MetricRow


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the rows of imports, and those of exports if there are any."""
    yield from _flow(sample.of(Flow.IMPORT), Flow.IMPORT)
    if Flow.EXPORT in sample.flows:
        yield from _flow(sample.of(Flow.EXPORT), Flow.EXPORT)


def _flow(chosen: Chosen, flow: Flow) -> Iterator[MetricRow]:
    """Yield shares selected and inspected, and infringements found and missed, of all boxes and by trader."""
    name = flow.name.lower()
    found = chosen.column("infringing") & chosen.column("found")
    missed = chosen.column("infringing") & ~chosen.column("found") & np.isfinite(chosen.column("t_released"))
    shares = {"selected_share": chosen.column("selected"), "inspected_share": chosen.inspected}
    for group, mask in traders(chosen):
        size = np.count_nonzero(mask)
        for metric, flags in shares.items():
            if size:
                yield Subject(metric, "share", name, group).row("value", np.count_nonzero(flags & mask) / size)
        hits, misses = np.count_nonzero(found & mask), np.count_nonzero(missed & mask)
        yield Subject("infringements_found", "boxes", name, group).row("count", hits)
        yield Subject("infringements_missed", "boxes", name, group).row("count", misses)
        if hits + misses:
            yield Subject("found_share", "share", name, group).row("value", hits / (hits + misses))
