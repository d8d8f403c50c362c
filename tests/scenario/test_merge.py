"""Deep merge: later wins, lists whole, places follow the winner, and no figure keeps another's source."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.errors import Problem
from sim.scenario.merge import merged
from sim.scenario.node import Node, find, made, plain, walk

KEYS = st.sampled_from(["a", "b", "c", "d"])
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        st.integers() | st.lists(st.integers(), max_size=2),
        lambda inner: st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


def merge(base: Any, over: Any) -> Node:
    """Merge plain data whose places are "base" and "over"."""
    problems: list[Problem] = []
    node = merged(made(base, "base"), made(over, "over"), problems)
    assert not problems
    return node


def expected(base: Any, over: Any) -> Any:
    """Merge as the words of the manual have it."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return {
        key: expected(base[key], over[key]) if key in base and key in over else over.get(key, base.get(key))
        for key in {**base, **over}
    }


@given(DATA, DATA)
def test_mappings_merge_and_all_else_is_replaced(base: Any, over: Any) -> None:
    assert plain(merge(base, over)) == expected(base, over)


@given(DATA, DATA)
def test_keys_keep_the_order_in_which_they_were_first_written(base: Any, over: Any) -> None:
    assert list(plain(merge(base, over))) == list({**base, **over})


@given(DATA)
def test_merging_with_itself_or_nothing_changes_nothing(data: Any) -> None:
    assert plain(merge(data, data)) == plain(merge(data, {})) == plain(merge({}, data)) == data


@given(DATA, DATA)
def test_every_scalar_is_where_it_was_last_written(base: Any, over: Any) -> None:
    winner = made(over, "over")
    for keys, node in walk(merge(base, over)):
        if not node.mapping and not isinstance(node.value, dict):
            assert node.place == ("over" if find(winner, keys) is not None else "base")


VALUE = {"value": 2, "low": 1, "high": 3, "unit": "h", "grade": "seen", "source": "a", "note": "measured"}


def test_a_changed_value_drops_range_and_note_of_the_old_one_and_keeps_its_unit() -> None:
    node = merge({"x": VALUE}, {"x": {"value": 9, "grade": "known", "source": "b"}})
    assert plain(node) == {"x": {"value": 9, "unit": "h", "grade": "known", "source": "b"}}


def test_a_changed_range_keeps_the_value() -> None:
    node = merge(VALUE, {"low": 0, "grade": "known", "source": "b"})
    assert plain(node) == {"value": 2, "low": 0, "high": 3, "unit": "h", "grade": "known", "source": "b"}


def test_a_new_note_needs_no_new_source() -> None:
    assert plain(merge(VALUE, {"note": "n"})) == {**VALUE, "note": "n"}


def test_a_change_without_grade_and_source_is_refused() -> None:
    for change in ({"value": 3}, {"high": 5}, {"value": 3, "grade": "known"}, {"value": 3, "source": "b"}):
        problems: list[Problem] = []
        node = merged(made({"x": VALUE}, "base"), made({"x": change}, "over"), problems)
        assert [problem.where for problem in problems] == ["over"]
        assert "without grade and source does not load" in problems[0].what
        assert plain(node) == {"x": VALUE}


def test_another_kind_of_distribution_replaces_the_old_one_whole() -> None:
    old = {"distribution": {"kind": "triangular", "min": 0, "max": 4}}
    new = {"distribution": {"kind": "exponential"}}
    assert plain(merge(old, new)) == new
    assert plain(merge(old, {"distribution": {"max": 5}})) == {
        "distribution": {"kind": "triangular", "min": 0, "max": 5}
    }
