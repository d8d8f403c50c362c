"""Which measure did it and what could change the answer: as it was kept, or the command that finds it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.brief import measures, pictures
from sim.brief.build import Options
from sim.brief.measures import measure_words
from sim.brief.model import Command, Paragraph
from sim.brief.study import Study, study
from sim.experiment.attribute import Attribution, Pair, Share
from sim.experiment.ends import End, Ends, Turn
from sim.experiment.findings import Found
from sim.experiment.inputs import Input
from sim.experiment.statistics import Interval
from sim.experiment.subject import Subject
from sim.words import LANGS, Lang
from tests.brief.small import COMMAND, DATED, Small
from tests.brief.words_of import said, spelled

RELEASE = Subject("arrival_to_release", "import", "all", "mean", "h")
DOCUMENTS = Input("customs.preparation.documents", 20.0, 10.0, 30.0, "h", "assumed", whole=False)


def about(small: Small, lang: Lang, *names: str) -> Study:
    """A study of the base and the reforms named."""
    return study(small.named(*names), small.root, lang, Options(DATED, COMMAND))


def shares(orders: int | None = None) -> Attribution:
    """An attribution in which one policy has a share that is shown, and the other has not."""
    some, none = Interval(-6.0, -7.0, -5.0, 5), Interval(-0.1, -0.3, 0.1, 5)
    each = (
        Share("two_step_declaration", some, some, some, 0.98),
        Share("advance_declaration", none, none, none, None),
    )
    total = Interval(-6.1, -7.2, -5.1, 5)
    pairs = (Pair("two_step_declaration", "advance_declaration", none),)
    return Attribution(
        RELEASE, Interval(36.0, 34.0, 38.0, 5), Interval(29.9, 28.0, 31.0, 5), total, each, pairs, orders
    )


def uncertain(*turns: Turn) -> Found:
    """A sensitivity of the effect, in which the documents time leads."""
    low, high = (
        End(value, Interval(mean, mean - 1, mean + 1, 10), Interval(mean + 6.1, 0.1, 9.0, 10))
        for value, mean in ((10.0, -2.0), (30.0, 1.0))
    )
    still = End(1.0, Interval(-6.1, -7.2, -5.1, 10), Interval(0.0, 0.0, 0.0, 10))
    idle = Ends(replace(DOCUMENTS, path="costs.value_of_goods"), still, still)
    leading = (Ends(DOCUMENTS, low, high, turns), idle)
    return Found(RELEASE, True, Interval(-6.1, -7.2, -5.1, 10), leading, (3.0, 0.0), (1.0, 0.0), (), (), 4, 10)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is kept, until a test says what."""
    monkeypatch.setattr(measures, "attributions", lambda *_: ())
    monkeypatch.setattr(measures, "sensitivities", lambda *_: ())
    return monkeypatch


@pytest.mark.parametrize("lang", LANGS)
def test_without_findings_the_commands_that_make_them_are_given(small: Small, lang: Lang) -> None:
    blocks = list(measures.measures(about(small, lang, "package")))
    typed = [block.text for block in blocks if isinstance(block, Command)]
    asked = "--metric arrival_to_release.import.all.mean"
    assert typed == [
        f"nansha attribute package.yaml {asked}",
        f"nansha sensitivity package.yaml --effect {asked} --days 5",
    ]


def test_the_commands_name_the_files_as_they_were_typed(small: Small) -> None:
    found = about(small, "en", "package")
    found = replace(found, options=Options(DATED, "nansha brief 'my files/base.yaml' 'my files/package.yaml'"))
    assert measures.file_of(found, 0) == "'my files/package.yaml'"
    assert measures.file_of(found, -1) == "'my files/base.yaml'"


def test_a_reform_of_one_policy_says_so(small: Small) -> None:
    words = said(list(measures.measures(about(small, "en", "two_step"))))
    assert "one policy, two-step declaration (measure 10 of the action plan); the whole effect is its own" in words
    assert "nansha attribute" not in words


def test_shares_that_are_kept_are_told_and_one_that_is_not_shown_is_none(
    small: Small, kept: pytest.MonkeyPatch
) -> None:
    kept.setattr(measures, "attributions", lambda *_: (shares(),))
    words = said(list(measures.measures(about(small, "en", "package"))))
    assert "The change is −6.1 h in all" in words
    assert "two-step declaration −6.0 h (−7.0 to −5.0); advance declaration not shown" in words
    assert "nansha attribute" not in words
    kept.setattr(measures, "attributions", lambda *_: (shares(orders=16),))
    assert "抽取的实施次序" in said(list(measures.measures(about(small, "zh", "package"))))


def test_with_an_attribution_the_second_picture_is_its_waterfall(small: Small, kept: pytest.MonkeyPatch) -> None:
    kept.setattr(measures, "attributions", lambda *_: (shares(),))
    first, second = pictures.of_body(about(small, "en", "package"))
    assert (first.key, second.key) == ("stages_import", "waterfall")
    assert b"<svg" in second.svg
    assert second.png.startswith(b"\x89PNG")


def test_the_values_that_matter_are_told_and_how_far_they_would_have_to_move(
    small: Small, kept: pytest.MonkeyPatch
) -> None:
    kept.setattr(measures, "sensitivities", lambda *_: (uncertain(Turn("high", 26.5, shown=True)),))
    words = said(list(measures.measures(about(small, "en", "package"))))
    assert "customs.preparation.documents: from −2.0 to +1.0 h as it goes from 10 to 30 h" in words
    assert "costs.value_of_goods" not in words
    assert "customs.preparation.documents turns the sign: it is 20, and from about 26.5 h on" in words
    kept.setattr(measures, "sensitivities", lambda *_: (uncertain(Turn("high", 26.5, shown=False)),))
    assert "may turn the sign" in said(list(measures.measures(about(small, "en", "package"))))
    kept.setattr(measures, "sensitivities", lambda *_: (uncertain(),))
    assert "单独变动，均不会使结论反转" in said(list(measures.measures(about(small, "zh", "package"))))


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_policies_assume_is_told_in_any_case(small: Small, lang: Lang) -> None:
    blocks = [block for block in measures.measures(about(small, lang, "package")) if isinstance(block, Paragraph)]
    words = spelled(blocks[-1].text)
    assert ("advance declaration 75 % (45 to 75)" if lang == "en" else "提前申报比例75%（45至75）") in words
    assert ("two-step declaration 25 % (12 to 40)" if lang == "en" else "两步申报比例25%（12至40）") in words


def test_measures_of_the_action_plan_are_named() -> None:
    assert measure_words("10", "en") == "measure 10"
    assert measure_words("1, 22", "en") == "measures 1 and 22"
    assert measure_words("1, 22", "zh") == "第 1、22 项措施"
    assert measure_words("-", "en") == "no measure of the action plan"
