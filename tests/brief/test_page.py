"""What stands around the text of a brief: stretches and marks, labels, dates, origins, and a chart's SVG in a page."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.brief.model import Number, Origin, Picture, Text
from sim.brief.page import date_words, labels, origin_words, runs, spans, wholes
from sim.brief.svg import SVG, drawing
from tests.brief.sample import sample

ORIGIN = Origin("result", ("ab" * 32,), "arrival_to_release.import.all.mean", "low", (0, 1, 2))
NUMBER = Number("11.7", 11.7, "h", ORIGIN, "†")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (("缩短 ", NUMBER, " 小时"), ["11.7†"]),
        (("现状，小时†",), ["时†"]),
        (("置信区间）‡",), ["间）‡"]),
        (("Change, h †",), ["h †"]),
        (("† rests on",), []),
        (("a† and b‡",), ["a†", "b‡"]),
        (("plain",), []),
        ((), []),
    ],
)
def test_a_mark_is_held_with_what_stands_before_it(text: Text, held: list[str]) -> None:
    assert ["".join(run.text for run in whole) for whole in wholes(text) if len(whole) > 1] == held


@given(st.lists(st.one_of(st.text(alphabet="a 时）†‡1.", max_size=6), st.just(NUMBER))))
def test_no_stretch_is_lost_or_moved(pieces: list[str | Number]) -> None:
    text = tuple(pieces)
    whole = "".join(piece if isinstance(piece, str) else piece.text + piece.mark for piece in text)
    assert "".join(run.text for run in runs(text)) == whole
    assert "".join(run.text for parts in wholes(text) for run in parts) == whole
    for parts in wholes(text):
        assert all(run.text for run in parts)
        assert all(run.raised == (run.text in "†‡") for run in parts if run.number is None)


def test_labels_count_tables_and_figures_apart() -> None:
    assert labels(sample("en")) == {"effects": "Table 1", "long": "Table 2", "stages": "Figure 1", "clocks": "Figure 2"}
    assert labels(sample("zh"))["clocks"] == "图2"


def test_dates_in_the_habit_of_the_language() -> None:
    assert date_words(sample("en")) == "26 November 2026"
    assert date_words(dataclasses.replace(sample("zh"), dated="2026-03-05")) == "2026年3月5日"


def test_an_origin_in_words() -> None:
    words = origin_words(ORIGIN, "en")
    assert words == "Result: arrival_to_release.import.all.mean, low; run abababab; replications 0–2"
    assert "运行 abababab" in origin_words(ORIGIN, "zh")


def test_spans_of_replications() -> None:
    assert spans(range(10)) == "0–9"
    assert spans((0, 2, 3, 7)) == "0, 2–3, 7"


def test_ids_of_a_drawing_are_its_own() -> None:
    svg = (
        f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt" viewBox="0 0 72 36">'
        '<title>old</title><metadata>x</metadata><defs><path id="m" d="M0 0"/></defs><g clip-path="url(#c)">'
        '<use xlink:href="#m" style="fill: url(#h); stroke: none"/></g><clipPath id="c"/><text>时 &amp; h</text></svg>'
    ).encode()
    made = drawing(Picture("key", "A <caption>", "What it shows", svg, b""), "pic-1")
    root = ElementTree.fromstring(made.markup)
    assert {element.get("id") for element in root.iter() if element.get("id")} == {
        "pic-1-m",
        "pic-1-c",
        "pic-1-title",
        "pic-1-desc",
    }
    assert 'clip-path="url(#pic-1-c)"' in made.markup
    assert 'href="#pic-1-m"' in made.markup
    assert "fill: url(#pic-1-h); stroke: none" in made.markup
    assert [root[0].text, root[1].text] == ["A <caption>", "What it shows"]
    assert "old" not in made.markup
    assert "metadata" not in made.markup
    assert (made.width, made.characters) == (96.0, frozenset("时 &h"))
