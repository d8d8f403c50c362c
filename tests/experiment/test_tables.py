"""The rows of the printed tables: which, in which order, with what in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.experiment import RunOptions, ScenarioResult, comparison_table, run, run_table
from tests.experiment.scenarios import outcome, result, scenario
from tests.small_port import whole_small_port


@pytest.fixture(scope="module")
def whole() -> ScenarioResult:
    """The result of the small port with all flows."""
    (result,) = run([scenario("whole", whole_small_port(), replications=1)], RunOptions(workers=1))
    return result


def test_sections_come_in_a_fixed_order_and_no_row_twice() -> None:
    table = run_table([ScenarioResult(scenario("a"), (outcome(), outcome()))])
    sections = list(dict.fromkeys(row.section for row in table.rows))
    assert sections == [
        "clocks",
        "stages",
        "inspected",
        "groups",
        "desks",
        "other",
        "vessels",
        "calls",
        "yard",
        "gate",
        "flows",
        "detection",
    ]
    names = [(row.metric, row.flow, row.group, row.statistic) for row in table.rows]
    assert len(names) == len(set(names))


def test_flows_follow_one_another(whole: ScenarioResult) -> None:
    sections = list(dict.fromkeys(row.section for row in run_table([whole]).rows))
    for section in ("export_clocks", "rolling", "europe", "barges", "trains", "emissions", "cost", "stations"):
        assert section in sections
    assert sections.index("clocks") < sections.index("export_clocks") < sections.index("other")
    assert sections.index("other") < sections.index("vessels") < sections.index("barges") < sections.index("yard")


def test_the_clock_has_its_spread_its_shares_and_its_counts() -> None:
    table = run_table([ScenarioResult(scenario("a"), (outcome(),))])
    rows = [row for row in table.rows if (row.section, row.metric) == ("clocks", "arrival_to_release")]
    assert [(row.statistic, row.unit) for row in rows] == [
        ("mean", "h"),
        ("p50", "h"),
        ("p90", "h"),
        ("p95", "h"),
        ("within_24h", "share"),
        ("within_48h", "share"),
        ("count", "boxes"),
        ("unfinished", "boxes"),
    ]
    (cell,) = rows[0].cells
    assert cell is not None
    assert (cell.mean, cell.low, cell.n) == (50.0, None, 1)


def test_a_number_that_one_scenario_lacks_leaves_its_cell_empty() -> None:
    with_it = result("a", "pick_up", [1.0])
    without = replace(with_it, outcomes=(replace(with_it.outcomes[0], metrics=()),))
    (row,) = run_table([without, with_it]).rows
    assert row.cells[0] is None
    assert row.cells[1] is not None
    assert row.unit == "h"


def test_a_comparison_has_a_column_for_each_reform() -> None:
    base, quick = result("base", "pick_up", [5.0, 6.0]), result("quick", "pick_up", [4.0, 5.0])
    table = comparison_table(base, [quick, base])
    assert (table.base, table.columns) == ("base", ("quick", "base"))
    (row,) = table.rows
    assert [cell.difference if cell else None for cell in row.cells] == [-1.0, 0.0]
