"""The PDF: what the brief says in order, two pages before the annex, tagged, named, archivable, the same each time."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from sim.brief.model import Brief, Command, Heading, Items, Paragraph, Picture, Table
from sim.brief.pdf import pdf
from sim.words import Lang, say
from tests.brief.reading import annex_start, besides, furniture, left_over, pages, said, squeezed
from tests.brief.rendered import as_pdf
from tests.brief.sample import sample


@pytest.fixture
def opened(sampled: Brief) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(as_pdf(sampled.lang))) as document:
        yield document


def tagged(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element of the structure tree with its tag, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S).removeprefix("/"), child
            yield from tagged(child)


def without_numbers(texts: list[str], lang: Lang) -> str:
    """The text of all pages without the numbers at their feet."""
    joined = ""
    for number, text in enumerate(texts, 1):
        foot = squeezed(say("page.number", lang, page=number))
        assert text.endswith(foot) or text.startswith(foot)
        joined += text.removesuffix(foot) if text.endswith(foot) else text.removeprefix(foot)
    return joined


def test_the_pages_say_what_the_brief_says_and_nothing_else(sampled: Brief) -> None:
    found = without_numbers(pages(as_pdf(sampled.lang)), sampled.lang)
    floating = captions(sampled)
    assert [found.count(caption) for caption in floating] == [1, 1]
    gaps = besides(found, (text for text in said(sampled) if text not in floating))
    assert "".join(left_over(gap, furniture(sampled) | floating) for gap in gaps) == ""


def captions(brief: Brief) -> set[str]:
    """The captions of the pictures, which float with them to where there is room."""
    label = say("page.caption", brief.lang, label=say("page.figure", brief.lang, n=""))
    every = {block.caption: squeezed(block.caption) for block in brief.blocks if isinstance(block, Picture)}
    return {text for text in said(brief) if text.endswith(tuple(every.values())) and text[0] == label[0]}


def test_all_is_read_in_the_order_of_the_brief(sampled: Brief, opened: pikepdf.Pdf) -> None:
    found = [
        tag for tag, _ in tagged(opened.Root.StructTreeRoot) if tag in ("H1", "H2", "Figure", "Table", "L", "Code")
    ]
    names = {Picture: "Figure", Table: "Table", Items: "L", Command: "Code"}
    wanted = [
        f"H{b.level}" if isinstance(b, Heading) else names[type(b)] for b in sampled.blocks if type(b) is not Paragraph
    ]
    assert found == wanted


def test_the_annex_begins_on_the_third_page(sampled: Brief) -> None:
    texts = pages(as_pdf(sampled.lang))
    assert [annex_start(sampled) in text for text in texts[:4]] == [False, False, True, False]


def test_a_longer_body_is_set_smaller_so_that_it_fits(sampled: Brief) -> None:
    heading = next(n for n, block in enumerate(sampled.body) if isinstance(block, Heading))
    more = [block for block in sampled.body if isinstance(block, Paragraph) and block.role == "body"]
    longer = dataclasses.replace(sampled, body=(*sampled.body[:heading], *more * 6, *sampled.body[heading:]), annex=())
    assert len(pages(pdf(longer))) == 2


def test_a_body_that_fits_nowhere_runs_on_and_the_annex_follows(sampled: Brief) -> None:
    longest = dataclasses.replace(sampled, body=sampled.body * 3)
    begins = [text.startswith(annex_start(sampled)) for text in pages(pdf(longest))]
    assert begins.count(True) == 1
    assert begins.index(True) > 2


def test_every_page_is_a4(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        assert [float(x) for x in page.mediabox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


def test_it_is_tagged_and_says_its_title_and_language(sampled: Brief, opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang).lower().startswith(sampled.lang)
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo["/Title"]) == sampled.title
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20261126")
    assert len(opened.Root.Outlines.First) > 0


def test_it_declares_both_standards(sampled: Brief, opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == sampled.title


def test_headings_are_tagged_in_order(sampled: Brief, opened: pikepdf.Pdf) -> None:
    found = [tag for tag, _ in tagged(opened.Root.StructTreeRoot) if tag in ("Title", "H1", "H2", "H3")]
    wanted = [f"H{block.level}" for block in sampled.blocks if isinstance(block, Heading)]
    assert [tag for tag in found if tag != "Title"] == wanted


def test_pictures_have_their_alternative_text(sampled: Brief, opened: pikepdf.Pdf) -> None:
    alts = [str(element.Alt) for tag, element in tagged(opened.Root.StructTreeRoot) if "/Alt" in element]
    assert alts == [block.alt for block in sampled.blocks if isinstance(block, Picture)]


def test_tables_have_captions_and_head_cells(sampled: Brief, opened: pikepdf.Pdf) -> None:
    tags = [tag for tag, _ in tagged(opened.Root.StructTreeRoot)]
    tables = [block for block in sampled.blocks if isinstance(block, Table)]
    pictures = sum(isinstance(block, Picture) for block in sampled.blocks)
    assert tags.count("Table") == len(tables)
    assert tags.count("THead") == len(tables)
    assert tags.count("TH") == sum(len(table.heads) for table in tables)
    assert tags.count("TD") == sum(len(row) for table in tables for row in table.rows)
    assert tags.count("Caption") == len(tables) + pictures


def test_only_our_fonts_and_all_of_them_inside(opened: pikepdf.Pdf) -> None:
    fonts = [font for item in opened.objects if isinstance(item, pikepdf.Dictionary) for font in _described(item)]
    names = {str(font.FontName).partition("+")[2] for font in fonts}
    assert {"BriefLatinRegular", "BriefLatinBold"} <= names
    assert all(name.startswith(("BriefLatin", "NotoSansCJKsc", "DejaVuSansMono")) for name in names)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def _described(item: pikepdf.Dictionary) -> list[Any]:
    return [item] if item.get("/Type") == "/FontDescriptor" else []


def test_the_same_brief_is_the_same_file(sampled: Brief) -> None:
    assert pdf(sampled) == as_pdf(sampled.lang)


@pytest.mark.parametrize("text", ["#pagebreak()", "$x^2$", "= Heading", "*bold*", "@label", "<label>", "//", "\\", "`"])
def test_markup_of_the_typesetter_is_text(text: str) -> None:
    brief = dataclasses.replace(sample("en"), title=text, body=(Heading(1, text), Paragraph((text,))), annex=())
    (page,) = pages(pdf(brief))
    assert page.count(squeezed(text)) == 3
