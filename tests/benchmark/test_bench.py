"""The benchmarks do the same work as what they are held against; how fast is not tested."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import simpy

from sim.kernel.draws import Draws
from tests.benchmark import chain, floor, growth, oracle, side_by_side, years
from tests.benchmark.bench import NO_MARGINS, TABLES, Cost, bench, peak_bytes, report
from tests.benchmark.chain import Chain, Floats
from tests.benchmark.table import Row, Target, table


def crowded(boxes: int) -> Chain:
    """Return boxes that keep bays and lanes so long that few of them are enough to queue."""
    drawn = chain.draw(boxes)
    return replace(drawn, examination=60 * drawn.examination, lane=60 * drawn.lane)


def test_a_few_days_are_measured_part_by_part(capsys: pytest.CaptureFixture[str]) -> None:
    cost = bench("baseline", 1, NO_MARGINS)
    report("baseline", cost, 1)
    printed = capsys.readouterr().out
    assert list(cost.seconds) == ["import", "load scenario", "simulate", "measure and check", "write Parquet"]
    assert all(part in printed and cost.seconds[part] > 0 for part in cost.seconds)
    assert cost.counts["boxes"] > cost.counts["calls"] > 0
    assert cost.counts["simpy_events"] < cost.counts["boxes"], "no SimPy event per box"


def test_memory_is_in_bytes() -> None:
    peak = peak_bytes()
    assert peak is None or 10e6 < peak < 100e9


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("package", "way"), [(name, way) for name, (way, _) in chain.WAYS.items()])
def test_the_chain_gives_the_same_hours_however_it_is_written(package: str, way: Callable[[Chain], Floats]) -> None:
    if find_spec(package) is None:
        pytest.skip(f"{package} is in the extra bench")
    boxes = crowded(600)
    assert np.abs(way(boxes) - chain.columns(boxes)).max() <= chain.TOLERANCE_H


@pytest.mark.parametrize("boxes", [crowded(600), chain.draw(50_000)])
def test_boxes_queue_in_the_chain(boxes: Chain) -> None:
    delays = boxes.discharged + boxes.documents + boxes.inspected * boxes.examination + boxes.pick_up + boxes.lane
    waits = chain.columns(boxes) - delays
    assert waits.min() > -1e-9
    assert (waits > 1e-6).mean() > 0.1, "without waits any way would give the same"
    assert boxes.inspected.mean() == pytest.approx(chain.INSPECTED, abs=0.03)


def test_a_peer_that_gives_other_hours_is_refused() -> None:
    with pytest.raises(SystemExit, match="other hours"):
        chain.refuse_apart("simpy", np.array([1.0, 2.0]), np.array([1.0, 2.1]))
    with pytest.raises(SystemExit, match="other hours"):
        chain.refuse_apart("simpy", np.array([np.nan, 2.0]), np.array([1.0, 2.0]))


def test_a_peer_that_is_not_there_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "version_of", lambda _: None)
    row = chain.row("salabim", 1)
    assert "pip install nansha-sim[bench]" in row.against
    assert row.verdict == "not measured"


def test_the_floor_draws_and_writes_what_the_run_does() -> None:
    row = floor.row(2, 1, NO_MARGINS)  # stops by itself if a file differs by a byte
    assert row.found is not None
    assert row.found > 1, "a run does more than its floor"


def test_a_floor_that_writes_something_else_is_refused(tmp_path: Path) -> None:
    for side in ("run", "floor"):
        (tmp_path / side).mkdir()
        for name in TABLES:
            (tmp_path / side / f"{name}.parquet").write_bytes(b"same")
    floor.refuse_apart(tmp_path / "run", tmp_path / "floor", TABLES)
    (tmp_path / "floor" / "calls.parquet").write_bytes(b"other")
    with pytest.raises(SystemExit, match=r"calls\.parquet"):
        floor.refuse_apart(tmp_path / "run", tmp_path / "floor", TABLES)


def test_draws_are_counted_once_and_unchanged() -> None:
    draws = Draws(1, 0)
    alone = draws.uniform("size", "north", 5)
    with floor.counted_draws() as asked:
        assert np.array_equal(draws.uniform("size", "north", 5), alone)
        draws.uniform("size", "north", 3)
        draws.stacked("goods", {"north": 2, "south": 4})
    draws.uniform("size", "north", 9)
    assert asked == {("size", "north"): 5, ("goods", "north"): 2, ("goods", "south"): 4}
    with pytest.raises(SystemExit, match="does not count"):
        floor.refuse_uncounted(asked, 12)


def test_the_oracle_that_the_columns_are_timed_against_finds_the_same() -> None:
    _, found = oracle.of_columns(1)
    _, expected = oracle.of_oracle(1)
    oracle.refuse_apart(found, expected, 24)
    reached = np.flatnonzero(found["t_released"] < 24)
    found["t_released"][reached[0]] += 1e-3
    with pytest.raises(SystemExit, match="t_released"):
        oracle.refuse_apart(found, expected, 24)


def test_the_exponent_is_the_power_of_growth() -> None:
    boxes = [3e5, 1e6, 3e6, 1.2e7]
    assert growth.exponent(boxes, [2e-6 * n**1.3 for n in boxes]) == pytest.approx(1.3)
    points = [growth.Point(int(n), 3e-6 * n, None) for n in boxes]
    time, memory = growth.growth_rows(points)
    assert (time.verdict, memory.verdict) == ("kept", "NOT MEASURED")


def test_a_size_that_does_not_fit_into_memory_is_left_out_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def little(_: object, name: str, days: int, sets: object) -> Cost:
        parts = ("load scenario", "simulate", "measure and check", "write Parquet")
        busy = dict.fromkeys(parts, days / 10)
        return Cost(busy, busy, {part: 1e6 * days * k for k, part in enumerate(parts)}, {"boxes": days * 1000}, days)

    monkeypatch.setattr(growth, "in_child", little)
    monkeypatch.setattr(growth, "available_bytes", lambda: 1e9)
    rows = growth.rows(quick=False)
    assert [row.verdict for row in rows] == ["kept", "kept", "NOT MEASURED", "NOT MEASURED"]
    assert "needs some 2 GB, 1 GB are free" in rows[-1].against
    monkeypatch.setattr(growth, "available_bytes", lambda: 1e11)
    assert [row.what for row in growth.rows(quick=False)][2:] == [
        "12 million boxes: time on one core",
        "12 million boxes: peak memory",
    ]


def test_a_year_is_judged_by_processor_time_and_memory() -> None:
    parts = {"simulate": 3.0, "write Parquet": 0.9}
    cost = Cost(dict.fromkeys(parts, 9.0), parts, dict.fromkeys(parts, 1.2e9), {"boxes": 2_000_000}, 407)
    assert [row.verdict for row in years.year_rows("baseline", cost)] == ["kept", "MISSED"]


def test_the_table_says_what_is_kept_and_what_is_missed() -> None:
    rows = [
        Row("quick", "a", "b", 41.0, "times", Target(40, "times", least=True)),
        Row("slow", "a", "b", 39.99, "times", Target(40, "times", least=True)),
        Row("large", "a", "b", 1.001, "GB", Target(1, "GB")),
        Row("small", "a", "b", 1.0, "GB", Target(1, "GB")),
        Row("skipped", "a", "no memory", None, "s", Target(20, "s")),
        Row("beside", "a", "b", 5.0, "times"),
    ]
    lines = table(rows).splitlines()
    verdicts = {line.split()[0]: line.split()[-1] for line in lines[2:8]}
    assert verdicts["quick"] == verdicts["small"] == "kept"
    assert verdicts["slow"] == verdicts["large"] == "MISSED"
    assert verdicts["skipped"] == "MEASURED"
    assert "NOT MEASURED" in table(rows)
    assert verdicts["beside"] == "times"
    assert lines[-1].startswith("2 of 5 targets kept; not: slow (MISSED); large (MISSED); skipped (NOT MEASURED)")


def test_families_are_chosen_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = [Row("floor", "a", "b", 3.0, "times", Target(4, "times"))]
    monkeypatch.setattr(floor, "rows", lambda *_: found)
    assert side_by_side.main(["floor"]) == 0
    printed = capsys.readouterr().out
    assert f"Python {platform.python_version()}" in printed
    assert f"simpy {simpy.__version__}" in printed
    assert "1 of 1 targets kept" in printed
    assert side_by_side.main(["flor"]) == 2
    assert "flor" in capsys.readouterr().err


def test_what_is_missed_by_little_is_not_printed_as_if_it_were_kept() -> None:
    missed = Row("slow", "a", "b", 39.99, "times", Target(40, "times", least=True))
    assert missed.cells[3] != "40.0 times"
