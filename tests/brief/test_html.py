"""The web page: what the brief says and nothing else, each number with its origin, nothing from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from sim.brief.html import html
from sim.brief.model import Brief, Heading, Table, numbers
from tests.brief.reading import in_html, said
from tests.brief.rendered import as_html

VOID = {"meta", "col", "br", "link"}


class Elements(HTMLParser):
    """Every start tag with its attributes; tags that do not close as they opened are an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def test_the_page_says_what_the_brief_says_and_nothing_else(sampled: Brief) -> None:
    assert in_html(as_html(sampled.lang)) == "".join(said(sampled))


def test_every_number_knows_its_origin(sampled: Brief) -> None:
    found = [attrs for attrs in Elements(as_html(sampled.lang)).all("data") if attrs.get("class") == "number"]
    wanted = list(numbers(sampled))
    assert len(found) == len(wanted) > 70
    for attrs, number in zip(found, wanted, strict=True):
        assert float(attrs["value"] or "nan") == number.value
        assert attrs["data-digest"] == " ".join(number.origin.digests)
        assert attrs["data-metric"] == number.origin.metric
        assert attrs["data-part"] == number.origin.part
        assert attrs["data-replications"] == " ".join(map(str, number.origin.replications))
        assert number.origin.metric in (attrs["title"] or "")


def test_the_text_of_each_number_stands_in_its_element(sampled: Brief) -> None:
    found = re.findall(r'<data class="number"[^>]*>([^<]*)</data>', as_html(sampled.lang))
    assert found == [number.text for number in numbers(sampled)]


def test_markup_in_a_title_is_text(sampled: Brief) -> None:
    elements = Elements(as_html(sampled.lang))
    assert "<b>" in sampled.title
    assert len(elements.all("title")) == 1 + 2  # the page's and the two pictures'
    assert "&lt;b&gt;" in as_html(sampled.lang)
    assert elements.all("script") == []


def test_headings_stand_in_order_under_one_title(sampled: Brief) -> None:
    found = [tag for tag, _ in Elements(as_html(sampled.lang)).found if re.fullmatch("h[1-6]", tag)]
    assert found == ["h1", *(f"h{block.level + 1}" for block in sampled.blocks if isinstance(block, Heading))]
    levels = [int(tag[1]) for tag in found]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_head_cells(sampled: Brief) -> None:
    elements = Elements(as_html(sampled.lang))
    tables = [block for block in sampled.blocks if isinstance(block, Table)]
    assert len(elements.all("caption")) == len(elements.all("table")) == len(tables)
    scopes = [attrs["scope"] for attrs in elements.all("th")]
    assert scopes.count("row") == sum(len(table.rows) for table in tables)
    assert scopes.count("col") == sum(bool(head) for table in tables for head in table.heads)


def test_ids_are_unique_and_references_lead_somewhere(sampled: Brief) -> None:
    page = as_html(sampled.lang)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = re.findall(r'aria-labelledby="([^"]+)"', page)
    wanted = {name for names in named for name in names.split()} | set(re.findall(r'href="#([^"]+)"', page))
    wanted |= set(re.findall(r"url\(#([^)]+)\)", page))
    assert wanted <= set(ids)
    assert len(wanted) > 8


def test_nothing_is_fetched_from_outside(sampled: Brief) -> None:
    page = as_html(sampled.lang)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page) + re.findall(r"url\(([^)]*)\)", page)
    assert all(address.startswith(("#", "data:font/woff;base64,")) for address in addresses)
    assert "@import" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_the_language_is_told(sampled: Brief) -> None:
    assert Elements(as_html(sampled.lang)).all("html") == [{"lang": "zh-CN" if sampled.lang == "zh" else "en-GB"}]


def test_the_same_brief_is_the_same_page(sampled: Brief) -> None:
    assert html(sampled) == as_html(sampled.lang)
