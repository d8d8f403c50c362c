"""No bare number enters the port: unit, range, grade, source and bounds are checked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from sim.kernel.draws import Draws
from sim.port import units
from sim.port.units import LEAST_DRAW, Evidence, Measure, Quantity

KINDS = {
    name: kind
    for name, kind in vars(units).items()
    if any(isinstance(note, Measure) for note in getattr(kind, "__metadata__", ()))
}


def quantity(value: float, unit: str = "h", **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "grade": "known", "source": "knowledge", **more}


def taken(kind: str, **given: Any) -> Quantity:
    """Return the quantity as a field of that kind takes it."""
    return TypeAdapter(KINDS[kind]).validate_python(given)


def refused(kind: str, **given: Any) -> str:
    """Return why a field of that kind refuses what is given."""
    with pytest.raises(ValidationError) as refusal:
        taken(kind, **given)
    return "; ".join(error["msg"] for error in refusal.value.errors())


def test_every_number_has_grade_and_source() -> None:
    for key in ("grade", "source", "unit", "value"):
        given = quantity(1)
        del given[key]
        assert "required" in refused("Hours", **given)
    assert "at least 1" in refused("Hours", **quantity(1, source=""))
    assert "'seen', 'derived', 'known' or 'assumed'" in refused("Hours", **quantity(1, grade="guessed"))


def test_an_assumption_is_never_without_a_range() -> None:
    assert "both low and high" in refused("Hours", **quantity(1, grade="assumed"))
    assert "both low and high" in refused("Hours", **quantity(1, grade="assumed", low=0))
    assert taken("Hours", **quantity(1, grade="assumed", low=0, high=2)).high == 2


@pytest.mark.parametrize(("low", "high", "words"), [(2, 3, "low 2 is above"), (0, 0.5, "high 0.5 is below")])
def test_the_range_holds_the_value(low: float, high: float, words: str) -> None:
    assert words in refused("Hours", **quantity(1, low=low, high=high))


def test_the_unit_is_the_one_of_the_field() -> None:
    assert "write it in 'h'" in refused("Hours", **quantity(1, "min"))


@pytest.mark.parametrize(
    ("kind", "value", "unit"),
    [
        ("Share", -0.1, "share"),
        ("Share", 1.1, "share"),
        ("PositiveShare", 0, "share"),
        ("Hours", -1, "h"),
        ("PositiveHours", 0, "h"),
        ("Knots", 0, "kn"),
        ("Pace", 0, "ratio"),
        ("Pace", 1.5, "ratio"),
        ("Servers", 0, "servers"),
        ("Servers", 1.5, "servers"),
        ("Rank", 10, "rank"),
        ("Correlation", 1, "correlation"),
    ],
)
def test_values_and_both_ends_keep_their_bounds(kind: str, value: float, unit: str) -> None:
    assert refused(kind, **quantity(value, unit))
    assert refused(kind, **quantity(value, unit, low=value, high=value))


def test_the_ends_of_a_range_keep_the_bounds_too() -> None:
    assert "high 1.2" in refused("Share", **quantity(0.5, "share", high=1.2))
    assert "low -1" in refused("Hours", **quantity(0.5, low=-1))
    assert "whole" in refused("Servers", **quantity(2, "servers", high=2.5))


@pytest.mark.parametrize("number", [float("inf"), -float("inf"), float("nan")])
@pytest.mark.parametrize("key", ["value", "low", "high"])
@pytest.mark.parametrize("kind", ["Hours", "Servers", "DrawnHours"])
def test_infinity_and_not_a_number_are_no_numbers(kind: str, key: str, number: float) -> None:
    unit = "servers" if kind == "Servers" else "h"
    assert "finite" in refused(kind, **(quantity(1, unit) | {key: number}))


def test_unknown_keys_are_errors() -> None:
    assert "Extra inputs" in refused("Hours", **quantity(1, hihg=2))


def test_only_what_the_model_draws_may_have_a_distribution() -> None:
    spread = {"kind": "exponential"}
    assert taken("DrawnHours", **quantity(1, distribution=spread)).distribution is not None
    for kind, annotated in KINDS.items():
        note = annotated.__metadata__[0]
        if not note.drawn:
            given = quantity(1 if note.le is None else note.le, note.unit, distribution=spread)
            assert "leave out distribution" in refused(kind, **given), kind


def test_where_zero_is_impossible_no_draw_may_reach_it() -> None:
    assert "all must be above 0" in refused(
        "DrawnPositiveHours", **quantity(1, distribution={"kind": "normal", "sd": 0.5})
    )
    for spread in (
        {"kind": "exponential"},
        {"kind": "erlang", "phases": 2},
        {"kind": "gamma", "shape": 0.2},
        {"kind": "lognormal", "sigma": 1},
        {"kind": "triangular", "min": 0, "max": 3},
        {"kind": "uniform", "min": 0, "max": 2},
        {"kind": "normal", "sd": 0.1},
    ):
        assert taken("DrawnPositiveHours", **quantity(1, distribution=spread))


def test_no_draw_is_less_than_the_least() -> None:
    assert Draws(1, 1).uniform("purpose", "owner", 100_000).min() >= LEAST_DRAW


def test_value_and_distribution_go_together() -> None:
    assert "triangular" in refused("DrawnHours", **quantity(5, distribution={"kind": "triangular", "min": 0, "max": 3}))


def test_without_a_distribution_every_draw_is_the_value() -> None:
    given = taken("DrawnHours", **quantity(3))
    assert given.quantile(np.array([0.1, 0.9])).tolist() == [3, 3]
    assert given.mean == 3


def test_mean_and_quantiles_are_those_of_the_distribution() -> None:
    given = taken("DrawnHours", **quantity(3, distribution={"kind": "lognormal", "sigma": 0.5}))
    assert given.quantile(np.array([0.5]))[0] == pytest.approx(3)
    assert given.mean == pytest.approx(3 * np.exp(0.125))


def test_several_sources_are_always_a_tuple() -> None:
    assert Evidence(grade="known", source="a").sources == ("a",)
    assert Evidence(grade="known", source=("a", "b")).sources == ("a", "b")


def test_values_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        taken("Hours", **quantity(1)).value = 2


def test_the_editor_learns_unit_and_bounds() -> None:
    schema = TypeAdapter(KINDS["Servers"]).json_schema()["properties"]
    assert schema["value"] == {"type": "integer", "minimum": 1}
    assert schema["unit"] == {"enum": ["servers"]}
    assert "distribution" not in schema
    drawn = TypeAdapter(KINDS["DrawnPositiveHours"]).json_schema()["properties"]
    assert drawn["value"] == {"type": "number", "exclusiveMinimum": 0}
    assert "distribution" in drawn
