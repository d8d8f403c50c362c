"""`nansha compare`: differences with intervals and verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.inside import inside
from tests.cli.project import Answer, nansha


def test_the_summary_comes_first(compared: Answer) -> None:
    assert compared.code == 0, compared.err
    lines = compared.out.splitlines()
    assert lines[1] == "Reforms against “Small port baseline”"
    assert "Imports: change of each reform, with its 95 % interval" in lines
    place = next(k for k, line in enumerate(lines) if line.startswith("Two-step declaration  "))
    assert " h, " in lines[place]
    assert lines[place + 1].count(" to ") == 4


def test_the_summary_tells_how_the_clocks_are_spread(compared: Answer) -> None:
    for clock in ("release", "gate-out"):
        after = compared.out.split(
            f"Imports, arrival to {clock}: change of percentiles and of the share within 48 h\n"
        )[1]
        assert after.splitlines()[0].split(maxsplit=4) == ["Reform", "P50", "P90", "P95", "Within 48 h"]
        assert " % points, " in after.splitlines()[2]


def test_verdicts_of_the_first_tables_hold_together(shared: Path, compared: Answer) -> None:
    assert "Holm's adjustment over their " in compared.out
    same = ("compare", "baseline.yaml", "two_step.yaml", "--workers", "1", "--out", "compared")
    told = inside(*same, "--json", cwd=shared).json()
    (reform,) = told["reforms"]
    family = [effect for effect in reform["effects"] if effect["p_adjusted"] is not None]
    assert len(family) == told["families"]["headlines"] > 8
    assert all(effect["p"] <= effect["p_adjusted"] <= 1 for effect in family)
    for effect in family:
        found = effect["p_adjusted"] <= 0.05
        assert effect["verdict_adjusted"] == (effect["verdict"] if found else "not_shown")
    assert len([group for group in reform["gains"] if group["p_adjusted"] is not None]) == told["families"]["gains"]


def test_who_gains_and_who_loses(direct: Answer) -> None:
    table = direct.out.split("Who gains and who loses: Direct loading\n")[1].split("\n\n")[0].splitlines()
    assert table[0].split(maxsplit=1)[0] == "Boxes"
    changes = [float(line.split(" h  (")[0].split()[-1].replace("−", "-")) for line in table[2:]]
    assert changes == sorted(changes)
    assert any(line.startswith("Exports, by road ") for line in table)
    still = direct.out.split("No hour is changed for: ")[1].split(".")[0]
    assert "Imports, AEO traders; Imports, ordinary traders" in still
    assert "Imports, food" in still.replace("\n", " ")


def test_every_number_has_difference_interval_and_verdict(compared: Answer) -> None:
    assert "Two-step declaration against Small port baseline" in compared.out
    heading = next(line for line in compared.out.splitlines() if line.startswith("Measure "))
    assert heading.split(maxsplit=5)[:5] == ["Measure", "Unit", "Base", "Reform", "Difference"]
    row = next(line for line in compared.out.splitlines() if line.startswith("Arrival to release, mean"))
    assert row.split()[-1] in {"better", "worse", "shown"}
    same = compared.out.split("The same to the last digit in both:")[1].split(".")[0]
    assert "vessels" in same
    assert "What the inputs rest on: number of values by grade of evidence" in compared.out


def test_the_flows_that_a_reform_moves_are_shown_and_the_others_named(direct: Answer) -> None:
    assert direct.code == 0, direct.err
    assert "Exports: change of each reform, with its 95 % interval" in direct.out
    detail = direct.out.split("Direct loading against Small port with all flows")[1].split("\n\n")[0]
    clocks, others = detail.split("\nExports\n")[1].split("\nArrival to departure, mean")
    assert clocks.startswith("Arrival to release, mean")
    assert "not shown" not in others.split("\n", 1)[1]
    assert "No reform moves a number of these: imports; spread of imports to release; " in direct.out
    assert "more numbers are printed with --full" in direct.out


@pytest.mark.long
def test_full_prints_every_number(direct: Answer, shared: Path) -> None:
    same = ("compare", "whole.yaml", "direct.yaml", "--workers", "1", "--out", "whole")
    full = nansha(*same, "--full", cwd=shared)
    assert full.code == 0, full.err
    assert "--full" not in full.out
    assert len(full.out.splitlines()) > len(direct.out.splitlines()) + 50
    assert full.out.count("\nExports\n") == 1
    for row in ("Arrival to release, P90", "Aboard the vessel booked", "Arrival to departure, P95"):
        assert f"\n{row}" in full.out, row


def test_it_can_be_read_in_a_file(compared: Answer, direct: Answer) -> None:
    for line in (compared.out + direct.out).splitlines():
        assert cell_len(line) <= 120, line
        assert "…" not in line


def test_charts_hold_both(compared: Answer, shared: Path) -> None:
    charts = shared / compared.out.splitlines()[-1].removeprefix("Charts: ")
    assert charts.name.startswith("baseline-two_step-")
    data = (charts / "stages.csv").read_text(encoding="utf-8-sig")
    assert "arrival_to_release,change" in data
    assert data.count(",arrival_to_gate_out,mean,") == 2


@pytest.mark.long
def test_chinese_and_json_agree(shared: Path, compared: Answer) -> None:
    same = ("compare", "baseline.yaml", "two_step.yaml", "--workers", "1", "--out", "compared")
    chinese = nansha(*same, "--lang", "zh", cwd=shared)
    assert chinese.code == 0
    assert "与“小港基准”对比" in chinese.out
    assert any(verdict in chinese.out for verdict in ("改善", "未显现"))
    told = nansha(*same, "--json", cwd=shared).json()
    (reform,) = told["reforms"]
    effect = next(
        e for e in reform["effects"] if (e["metric"], e["group"], e["statistic"]) == ("preparation", "all", "mean")
    )
    assert effect["difference"] == pytest.approx(effect["reform"] - effect["base"])
    assert effect["verdict"] in {"better", "worse", "not_shown"}
    assert told["base"]["scenario"] == "baseline"


@pytest.mark.long
def test_one_replication_shows_nothing(project: Path) -> None:
    answer = nansha("compare", "baseline.yaml", "two_step.yaml", "--days", "2", "--replications", "1", cwd=project)
    assert answer.code == 0
    assert "no difference is shown" in answer.out
    assert "better" not in answer.out


@pytest.mark.long
def test_scenarios_without_common_draws_are_refused(project: Path) -> None:
    text = (project / "two_step.yaml").read_text(encoding="utf-8")
    (project / "two_step.yaml").write_text(text + "seed: 2\n", encoding="utf-8")
    answer = nansha("compare", "baseline.yaml", "two_step.yaml", "--days", "2", cwd=project)
    assert answer.code == 2
    assert "their draws are not common" in answer.err
    assert nansha("compare", "baseline.yaml", "two_step.yaml", "--days", "2", "--seed", "3", cwd=project).code == 0
