"""Print the figures of the changelog as Markdown: the baseline, and the change of every reform against its base.

python tools/make_results.py [--out results] [--workers N] [SCENARIO ...]

Every run is read from the folder of results if it is there. Without names: every shipped reform, against the baseline
or the whole port that it builds on.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from sim.cli.progress import metered
from sim.experiment import Effect, RunOptions, ScenarioResult, Summary, compare, run, summarise
from sim.scenario import load
from sim.words.names import line_words
from sim.words.numbers import figure, plus_minus, span, unit_of

FOLDER = Path(__file__).resolve().parents[1] / "scenarios"
SPREAD = ("mean", "p50", "p90", "p95")
HOURS = (
    *(("import", "all", m) for m in ("arrival_to_release", "arrival_to_gate_out", "unloading", "preparation")),
    *(("import", "all", m) for m in ("clearance", "pick_up", "yard_dwell")),
    *(("import", "inspected", m) for m in ("arrival_to_release", "arrival_to_gate_out", "inspection")),
    *(("export", "all", m) for m in ("arrival_to_release", "arrival_to_departure", "preparation", "clearance")),
    *(("export", "all", m) for m in ("after_release", "vessel_departure", "yard_dwell", "hours_lost")),
    ("export", "inspected", "arrival_to_release"),
    ("export", "direct", "arrival_to_departure"),
    ("transhipment", "all", "connection_time"),
    ("domestic", "all", "yard_dwell"),
    ("empty", "all", "yard_dwell"),
    ("import", "to_barge", "onward_wait"),
    ("barge", "all", "berth_wait"),
    ("export", "by_rail", "europe_port_dwell"),
    ("export", "by_sea", "europe_port_dwell"),
    ("export", "by_rail", "time_to_europe"),
    ("export", "by_sea", "time_to_europe"),
    ("vessel", "all", "anchorage_wait"),
    ("vessel", "all", "berth_time"),
    ("import", "all", "truck_turn"),
)
NUMBERS = (
    ("import", "all", "arrival_to_release", "count"),
    ("export", "all", "arrival_to_release", "count"),
    ("import", "all", "inspected_share", "value"),
    ("export", "all", "inspected_share", "value"),
    ("import", "all", "found_share", "value"),
    ("export", "all", "first_vessel", "value"),
    ("export", "all", "rolled_boxes", "count"),
    ("vessel", "all", "berth_use", "value"),
    ("vessel", "all", "direct_berthing", "value"),
    ("vessel", "all", "moves_per_crane_hour", "value"),
    ("all", "all", "yard_peak_fill", "value"),
    ("all", "all", "yard_mean_fill", "value"),
    ("all", "all", "quay_teu_per_year", "value"),
    ("all", "all", "throughput_teu_per_year", "value"),
    ("export", "europe", "rail_share", "value"),
    ("all", "all", "co2_per_teu", "value"),
    ("import", "all", "charges", "mean"),
    ("import", "all", "time_cost_low", "mean"),
    ("import", "all", "time_cost_high", "mean"),
)
CHANGES = (
    ("import", "all", "arrival_to_release", "mean"),
    ("import", "all", "arrival_to_gate_out", "mean"),
    ("export", "all", "arrival_to_release", "mean"),
    ("export", "all", "arrival_to_departure", "mean"),
    ("export", "europe", "time_to_europe", "mean"),
)


def name_of(key: Sequence[str], result: ScenarioResult) -> str:
    """Return what a row is called; key: flow, group, metric, and what else tells it."""
    flow, group, metric, *_ = key
    return line_words(metric, flow, group, result.scenario, "en")


def cell(item: Summary | None) -> str:
    """Return a mean with half its interval."""
    if item is None or item.low is None or item.high is None or item.statistic == "count":
        return "" if item is None else figure(item.mean, item.unit)
    return plus_minus(item.mean, (item.high - item.low) / 2, item.unit).replace("±", "± ")


def of_one(result: ScenarioResult) -> Iterator[str]:
    """Yield the tables of one scenario."""
    found = {(s.flow, s.group, s.metric, s.statistic): s for s in summarise(result)}
    yield f"### {result.scenario.name}: {result.scenario.replications} replications\n"
    yield "| | unit | mean | P50 | P90 | P95 |\n|---|---|---|---|---|---|"
    for key in HOURS:
        cells = [found.get((*key, statistic)) for statistic in SPREAD]
        if cells[0] is not None:
            row = (name_of(key, result), unit_of(cells[0].unit, "en"), *map(cell, cells))
            yield f"| {' | '.join(row)} |"
    yield "\n| | unit | |\n|---|---|---|"
    for name in NUMBERS:
        item = found.get(name)
        if item is not None:
            yield f"| {name_of(name, result)} | {unit_of(item.unit, 'en')} | {cell(item)} |"


def of_reforms(base: ScenarioResult, reforms: list[ScenarioResult]) -> Iterator[str]:
    """Yield the table of changes against one base."""
    yield f"\n### Change against {base.scenario.name}\n"
    yield f"| reform | {' | '.join(name_of(key, base) for key in CHANGES)} |\n|---|{'---|' * len(CHANGES)}"
    for reform in reforms:
        found = {(e.flow, e.group, e.metric, e.statistic): e for e in compare(base, reform)}
        yield f"| `{reform.scenario.name}` | {' | '.join(change(found.get(key)) for key in CHANGES)} |"


def change(effect: Effect | None) -> str:
    """Return a change with its interval."""
    if effect is None or effect.low is None or effect.high is None:
        return ""
    if effect.difference == effect.low == effect.high == 0:
        return "0"
    ends = span(effect.low, effect.high, effect.unit, "en", sign=True)
    return f"{figure(effect.difference, effect.unit, sign=True)} {ends}"


def bases(names: list[str]) -> dict[str, list[str]]:
    """Return base -> the reforms that build on it, in order of their names; a whole port is a base, not a reform."""
    parents = {path.stem: parent_of(path) for path in sorted(FOLDER.glob("*.yaml"))}
    found: dict[str, list[str]] = {}
    for name, base in parents.items():
        if (names and name not in names) or not base or name.startswith(("area_", "year_")):
            continue
        while parents[base] and not base.startswith("area_"):
            base = parents[base]
        found.setdefault(base, []).append(name)
    return found


def parent_of(path: Path) -> str:
    """Return the scenario that a file extends; empty if none."""
    tree = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return str(tree.get("extends", "")).removesuffix(".yaml")


def main(arguments: list[str]) -> int:
    """Run what is not there yet, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("results"))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    families = bases(asked.names)
    names = list(dict.fromkeys(name for base, reforms in families.items() for name in (base, *reforms)))
    scenarios = [load(FOLDER / f"{name}.yaml") for name in names]
    with metered("en") as meter:
        results = run(scenarios, RunOptions(workers=asked.workers, out=asked.out), meter)
    by_name = dict(zip(names, results, strict=True))
    for base, reforms in families.items():
        print("\n".join(of_one(by_name[base])))
        print("\n".join(of_reforms(by_name[base], [by_name[name] for name in reforms])))
    broken = [f"{result.scenario.name}: {what}" for result in results for what in result.violations]
    print(*broken, sep="\n", file=sys.stderr, end="\n" * bool(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
