"""The numbers of the first page of a comparison, part by part of the port."""

from __future__ import annotations

Name = tuple[str, str, str, str]
"""Metric, flow, group, statistic."""

SPREAD = ("p50", "p90", "p95", "within_48h")


def _spread(metric: str, flow: str) -> tuple[Name, ...]:
    """Return how a clock is spread: the mean stands in the table before."""
    return tuple((metric, flow, "all", statistic) for statistic in SPREAD)


HEADLINES: dict[str, tuple[Name, ...]] = {
    "import": (
        ("arrival_to_release", "import", "all", "mean"),
        ("arrival_to_gate_out", "import", "all", "mean"),
        ("arrival_to_release", "import", "inspected", "mean"),
        ("found_share", "import", "all", "value"),
    ),
    "import_release": _spread("arrival_to_release", "import"),
    "import_gate_out": _spread("arrival_to_gate_out", "import"),
    "export": (
        ("arrival_to_release", "export", "all", "mean"),
        ("arrival_to_departure", "export", "all", "mean"),
        ("arrival_to_release", "export", "inspected", "mean"),
        ("first_vessel", "export", "all", "value"),
    ),
    "export_release": _spread("arrival_to_release", "export"),
    "export_departure": _spread("arrival_to_departure", "export"),
    "onward": (
        ("connection_time", "transhipment", "all", "mean"),
        ("onward_wait", "import", "to_barge", "mean"),
        ("europe_to_departure", "export", "europe", "mean"),
        ("time_to_europe", "export", "europe", "mean"),
    ),
    "port": (
        ("anchorage_wait", "vessel", "all", "mean"),
        ("truck_turn", "import", "all", "mean"),
        ("co2_per_teu", "all", "all", "value"),
        ("charges", "import", "all", "mean"),
    ),
}
"""Part of the port -> the changes that its table shows."""
