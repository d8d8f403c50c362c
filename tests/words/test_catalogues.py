"""Both catalogues say the same things, and there are words for everything that a run or a port can name."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from sim.charts.stage_table import CHANGE, DESKS, PARTS, STAGES, TOTAL
from sim.cli import layout, layout_full
from sim.cli.compare_report import DETAILS, FLOWS
from sim.experiment import Verdict
from sim.experiment.headlines import HEADLINES
from sim.experiment.tables import PATTERNS
from sim.metrics import measure
from sim.models import simulate
from sim.policies import catalogue as policies
from sim.port.evidence import leaves
from sim.port.port import PortTimeline
from sim.port.units import Grade, Quantity
from sim.records import Channel, Event, Flow, MetricRow, Mode
from sim.scenario import Scenario
from sim.words import LANGS, Lang, catalogue, name_of, say
from sim.words.names import group_words, metric_words
from tests.experiment.scenarios import HORIZON, scenario
from tests.small_port import small_port, whole_small_port


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each language in turn."""
    chosen: Lang = request.param
    return chosen


@pytest.fixture(scope="module")
def whole() -> Scenario:
    """A scenario of the small port with all flows."""
    return scenario("whole", whole_small_port())


@pytest.fixture(scope="module")
def rows(whole: Scenario) -> list[MetricRow]:
    """All metric rows of a run of ports with and without exports, barges and trains."""
    timelines = whole.timeline, PortTimeline((0.0,), (small_port(),))
    return [row for timeline in timelines for row in measure(simulate(timeline, HORIZON, 1, 0))]


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


def test_every_number_that_is_emitted_has_words(lang: Lang, rows: list[MetricRow], whole: Scenario) -> None:
    named = {name for name, flow, group, _ in {(r.metric, r.flow, r.group, r.statistic) for r in rows}}
    assert len(named) > 100
    for row in rows:
        metric_words(row.metric, row.flow, lang)
        for key in (f"metric.{row.metric}", f"flow.{row.flow}", f"heading.{row.flow}"):
            say(key, lang)
        say(f"unit.{row.unit}", lang)
        say(f"statistic.{row.statistic}", lang)
        assert group_words(row.group, whole, lang).strip()


def test_every_group_of_boxes_has_words_of_its_own(lang: Lang, rows: list[MetricRow], whole: Scenario) -> None:
    port = whole.port
    own = {*port.customs.traders, *port.terminals, *port.traffic.vessel_classes, *(port.traffic.cargo.goods)}
    groups = {row.group for row in rows if row.group not in own and not {".", " "} & set(row.group)}
    assert {"direct", "europe", "by_rail", "barge_to_sea"} <= groups
    for group in groups:
        assert f"group.{group}" in catalogue(lang) or f"station.{group}" in catalogue(lang), group


def test_stations_and_slots_of_a_terminal_have_words(lang: Lang, whole: Scenario) -> None:
    terminal = next(iter(whole.port.terminals))
    name = group_words(terminal, whole, lang)
    for group, key in ((f"gate {terminal}", "station.gate"), (f"drop-off {terminal}", "station.drop-off")):
        assert group_words(group, whole, lang) == f"{say(key, lang)} {name}"
    for kind in ("dry", "reefer", "empty"):
        assert group_words(f"{terminal}.{kind}", whole, lang) == f"{name} {say(f'slot.{kind}', lang)}"


def test_codes_have_words(lang: Lang) -> None:
    families = {"flow": Flow, "mode": Mode, "channel": Channel, "event": Event}
    for family, codes in families.items():
        for code in codes:
            if code >= 0:
                say(f"{family}.{code.name.lower()}", lang)


def test_the_table_of_a_run_has_words(lang: Lang) -> None:
    for pattern in PATTERNS:
        for metric in pattern.metrics:
            say(f"metric.{metric}", lang)
        for statistic in pattern.statistics:
            say(f"statistic.{statistic}", lang)


