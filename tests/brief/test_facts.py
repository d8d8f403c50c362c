"""Facts beside the results are those that the README states and the sources hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.brief.facts import HOWS, held, is_calibrated, moved_since, world_bank
from sim.port.evidence import replaced
from sim.port.units import Quantity
from sim.scenario import load
from sim.scenario.grades import values_of
from sim.words import LANGS, Lang, say
from sim.words.numbers import figure
from tests.small_port import whole_small_port

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / "scenarios" / "baseline.yaml"


def readme_rows() -> list[str]:
    """Return the rows of the README's table of what was calibrated."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("## What was calibrated, and what was not")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("one", held(), ids=lambda one: one.key)
def test_what_the_model_was_held_against_stands_in_the_readme(one: object) -> None:
    from sim.brief.facts import Held

    assert isinstance(one, Held)
    published, model = (figure(value, one.unit) for value in (one.published, one.model))
    short = re.escape(published.removesuffix(".0"))
    rows = [row for row in readme_rows() if re.search(rf"\b{short}(\.0)?\b", row) and re.search(rf"\b{model}\b", row)]
    assert rows, (published, model)
    if one.half is not None:
        assert any(f"± {figure(one.half, one.unit)}" in row for row in rows)
    if one.how in ("calibrated", "held_out"):
        word = {"calibrated": "calibrated", "held_out": "not:"}[one.how]
        assert any(row.split("|")[4].strip().startswith(word) for row in rows)


def test_sources_of_the_facts_are_described() -> None:
    sources = load(BASELINE).sources
    assert {one.source for one in held()} <= set(sources)
    assert world_bank().cost_source in sources


def test_the_shipped_port_is_the_calibrated_one_and_a_moved_value_is_told() -> None:
    port = load(BASELINE).port
    assert is_calibrated(port)
    assert moved_since(port) == ()
    path = "customs.preparation.documents"
    documents = values_of(load(BASELINE))[path]
    assert isinstance(documents, Quantity)
    other = replaced(port, path, documents.model_copy(update={"value": 31.0}))
    assert is_calibrated(other)
    assert moved_since(other) == (path,)


def test_another_port_was_held_against_nothing() -> None:
    assert not is_calibrated(whole_small_port())


@pytest.mark.parametrize("lang", LANGS)
def test_every_fact_has_words(lang: Lang) -> None:
    for one in held():
        say(f"brief.figure.{one.key}", lang)
    for how in HOWS:
        say(f"brief.how.{how}", lang)
