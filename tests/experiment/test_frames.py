"""Results as frames: what a notebook shows is what the functions found."""

from __future__ import annotations

import polars as pl
import pytest

import sim
from sim.errors import RunError
from sim.experiment import RunOptions, compare, run, summarise
from tests.experiment.papers_and_cargo import both
from tests.experiment.scenarios import scenario

ALONE = RunOptions(workers=1)


def test_what_was_found_as_a_table() -> None:
    base, reform = run([scenario("base"), scenario("reform")], ALONE)
    for found in (summarise(base), compare(base, reform)):
        table = sim.frame(found)
        assert table.height == len(found)
        assert table["metric"].to_list() == [item.metric for item in found]
        assert table["low"].to_list() == [item.low for item in found]
        assert "<table" in table._repr_html_()


@pytest.mark.long
def test_shares_of_the_change_as_a_table() -> None:
    reform = both(replications=2)
    table = sim.attribute(reform, ["arrival_to_release"], ALONE)
    assert table["policy"].to_list() == list(reform.policies)
    assert table["unit"].unique().to_list() == ["h"]
    base, whole = run([_without_policies(reform), reform], ALONE)
    (change,) = (
        effect
        for effect in compare(base, whole)
        if (effect.metric, effect.flow, effect.group, effect.statistic)
        == ("arrival_to_release", "import", "all", "mean")
    )
    assert table["share"].sum() == pytest.approx(change.difference)
    assert table.select(pl.col("low") < pl.col("share")).to_series().all()


def test_a_scenario_without_policies_is_refused() -> None:
    with pytest.raises(RunError, match="no policies"):
        sim.attribute(_without_policies(both(replications=2)), options=ALONE)


def _without_policies(reform: sim.Scenario) -> sim.Scenario:
    from sim.experiment.switches import switches

    return switches(reform).scenario(0)