def test_every_table_that_is_printed_has_title_and_headings(lang: Lang) -> None:
    for section in (layout.TERMINALS, *layout_full.FULL):
        if isinstance(section, layout.Matrix):
            say(f"table.titles.{section.title}", lang)
            for head in (f"by_{section.by}", *(column.head for column in section.columns)):
                say(f"table.{head}", lang)
        elif isinstance(section, layout.Lines):
            say(f"table.titles.{section.title}", lang)
        else:
            say(f"table.titles.desks_{section.flow}", lang)
    for part, names in HEADLINES.items():
        say(f"table.titles.summary_{part}", lang)
        say(f"compare.part.{part}", lang)
        for k in range(len(names)):
            say(f"compare.headline.{part}.{k}", lang)
    for key in (*(f"section.{section}" for section in DETAILS), *(f"heading.{flow}" for flow in FLOWS)):
        say(key, lang)


def test_every_number_that_is_asked_for_is_there(rows: list[MetricRow]) -> None:
    there = {(row.metric, row.flow) for row in rows}
    asked = {line[:2] for lines in layout.BRIEF for line in lines}
    for section in (layout.TERMINALS, *layout_full.FULL):
        if isinstance(section, layout.Matrix) and section.by not in ("flow", "carrier"):
            asked |= {(column.metric, column.flow or section.flow) for column in section.columns}
        if isinstance(section, layout.Lines):
            asked |= {line[:2] for line in section.lines}
    asked |= {(metric, flow) for names in HEADLINES.values() for metric, flow, _, _ in names}
    assert sorted(asked - there) == []
    metrics = {metric for pattern in PATTERNS for metric in pattern.metrics}
    metrics |= {
        column.metric
        for section in layout_full.FULL
        if isinstance(section, layout.Matrix)
        for column in section.columns
    }
    assert sorted(metrics - {row.metric for row in rows}) == []


def test_verdicts_grades_stages_and_desks_have_words(lang: Lang) -> None:
    keys = [f"verdict.{verdict}" for verdict in Verdict]
    keys += [f"grade.{grade}" for grade in get_args(Grade)]
    for flow, stages in STAGES.items():
        keys += [f"metric.{stage}" for stage in stages] + [f"about.{flow}.{stage}" for stage in stages]
        keys += [f"clock.{flow}.{TOTAL[flow]}", f"clock.{flow}.{CHANGE[flow]}"]
    keys += [f"desk.{desk}" for desk in DESKS] + [f"part.{part}" for part in PARTS]
    for key in keys:
        say(key, lang)


def test_every_unit_of_a_port_and_of_a_policy_has_words(lang: Lang) -> None:
    quantities = [value for value in leaves(whole_small_port()).values() if isinstance(value, Quantity)]
    units = {quantity.unit for quantity in quantities}
    units |= {info.measure.unit for policy in policies().values() for info in policy.levers.values() if info.measure}
    for unit in units:
        say(f"unit.{unit}", lang)


def test_every_sign_that_a_policy_expects_has_words(lang: Lang) -> None:
    for policy in policies().values():
        for sign in policy.signs:
            flow, _, name = sign.rpartition("/")
            metric, _, group = name.partition(".")
            say(f"metric.{metric}", lang)
            assert not flow or f"flow.{flow}" in catalogue(lang)
            assert not group or f"group.{group}" in catalogue(lang)


def test_every_policy_and_lever_has_words_in_both_languages() -> None:
    for policy in policies().values():
        for names in (policy, *policy.levers.values()):
            assert re.search("[\u4e00-\u9fff]", names.zh)
            assert not re.search("[\u4e00-\u9fff]", names.en)


def test_a_missing_key_is_an_error(lang: Lang) -> None:
    with pytest.raises(KeyError):
        say("metric.nonsense", lang)


def test_a_group_that_a_port_file_invents_keeps_its_name(lang: Lang) -> None:
    assert name_of("group", "cold_chain", lang) == "cold chain"
    assert name_of("group", "aeo", lang) == say("group.aeo", lang)
