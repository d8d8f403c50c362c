"""One family of errors: what, where, remedy; all of them at once, and through to another process."""

from __future__ import annotations

import pickle

import pytest

from sim import errors
from sim.errors import LoadError, OutputError, Place, PolicyError, Problem, RunError, ScenarioError, SimError

FAMILY = [ScenarioError, PolicyError, LoadError, OutputError, RunError]


def test_a_problem_says_what_where_and_what_to_do() -> None:
    assert str(Problem("it is late")) == "it is late"
    assert str(Problem("it is late", "customs.review", "open the desk")) == (
        "customs.review: it is late\n    -> open the desk"
    )


def test_a_place_in_a_file_is_shown_with_its_line_and_a_caret() -> None:
    place = Place("port.yaml", 3, 7, "  lot: 3O")
    assert str(Problem("no number", place, "write 30")) == (
        "port.yaml:3:7: no number\n      lot: 3O\n          ^\n    -> write 30"
    )
    assert str(Problem("no number", Place("port.yaml", 3, 7))) == "port.yaml:3:7: no number"


@pytest.mark.parametrize("kind", FAMILY)
def test_every_error_is_one_of_the_family_and_carries_all_problems(kind: type[SimError]) -> None:
    problems = [Problem("one", "a.b"), Problem("two", Place("f", 1, 2, "x"), "mend it")]
    error = kind(iter(problems))
    assert isinstance(error, SimError)
    assert error.problems == tuple(problems)
    assert str(error) == "\n".join(map(str, problems))
    assert kind(problems[0]).problems == (problems[0],)


@pytest.mark.parametrize("kind", FAMILY)
def test_errors_come_back_whole_from_a_worker(kind: type[SimError]) -> None:
    error = kind([Problem("one", Place("f", 1, 2, "x"), "mend it")])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert back.problems == error.problems
    assert str(back) == str(error)


def test_the_family_is_complete() -> None:
    public = {e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, SimError)}
    assert public == {SimError, *FAMILY}
