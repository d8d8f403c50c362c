"""What a brief says, and what a reader of each of its files finds: both without spaces, to be compared."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdfium2
from docx import Document
from docx.oxml.ns import qn

from sim.brief.model import Brief, Heading, Items, Picture, Table, texts
from sim.brief.page import imprint, labels
from sim.words import say


def squeezed(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


def said(brief: Brief) -> Iterator[str]:
    """Every text of a brief in reading order, numbers with their marks, tables and figures with their labels."""
    named = labels(brief)
    yield from map(squeezed, (brief.title, brief.subtitle, imprint(brief)))
    for place, block in enumerate(brief.blocks):
        if place == len(brief.body):
            yield say("page.annex", brief.lang)
        found = ["".join(p if isinstance(p, str) else p.text + p.mark for p in text) for text in texts(block)]
        if isinstance(block, Table | Picture):
            found[0] = say("page.caption", brief.lang, label=named[block.key]) + found[0]
        yield from filter(None, map(squeezed, found))


def annex_start(brief: Brief) -> str:
    """What the first page of the annex begins with."""
    first = brief.annex[0]
    assert isinstance(first, Heading)
    return squeezed(say("page.annex", brief.lang) + first.text)


class _Page(HTMLParser):
    """Collects the text of a page's body, but for that within pictures and the link that skips."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("svg", "head") or dict(attrs).get("class") == "skip":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def in_html(page: str) -> str:
    """The text of a web page."""
    parser = _Page()
    parser.feed(page)
    return squeezed("".join(parser.found))


def in_docx(content: bytes) -> str:
    """The text of a Word file's body, fields included."""
    body = Document(io.BytesIO(content)).element.body
    return squeezed("".join(element.text or "" for element in body.iter(qn("w:t"))))


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def besides(found: str, texts: Iterator[str]) -> list[str]:
    """What stands between the texts, each of which must be found after the one before."""
    gaps, place = [], 0
    for text in texts:
        start = found.find(text, place)
        assert start >= 0, f"{text!r} is not in {found[place : place + 300]!r}"
        gaps.append(found[place:start])
        place = start + len(text)
    return [gap for gap in (*gaps, found[place:]) if gap]


def furniture(brief: Brief) -> set[str]:
    """What a PDF may say besides: the words of pictures, signs before items, heads of tables on further pages."""
    found = {"•"}
    for block in brief.blocks:
        if isinstance(block, Picture):
            found |= drawn_words(block)
        elif isinstance(block, Table):
            found.add("".join(map(squeezed, block.heads)))
        elif isinstance(block, Items) and block.ordered:
            found |= {f"{n}." for n in range(1, len(block.items) + 1)}
    return found


def drawn_words(picture: Picture) -> set[str]:
    """The texts within a picture."""
    root = ElementTree.fromstring(picture.svg)
    return {squeezed("".join(text.itertext())) for text in root.iter("{http://www.w3.org/2000/svg}text")}


def left_over(gap: str, allowed: set[str]) -> str:
    """What is left of a text when all that is allowed has been taken out, the longest first."""
    pattern = "|".join(map(re.escape, sorted(filter(None, allowed), key=len, reverse=True)))
    return re.sub(pattern, "", gap)
