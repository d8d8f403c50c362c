"""`nansha waiting`: the printed table, computed; and what it says to a question that it cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.theory.phase_line import erlang_line
from tests.cli.project import nansha


def test_one_line_in_units_of_service_and_in_hours(tmp_path: Path) -> None:
    question = ("waiting", "--arrivals", "E2", "--service", "E2", "--berths", "4", "--load", "0.5")
    answer = nansha(*question, "--service-hours", "20", cwd=tmp_path)
    assert answer.code == 0
    assert answer.err == ""
    lines = answer.out.splitlines()
    assert lines[0] == "E2/E2/4 at a load of 50.0 %"
    assert "Mean wait: 0.0257 of the mean time at berth" in lines
    assert "Mean wait: 0.51 h, for 20 h at berth" in lines
    assert "Vessels that wait: 8.7 %" in lines
    assert "Berths in use: 50.0 % of the time" in lines
    assert "hours" not in nansha(*question, cwd=tmp_path).out


def test_chinese(tmp_path: Path) -> None:
    out = nansha("waiting", "--berths", "4", "--load", "0.5", "--lang", "zh", cwd=tmp_path).out
    assert out.startswith("E2/E2/4，泊位利用率 50.0 %\n平均待泊时间：平均在泊时间的 0.0257 倍\n")


def test_json_has_every_digit(tmp_path: Path) -> None:
    arguments = ("--arrivals", "m", "--service", "e3", "--berths", "2,5-6", "--load", "0.6-0.8,0.85")
    record = nansha("waiting", *arguments, "--json", "--service-hours", "10", cwd=tmp_path).json()
    assert (record["arrivals"], record["service"], record["service_hours"]) == ("M", "E3", 10)
    pairs = [(row["berths"], row["load"]) for row in record["results"]]
    assert pairs == [(n, load) for load in (0.6, 0.7, 0.8, 0.85) for n in (2, 5, 6)]
    for row in record["results"]:
        line = erlang_line(1, 3, row["berths"], row["load"])
        assert row["wait_in_services"] == pytest.approx(line.wait)
        assert row["wait_hours"] == pytest.approx(10 * line.wait)
        assert (row["share_waiting"], row["vessels_waiting"]) == pytest.approx((line.delayed, line.queue))


def test_the_table_is_that_of_the_handbooks_but_for_its_misprint(tmp_path: Path) -> None:
    answer = nansha("waiting", "--table", "--service-hours", "24", cwd=tmp_path)
    assert answer.code == 0
    titles = ("E2/E2/n: mean wait", "Mean wait [h], for 24 h", "Vessels that wait [%]")
    assert all(title in answer.out for title in titles)
    row = next(line for line in answer.out.splitlines() if line.startswith("50.0 %")).split()
    assert row[2:] == [
        "0.3904",
        "0.1181",
        "0.0511",
        "0.0257",
        "0.0141",
        "0.0082",
        "0.0050",
        "0.0031",
        "0.0019",
        "0.0013",
    ]


def test_many_columns_come_in_parts(tmp_path: Path) -> None:
    out = nansha("waiting", "--berths", "1-25", "--load", "0.5,0.6", cwd=tmp_path).out
    assert out.count("Load \\ berths") == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--load", "0.5"), ["the number of berths is missing", "--berths 4"]),
        (("--berths", "4"), ["the load is missing", "--load 0.7"]),
        (("--berths", "4", "--load", "1"), ["--load 1: from 1 on the line grows without end", "below 1"]),
        (("--berths", "4", "--load", "70"), ["--load 70", "--load 0.7"]),
        (("--berths", "4", "--load", "0"), ["--load 0 is no load"]),
        (("--berths", "4", "--load", "-0.5"), ["--load -0.5 is no load"]),
        (("--berths", "4", "--load", "nan"), ["--load nan is no load"]),
        (("--berths", "4", "--load", "half"), ["--load half is no load"]),
        (("--berths", "0", "--load", "0.5"), ["--berths 0 is no number of berths", "1-10"]),
        (("--berths", "4-2", "--load", "0.5"), ["--berths 4-2"]),
        (("--berths", "2.5", "--load", "0.5"), ["--berths 2.5"]),
        (("--arrivals", "D", "--berths", "4", "--load", "0.5"), ["--arrivals D: fixed times", "--arrivals E20"]),
        (("--service", "G", "--berths", "4", "--load", "0.5"), ["--service G is no distribution", "--service E2"]),
        (("--service", "E0", "--berths", "4", "--load", "0.5"), ["--service E0"]),
        (("--berths", "4", "--load", "0.5", "--service-hours", "0"), ["--service-hours 0 is no length", "24"]),
        (("--service", "E4", "--berths", "13", "--load", "0.5"), ["E2/E4/13 at a load of 0.5", "fewer berths"]),
    ],
)
def test_a_question_that_cannot_be_answered(arguments: tuple[str, ...], words: list[str], tmp_path: Path) -> None:
    answer = nansha("waiting", *arguments, cwd=tmp_path)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.count("error: ") == 1
    for word in words:
        assert word in answer.err


def test_all_that_is_wrong_is_told_at_once_and_as_json(tmp_path: Path) -> None:
    answer = nansha("waiting", "--arrivals", "X", "--berths", "none", "--load", "2", "--json", cwd=tmp_path)
    assert answer.code == 2
    assert answer.err.count('"remedy"') == 3
