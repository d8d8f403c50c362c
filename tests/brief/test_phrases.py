"""What a change is called: never an effect that is not shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.brief.build import Options
from sim.brief.phrases import cell, outcome_of, spoken
from sim.brief.study import Study, study, within
from sim.experiment.compare import Effect
from sim.experiment.statistics import Verdict
from sim.words import LANGS, Lang
from tests.brief.small import COMMAND, DATED, Small
from tests.brief.words_of import spelled

LESS = Effect("arrival_to_release", "import", "all", "mean", "h", 60.0, 57.5, -2.5, -2.6, -2.4, 5, Verdict.BETTER)
EFFECTS: dict[str, Effect] = {
    "less": LESS,
    "more": replace(LESS, reform=62.5, difference=2.5, low=2.4, high=2.6, verdict=Verdict.WORSE),
    "tiny_less": replace(LESS, reform=59.999, difference=-0.001, low=-0.002, high=-0.0005),
    "tiny_more": replace(LESS, reform=60.001, difference=0.001, low=0.0005, high=0.002, verdict=Verdict.WORSE),
    "same": replace(LESS, reform=60.0, difference=0.0, low=0.0, high=0.0, verdict=Verdict.NOT_SHOWN),
    "not_shown": replace(LESS, low=-5.5, high=0.5, verdict=Verdict.NOT_SHOWN),
    "not_alone": replace(LESS, low=-4.9, high=-0.1, verdict=Verdict.NOT_SHOWN),
    "no_interval": replace(LESS, low=None, high=None, n=1, verdict=Verdict.NOT_SHOWN),
}
FAMILIES = {
    "brief.lead": {"reform": "It", "inner": "it", "clock": "the clock"},
    "brief.change": {},
    "brief.cost.change": {},
}


@pytest.fixture(params=LANGS)
def about(request: pytest.FixtureRequest, small: Small) -> Study:
    """A study in each language."""
    lang: Lang = request.param
    return study(small.named("package"), small.root, lang, Options(DATED, COMMAND))


@pytest.mark.parametrize("outcome", EFFECTS)
def test_each_change_is_told_for_what_it_is(outcome: str) -> None:
    assert outcome_of(EFFECTS[outcome]) == outcome


@pytest.mark.parametrize("outcome", EFFECTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_there_are_words_for_each_and_no_effect_where_none_is_shown(about: Study, outcome: str, family: str) -> None:
    words: dict[str, Any] = FAMILIES[family]
    said = spelled(spoken(family, about, 0, EFFECTS[outcome], **words))
    shows_none = outcome in ("not_shown", "not_alone", "no_interval")
    assert shows_none == any(none in said for none in ("shown", "shows nothing", "未显示出")), said
    assert "2.5" in said or outcome not in ("less", "more")
    assert ("12.5" in said or "60.0" in said) or outcome not in ("same", "tiny_less")


@pytest.mark.parametrize("outcome", EFFECTS)
@pytest.mark.parametrize("interval", [True, False])
def test_a_cell_has_a_number_only_if_the_change_is_shown(about: Study, outcome: str, interval: bool) -> None:
    said = spelled(cell(about, 0, EFFECTS[outcome], interval=interval))
    if outcome in ("less", "more"):
        assert said.startswith(("−2.5", "+2.5"))
    else:
        assert not said.startswith(("−", "+", "0"))
    assert spelled(cell(about, 0, None, interval=interval)) == "–"


def test_names_keep_the_capital_that_is_theirs() -> None:
    assert within("Two-step declaration") == "two-step declaration"
    assert within("AEO programme") == "AEO programme"
    assert within("China-Europe trains") == "China-Europe trains"
    assert within("两步申报") == "两步申报"
