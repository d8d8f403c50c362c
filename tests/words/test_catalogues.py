"""Both catalogues say the same things, and there are words for everything that a run or a port can name."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from sim.charts.stage_table import DESKS, PARTS, STAGES
from sim.experiment import Verdict
from sim.experiment.tables import PATTERNS
from sim.metrics import measure
from sim.policies import catalogue as policies
from sim.port.evidence import leaves
from sim.port.units import Grade, Quantity
from sim.records import MetricRow
from sim.words import LANGS, Lang, catalogue, name_of, say
from tests.metrics.logs import CALL, boxes, calls, log
from tests.small_port import small_port


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each language in turn."""
    chosen: Lang = request.param
    return chosen


@pytest.fixture(scope="module")
def rows() -> list[MetricRow]:
    """All metric rows of a small log."""
    call = CALL | {"t_arrived": 0.0, "t_berthed": 2.0, "t_worked": 9.0, "crane_hours": 5.0}
    return measure(log(boxes=boxes({}, {"flow": 1}), calls=calls(call)))


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_both_catalogues_have_the_same_keys_with_the_same_gaps() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert sorted(zh) == sorted(en)
    assert {key: fields(zh[key]) for key in zh} == {key: fields(en[key]) for key in en}


def test_nothing_is_left_empty_or_untranslated() -> None:
    for key, words in catalogue("zh").items():
        assert words.strip(), key
        same = words == catalogue("en")[key]
        assert not same or not re.search("[a-z]{3}", words.replace("nansha-sim {version}", "")), (
            f"{key} is not translated: {words}"
        )


def test_a_key_is_given_once(lang: Lang) -> None:
    from importlib import resources

    text = resources.files("sim.words").joinpath(f"{lang}.yaml").read_text(encoding="utf-8")
    path: list[str] = []
    seen = set()
    for line in text.splitlines():
        found = re.match(r"( *)([^\s#:]+):", line)
        if found:
            path = [*path[: len(found[1]) // 2], found[2]]
            assert tuple(path) not in seen, path
            seen.add(tuple(path))


def test_every_metric_and_unit_that_is_emitted_has_words(lang: Lang, rows: list[MetricRow]) -> None:
    for row in rows:
        say(f"metric.{row.metric}", lang)
        say(f"unit.{row.unit}", lang)
        say(f"statistic.{row.statistic}", lang)


def test_the_table_of_a_run_has_words(lang: Lang) -> None:
    for pattern in PATTERNS:
        for metric in pattern.metrics:
            say(f"metric.{metric}", lang)
        for statistic in pattern.statistics:
            say(f"statistic.{statistic}", lang)


def test_verdicts_grades_stages_and_desks_have_words(lang: Lang) -> None:
    keys = [f"verdict.{verdict}" for verdict in Verdict]
    keys += [f"grade.{grade}" for grade in get_args(Grade)]
    keys += [f"{family}.{stage}" for stage in STAGES for family in ("metric", "about")]
    keys += [f"desk.{desk}" for desk in DESKS] + [f"part.{part}" for part in PARTS]
    for key in keys:
        say(key, lang)


def test_every_unit_of_a_port_and_of_a_policy_has_words(lang: Lang) -> None:
    quantities = [value for value in leaves(small_port()).values() if isinstance(value, Quantity)]
    units = {quantity.unit for quantity in quantities}
    units |= {info.measure.unit for policy in policies().values() for info in policy.levers.values() if info.measure}
    for unit in units:
        say(f"unit.{unit}", lang)


def test_every_sign_that_a_policy_expects_has_words(lang: Lang) -> None:
    for policy in policies().values():
        for metric in policy.signs:
            say(f"metric.{metric}", lang)


def test_a_missing_key_is_an_error(lang: Lang) -> None:
    with pytest.raises(KeyError):
        say("metric.nonsense", lang)


def test_a_group_that_a_port_file_invents_keeps_its_name(lang: Lang) -> None:
    assert name_of("group", "cold_chain", lang) == "cold chain"
    assert name_of("group", "aeo", lang) == say("group.aeo", lang)
