"""The suite of `nansha verify`: its cases, how they are run, and that it tells one clock from another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.kernel.draws import Draws
from sim.verify import CASES, Asked, Case, Verdict, verify
from sim.verify.carriers import CARRIER_CASES
from sim.verify.case import judged
from sim.verify.desks import ALL_HOURS, DESK_CASES, NINE_HOURS
from sim.verify.kernel_lines import KERNEL_CASES
from sim.words import LANGS, say

FAST = ("fork_join", "train")


def test_no_case_hides_another() -> None:
    assert len(CASES) == len(DESK_CASES) + len(CARRIER_CASES) + len(KERNEL_CASES)


@pytest.mark.parametrize("key", CASES)
def test_theory_expects_just_what_is_judged(key: str) -> None:
    case = CASES[key]
    expected = case.expected()
    assert expected.keys() == case.margins.keys()
    assert all(value > 0 for value in expected.values())
    assert all(0 < margin <= 0.12 for margin in case.margins.values())


@pytest.mark.parametrize("key", CASES)
def test_each_has_words(key: str) -> None:
    for lang in LANGS:
        say(f"verify.case.{key}", lang)
        say(f"verify.place.{CASES[key].place}", lang)
        for measure in CASES[key].margins:
            say(f"verify.measure.{measure}", lang)
        for verdict in Verdict:
            say(f"verify.verdict.{verdict}", lang)


def test_every_kind_of_line_of_the_port_has_a_case() -> None:
    places = {case.place for case in CASES.values()}
    assert {"review", "bay", "site", "lane", "berth", "yard", "train", "release"} <= places


@pytest.mark.long
def test_workers_change_nothing_and_a_seed_all() -> None:
    told: list[tuple[int, int]] = []
    one = verify(Asked(FAST, workers=1, quick=True), lambda done, total: told.append((done, total)))
    assert [finding.case for finding in one] == list(FAST)
    assert told == [(k, 32) for k in range(33)]
    assert verify(Asked(FAST, workers=2, quick=True)) == one
    other = verify(Asked(FAST, workers=1, quick=True, seed=7))
    assert all(mine.found != its.found for mine, its in zip(one, other, strict=True))
    assert all(finding.verdict == Verdict.HOLDS for finding in (*one, *other))


@pytest.mark.long
def test_each_case_has_luck_of_its_own() -> None:
    """The same draws for all would make bad luck strike everywhere at once."""
    twin = replace(CASES["fork_join"], key="twin")
    found = {"fork_join": CASES["fork_join"], "twin": twin}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.verify.suite.CASES", found)
        first, second = verify(Asked(workers=1, quick=True))
    assert first.found != second.found


def replicated(case: Case, size: int) -> list[dict[str, float]]:
    return [dict(case.found(Draws(1, replication), size)) for replication in range(8)]


def test_scaling_the_capacity_in_the_place_of_the_clock_does_not_pass() -> None:
    """72 officer-hours a day each: 8 officers for 9 hours are not 3 officers day and night."""
    scaled, true = replicated(ALL_HOURS, 10_000), replicated(NINE_HOURS, 10_000)
    (as_scaled,) = judged(NINE_HOURS, scaled, slack=2.0)
    (as_true,) = judged(NINE_HOURS, true, slack=2.0)
    assert as_true.verdict == Verdict.HOLDS
    assert as_scaled.verdict == Verdict.FAILS
    assert as_scaled.high < as_scaled.expected / 3


def test_the_printed_table_would_not_pass() -> None:
    """A handbook gives 0.0532 for E2/E2/4 at half load, twice the exact value: no margin here forgives that."""
    assert CASES["e2_e2_4"].margins["wait"] < 0.0532 / 0.0257 - 1


@pytest.mark.long
def test_all_cases_hold() -> None:
    findings = verify(Asked(workers=2))
    assert [f"{finding.case} {finding.measure}" for finding in findings if finding.verdict == Verdict.FAILS] == []
