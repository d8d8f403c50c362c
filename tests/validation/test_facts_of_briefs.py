"""What a brief says of the model beside published figures is what the model gives today, not only what it once gave.

The draws are the same, so the figures are, to every digit that is printed.
"""

from __future__ import annotations

import pytest
from scipy import stats

from sim.brief.facts import held
from sim.words.numbers import figure
from tests.validation.conftest import Runs, runs

pytestmark = pytest.mark.long

REPLICATIONS = 10
FIGURES = {
    "sea_import_2020": ("baseline", "arrival_to_release"),
    "qingdao_import": ("year_2017", "arrival_to_gate_out"),
    "qingdao_preparation": ("year_2017", "preparation"),
    "qingdao_pick_up": ("year_2017", "pick_up"),
    "qingdao_clearance": ("year_2017", "clearance"),
    "qingdao_unloading": ("year_2017", "unloading"),
}


@pytest.fixture(scope="module")
def as_told() -> dict[str, Runs]:
    """As many replications as the figures are of."""
    return {name: runs(name, REPLICATIONS) for name in ("baseline", "year_2017")}


@pytest.mark.parametrize("key", FIGURES)
def test_the_figure_is_that_of_the_model(as_told: dict[str, Runs], key: str) -> None:
    name, metric = FIGURES[key]
    told = next(one for one in held() if one.key == key)
    assert figure(as_told[name].value(metric), told.unit) == figure(told.model, told.unit)
    if told.half is not None:
        half = stats.t.ppf(0.975, REPLICATIONS - 1) * as_told[name].error(metric)
        assert figure(half, told.unit) == figure(told.half, told.unit)
