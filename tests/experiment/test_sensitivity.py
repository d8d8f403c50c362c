"""Sensitivity of a small port: what leads, what is refused, and where a sign turns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import Problem, RunError
from sim.experiment import RunOptions, batches
from sim.experiment.ends import at_ends, with_turns
from sim.experiment.inputs import Input, inputs_of, moved
from sim.experiment.laboratory import Laboratory, Point
from sim.experiment.sensitivity import Sensitivity, Size, planned, sensitivity
from sim.experiment.subject import Subject
from sim.port.units import Quantity
from sim.scenario import load
from sim.scenario.template import Template
from tests.experiment.unsure import lay_unsure

DOCUMENTS, OFFICERS = "customs.preparation.documents", "customs.review.officers"
DWELL = Subject("arrival_to_gate_out", "import", "all", "mean", "h")
SIZE = Size(trajectories=2, leading=2, replications=2, rows=16)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_unsure(tmp_path_factory.mktemp("unsure") / "project")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def found(file: Path, out: Path) -> Sensitivity:
    return sensitivity(planned(Template(file, {}), DWELL.name, SIZE, effect=False), RunOptions(workers=1, out=out))


def test_all_that_is_assumed_or_derived_and_has_a_range_is_an_input(file: Path) -> None:
    inputs = {item.path: item for item in inputs_of(load(file))}
    assert set(inputs) == {DOCUMENTS, OFFICERS, "customs.review.manual_share", "customs.inspection.bays"}
    assert (inputs[OFFICERS].whole, inputs[DOCUMENTS].whole) == (True, False)
    assert [inputs[OFFICERS].at(part) for part in (0, 1 / 3, 2 / 3, 1)] == [1, 2, 4, 5]
    assert [inputs[DOCUMENTS].at(part) for part in (0, 1 / 3, 1)] == [12, 24, 48]


@pytest.mark.long
def test_what_leads_is_found_with_its_direction(found: Sensitivity) -> None:
    ends = next(ends for ends in found.leading if ends.item.path == DOCUMENTS)
    assert ends.low.change is not None
    assert ends.high.change is not None
    assert ends.low.change.mean < -3 < 3 < ends.high.change.mean
    assert found.indices is not None
    assert len(found.indices.total.value) == 3, "two values and luck"
    assert found.number.n == 2
    assert found.draws.size == 2 * SIZE.rows


@pytest.mark.long
def test_points_that_are_refused_are_counted_and_left_out(found: Sensitivity) -> None:
    """Three officers cannot review six declarations in ten."""
    assert found.tally.points == 2 * 5 + 5 * 2 + 16 * 5, "each refused step is a point too"
    assert found.tally.lost["refused"] > 0
    assert "review is asked for" in found.tally.reasons["refused"].what
    assert np.isfinite(found.screening.size).any()


def test_the_ends_of_a_distribution_move_with_its_value() -> None:
    said = {"value": 15.0, "unit": "kn", "grade": "assumed", "source": "x", "low": 12.0, "high": 16.0}
    slower = moved(Quantity(**said, distribution={"kind": "triangular", "min": 14.0, "max": 16.0}), 12.0)
    assert slower.value == 12.0
    assert slower.distribution is not None
    assert slower.distribution.model_dump(exclude={"kind"}) == pytest.approx({"min": 11.2, "max": 12.8})
    assert moved(Quantity(**said), 13.0).value == 13.0


@pytest.mark.long
def test_the_same_again_runs_nothing_and_finds_the_same(
    file: Path, out: Path, found: Sensitivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("this was run before")

    monkeypatch.setattr(batches, "replicate", never)
    again = sensitivity(planned(Template(file, {}), DWELL.name, SIZE, effect=False), RunOptions(workers=1, out=out))
    assert again.draws == pytest.approx(found.draws, nan_ok=True, abs=0)
    assert again.leading == found.leading


def test_a_run_that_fails_is_a_point_without_a_number(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RunError(Problem("the simulation failed"))

    monkeypatch.setattr(batches, "replicate", broken)
    laboratory = Laboratory(Template(file, {}), DWELL, RunOptions(workers=1), effect=False)
    assert np.isnan(laboratory.numbers([({}, 0), ({}, 1)])).all()
    assert dict(laboratory.tally.lost) == {"failed": 2}


def test_a_number_of_nothing_is_a_point_without_one(file: Path) -> None:
    nobody = Subject("arrival_to_gate_out", "import", "nobody", "mean", "h")
    laboratory = Laboratory(Template(file, {}), nobody, RunOptions(workers=1), effect=False)
    assert np.isnan(laboratory.numbers([({}, 0)])).all()
    assert dict(laboratory.tally.lost) == {"nothing": 1}


def test_an_effect_is_the_difference_to_the_scenario_without_policies(file: Path) -> None:
    template, options = Template(file, {}), RunOptions(workers=1)
    effect = Laboratory(template, DWELL, options, effect=True).numbers([({}, 0)])
    reform = Laboratory(template, DWELL, options, effect=False).numbers([({}, 0)])
    off = load(file, sets={"policies.two_step_declaration": "off"})
    base = Laboratory(template, DWELL, options, effect=False)
    base._template.base = off
    assert effect == pytest.approx(reform - base.numbers([({}, 0)]))
    assert effect[0] < 0


def test_a_scenario_without_policies_has_no_effect(file: Path) -> None:
    with pytest.raises(RunError, match="has no policies"):
        planned(Template(file.with_name("baseline.yaml"), {}), DWELL.name, SIZE, effect=True)


def test_a_scenario_in_which_all_is_known_has_nothing_to_vary(file: Path) -> None:
    with pytest.raises(RunError, match="no assumed or derived value with a range"):
        planned(Template(file.with_name("baseline.yaml"), {}), DWELL.name, SIZE, effect=False)


class Line(Laboratory):
    """A number that is 2 more than the values, each times its slope, and a little luck; a value over 90 is refused."""

    def __init__(self, **slopes: float) -> None:
        self._slopes = slopes

    def numbers(self, points: Sequence[Point]) -> Any:
        return np.array([self._one(dict(values), luck) for values, luck in points])

    def _one(self, values: dict[Input, float], luck: int) -> float:
        if any(value > 90 for value in values.values()):
            return float("nan")
        moved = sum(self._slopes[item.path] * (value - item.value) for item, value in values.items())
        return 2.0 + moved + 0.01 * (luck % 3)


def value(path: str, high: float = 10.0, *, whole: bool = False) -> Input:
    return Input(path, 5.0, 0.0, high, "h", "assumed", whole)


def test_the_ends_of_a_range_and_the_value_at_which_the_sign_turns() -> None:
    """With a slope of 1 the number 2 turns at 5 - 2 = 3; with one of 0.1 it does not turn between 0 and 10."""
    items, line = [value("steep"), value("flat"), value("wide", 100.0)], Line(steep=1.0, flat=0.1, wide=0.01)
    number, found = at_ends(items, 6, line)
    assert number.mean == pytest.approx(2.01)
    found = with_turns(number, found, 6, line)
    steep, flat, wide = found
    assert steep.low.change is not None
    assert steep.low.change.mean == pytest.approx(-5.0)
    (turn,) = steep.turns
    assert (turn.end, turn.shown) == ("low", True)
    assert turn.value == pytest.approx(3.0, abs=5 / 32 + 0.01)
    assert flat.turns == ()
    assert wide.high.number is None, "refused"
    assert wide.turns == ()


def test_a_whole_number_turns_at_a_whole_number() -> None:
    items, line = [value("officers", whole=True)], Line(officers=-1.0)
    number, found = at_ends(items, 3, line)
    ((turn,),) = (ends.turns for ends in with_turns(number, found, 3, line))
    assert (turn.end, turn.value) == ("high", 8.0), "2 - (8 - 5) < 0"
