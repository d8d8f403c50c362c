"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest

from sim.words.numbers import figure, plus_minus, span, unit_of


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (58.23, "h", "58.2"),
        (0.434, "h", "0.43"),
        (0, "h", "0"),
        (1234.5, "h", "1,234"),
        (0.0057, "share", "0.57"),
        (0.931, "share", "93.1"),
        (12345.4, "TEU", "12,345"),
        (7.2, "boxes", "7.2"),
        (3.0, "boxes", "3"),
        (-3.14, "h", "−3.1"),
        (-0.001, "h", "0.00"),
        (math.nan, "h", "–"),
        (math.inf, "h", "–"),
    ],
)
def test_figure(value: float, unit: str, text: str) -> None:
    assert figure(value, unit) == text


def test_a_signed_figure_shows_its_direction() -> None:
    assert [figure(value, "h", sign=True) for value in (3.14, -3.14, 0.0)] == ["+3.1", "−3.1", "0"]


def test_plus_minus_keeps_to_the_digits_of_the_wider_number() -> None:
    assert plus_minus(58.23, 1.31, "h") == "58.2 ±1.3"
    assert plus_minus(0.434, 0.012, "h") == "0.43 ±0.01"
    assert plus_minus(58.23, 0.04, "h") == "58.2 ±0.0"
    assert plus_minus(0.0, 0.0, "h") == "0"
    assert plus_minus(0.05, 0.0, "h") == "0.05 ±0.00"
    assert plus_minus(0.931, 0.004, "share") == "93.1 ±0.4"
    assert plus_minus(5.0, 0.0, "h") == "5.0 ±0.0"


def test_span_uses_words_where_a_dash_would_read_as_a_minus() -> None:
    assert span(56.9, 59.5, "h", "en") == "(56.9–59.5)"
    assert span(-3.6, -2.6, "h", "en") == "(−3.6 to −2.6)"
    assert span(-3.6, 2.6, "h", "zh") == "（−3.6 至 +2.6）"
    assert span(math.nan, 1.0, "h", "en") == ""


def test_a_difference_of_shares_is_in_points() -> None:
    assert unit_of("share", "en") == "%"
    assert unit_of("share", "en", difference=True) == "% points"
    assert unit_of("share", "zh", difference=True) == "个百分点"
    assert unit_of("", "en") == ""
