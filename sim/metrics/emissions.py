"""Emissions in the window: CO2 and NOx of ships by state, of cranes, the yard, and trucks that wait at the gate.

Hours and moves count that lie in the window, whenever the vessel came: so they fit the throughput of the same window.
Auxiliary engines and boilers are counted, main engines are not. Power from the shore makes its CO2 in the grid, and no
NOx in the port. Nothing is said where the log has no factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.metrics.groups import hours_in_window, in_window
from sim.metrics.moves import moves
from sim.metrics.passage import Hours, Mask
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import Column, MetricRow, RunLog

KG_PER_T, G_PER_T = 1e3, 1e6
CO2 = ("anchor", "manoeuvre", "berth", "shore_power")
NOX = ("anchor", "manoeuvre", "berth")
Tonnes = Mapping[str, Hours]
"""Source -> tonnes (calls,)."""


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the emissions of vessels and barges by class and state, of the rest of the port, and of both by TEU."""
    log = sample.log
    if not any(key.startswith("energy.") for key in log.factors):
        return
    co2, nox = _ships(log)
    barge = log.calls["barge"]
    for flow, fleet in (("vessel", ~barge), ("barge", barge)):
        if fleet.any():
            yield from _fleet(log, flow, fleet, (co2, nox))
    other_co2, other_nox, teu = _ashore(sample)
    for gas, ships, others in (("co2", co2, other_co2), ("nox", nox, other_nox)):
        yield from (_tonnes(f"{gas}_{source}", value) for source, value in others.items())
        total = sum(float(column.sum()) for column in ships.values()) + sum(others.values())
        yield _tonnes(f"{gas}_total", total)
        if teu > 0:
            yield Subject(f"{gas}_per_teu", "kg/TEU", "all", "all").row("value", total * KG_PER_T / teu)


def _factor(log: RunLog, name: str) -> float:
    return log.factors[f"energy.{name}"]


def _tonnes(metric: str, value: float, flow: str = "all", group: str = "all") -> MetricRow:
    return Subject(metric, "t", flow, group).row("value", value)


def _fleet(log: RunLog, flow: str, fleet: Mask, gases: tuple[Tonnes, Tonnes]) -> Iterator[MetricRow]:
    """Yield the tonnes of all calls of a fleet, then of each vessel class that has engines in the factors."""
    groups = [("all", fleet)]
    for code, name in enumerate(log.names.get("vessel_class", ())):
        members = np.asarray(fleet & (log.calls["vessel_class"] == code))
        if members.any() and f"energy.engines.{name}.berth" in log.factors:
            groups.append((name, members))
    for group, members in groups:
        for gas, tonnes in zip(("co2", "nox"), gases, strict=True):
            sums = {source: float(column[members].sum()) for source, column in tonnes.items()}
            yield from (_tonnes(f"{gas}_{source}", value, flow, group) for source, value in sums.items())
            yield _tonnes(f"{gas}_ships", sum(sums.values()), flow, group)


def _ships(log: RunLog) -> tuple[Tonnes, Tonnes]:
    """Return the CO2 and the NOx of every call by state."""
    hours = _states(log)
    auxiliary = {state: hours[state] * _engine(log, state) for state in NOX}  # kWh, shape (calls,)
    boiler = _engine(log, "boiler")
    shore = _factor(log, "shore_power_share")
    burnt = {state: kwh * (1 - shore) if state == "berth" else kwh for state, kwh in auxiliary.items()}
    by_kwh, by_boiler = _factor(log, "auxiliary_co2"), _factor(log, "boiler_co2")
    co2 = {state: (burnt[state] * by_kwh + hours[state] * boiler * by_boiler) / KG_PER_T for state in NOX}
    co2["shore_power"] = auxiliary["berth"] * shore * _factor(log, "grid_co2") / KG_PER_T
    nox = {state: burnt[state] * _factor(log, "auxiliary_nox") / G_PER_T for state in NOX}
    return co2, nox


def _engine(log: RunLog, state: str) -> Column:
    """Return the load [kW] (calls,) of each call's engines; a class that is not named burns nothing."""
    classes = log.names.get("vessel_class", ())
    load = [*(log.factors.get(f"energy.engines.{name}.{state}", 0.0) for name in classes), 0.0]
    return np.asarray(np.array(load)[log.calls["vessel_class"]])


def _states(log: RunLog) -> dict[str, Hours]:
    """Return the hours (calls,) in each state. Vessels manoeuvre in the channel; a barge waits until it is fast."""
    calls = log.calls
    waits = calls["barge"] | ~np.isfinite(calls["t_entered"])
    underway = np.where(calls["barge"], np.nan, 1.0)
    inward = hours_in_window(log, calls["t_entered"] * underway, calls["t_berthed"])
    outward = hours_in_window(log, calls["t_unberthed"] * underway, calls["t_departed"])
    return {
        "anchor": hours_in_window(log, calls["t_arrived"], np.where(waits, calls["t_berthed"], calls["t_entered"])),
        "manoeuvre": inward + outward,
        "berth": hours_in_window(log, calls["t_berthed"], calls["t_unberthed"]),
    }


def _ashore(sample: Sample) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the tonnes of CO2 and of NOx that are not of ships, and the TEU over sea quay and barge quay."""
    log, moved = sample.log, sample.once(moves)
    cranes = moved.quay("boxes") * _factor(log, "quay_crane") + moved.barge_quay("boxes") * _factor(log, "barge_crane")
    stacking = sum(float(count.stacked.sum()) for count in moved.ways.values()) + moved.loads.boxes.sum()
    grid = _factor(log, "grid_co2") / KG_PER_T
    idle = _idle(log)
    co2 = {
        "cranes": cranes * grid,
        "yard": stacking * _factor(log, "yard") * grid,
        "trucks": idle * _factor(log, "truck_idle_co2") / KG_PER_T,
    }
    nox = {"trucks": idle * _factor(log, "truck_idle_nox") / G_PER_T}
    return co2, nox, moved.quay("teu") + moved.barge_quay("teu")


def _idle(log: RunLog) -> float:
    """Return the hours that trucks which came in the window stood in the line and at the lane."""
    came = np.flatnonzero(in_window(log, log.boxes["t_truck"]))
    hours = (log.boxes[name][came] for name in ("gate_queued", "gate_service"))
    return float(sum(np.nansum(column, dtype=np.float64) for column in hours))
