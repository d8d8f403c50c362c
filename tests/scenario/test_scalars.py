"""What a plain word means, and that nothing is misread in silence."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.node import plain
from sim.scenario.reader import read_value
from sim.scenario.scalars import Unclear, read_scalar
from sim.scenario.text import _text


@pytest.mark.parametrize(
    "word", ["NO", "no", "yes", "on", "off", "y", "18:00", "1:30:00", "2021-03-01", "1_000", "0b11"]
)
def test_what_yaml_1_1_takes_for_something_else_is_text(word: str) -> None:
    assert read_scalar(word) == word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("5.", 5.0),
        (".5", 0.5),
        ("-0.25", -0.25),
        ("+7", 7),
        ("0", 0),
        ("0.5", 0.5),
        ("0e1", 0.0),
        ("0o17", 15),
        ("0x1F", 31),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
    ],
)
def test_core_words(word: str, value: object) -> None:
    read = read_scalar(word)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("word", "better"),
    [("0101", "101"), ("-007", "-7"), ("00", "0"), ("007.5", "7.5"), ("00.5", "0.5"), ("08", "8"), ("00e2", "0e2")],
)
def test_a_leading_zero_is_refused(word: str, better: str) -> None:
    with pytest.raises(Unclear, match="begins with a zero") as caught:
        read_scalar(word)
    assert f"write {better}," in caught.value.remedy


@pytest.mark.parametrize("word", [".inf", "-.INF", ".nan", "1e999", "9" * 19])
def test_numbers_without_a_sense_are_refused(word: str) -> None:
    with pytest.raises(Unclear):
        read_scalar(word)


@given(st.integers(-(10**17), 10**17))
def test_whole_numbers_come_back(number: int) -> None:
    assert read_scalar(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_to_the_bit(number: float) -> None:
    read = read_scalar(repr(number))
    assert isinstance(read, int | float)
    assert math.copysign(1, read) == math.copysign(1, number)
    assert read == number


@given(st.text(st.characters(codec="utf-8")))
def test_a_word_is_read_or_refused_and_text_is_never_changed(word: str) -> None:
    try:
        read = read_scalar(word)
    except Unclear:
        return
    assert not isinstance(read, str) or read == word


@given(st.text(st.characters(codec="utf-8")))
def test_text_written_into_a_resolved_scenario_reads_back_in_both_versions_of_yaml(text: str) -> None:
    problems: list[object] = []
    node = read_value(_text(text), "--set x", problems)  # type: ignore[arg-type]
    assert not problems
    assert node is not None
    assert plain(node) == text
    assert yaml.safe_load(_text(text)) == text
