"""Scenarios and results small enough for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sim.experiment import Outcome, ScenarioResult
from sim.metrics import dwell_sample, measure
from sim.port.evidence import replaced
from sim.port.port import Horizon, Port, PortTimeline
from sim.port.units import Quantity
from sim.records import MetricRow
from sim.scenario import Scenario
from tests.metrics.logs import boxes, log
from tests.small_port import small_port

HORIZON = Horizon(start=date(2021, 1, 4), warm_up_days=3, days=10, cool_down_days=5)
DIGITS = "0123456789abcdef"


def scenario(name: str = "base", port: Port | None = None, **changes: Any) -> Scenario:
    """Return a scenario of the small port over 18 days; its digest is made from its name."""
    port = port or small_port()
    fields: dict[str, Any] = {
        "name": name,
        "zh": "基准",
        "en": "Baseline",
        "port": port,
        "timeline": PortTimeline((0.0,), (port,)),
        "policies": MappingProxyType({}),
        "horizon": HORIZON,
        "replications": 2,
        "seed": 1,
        "changes": (),
        "sources": MappingProxyType({}),
        "text": "extends: null\n",
        "digest": "".join(DIGITS[ord(letter) % 16] for letter in name).ljust(64, "0"),
    }
    return Scenario(**fields | changes)


def slow_preparation() -> Port:
    """Return the small port with documents that take twice as long."""
    port = small_port()
    documents = port.customs.preparation.documents
    slower = Quantity(**documents.model_dump() | {"value": 2 * documents.value})
    return replaced(port, "customs.preparation.documents", slower)


def outcome(metrics: Mapping[str, float] | None = None) -> Outcome:
    """Return an outcome with these metrics of import boxes [h, mean], or with all metrics of one small log."""
    run_log = log(boxes=boxes({}, {"t_released": 60.0, "review_queued": 1.0, "infringing": True}))
    rows = [MetricRow(name, "import", "all", "mean", value, "h") for name, value in (metrics or {}).items()]
    return Outcome(
        metrics=tuple(rows or measure(run_log)),
        dwell=dwell_sample(run_log),
        violations=(),
        seconds=1.5,
        counts={"boxes": 2},
        tables={"boxes": run_log.boxes, "calls": run_log.calls},
        names=run_log.names,
    )


def result(name: str, metric: str, values: list[float], **changes: Any) -> ScenarioResult:
    """Return the result of a scenario with one metric [h, mean], a value for each replication."""
    return ScenarioResult(scenario(name, **changes), tuple(outcome({metric: value}) for value in values))
