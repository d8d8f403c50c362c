"""Each file as pixels: no box instead of a character, no empty picture, nothing beyond the edge of a page."""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

from sim.brief.fonts import CHINESE, LATIN, folders
from sim.brief.model import Brief, Picture
from sim.words import Lang
from tests.brief.reading import annex_start, besides, pages, said
from tests.brief.rendered import as_docx, as_html, as_pdf
from tests.brief.test_pdf import tagged

Opened = Callable[[Lang, int], Page]

SOFFICE = shutil.which("soffice")
WIDTH, HEIGHT = 595.28, 841.89
"""Of A4 [points]."""

SHOWS = 20
"""A grey picture whose pixels differ by less than this (standard deviation, of 255) shows nothing."""


def grey(png: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


def pictures(brief: Brief) -> list[Picture]:
    return [block for block in brief.blocks if isinstance(block, Picture)]


def shown(page: Page) -> dict[tuple[str, bool], set[str]]:
    """The characters of a page by the first family of their fonts and whether they are bold, as the browser has it."""
    words = page.evaluate("""() => {
        const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement, style = getComputedStyle(parent);
            if (['style', 'title', 'desc'].includes(parent.localName)) continue;
            found.push([style.fontFamily, Number(style.fontWeight) >= 600, walk.currentNode.data]);
        }
        return found;
    }""")
    found: dict[tuple[str, bool], set[str]] = {}
    for family, bold, text in words:
        first = re.split(", *", family)[0].strip("\"'")
        found.setdefault((first, bold), set()).update(text.replace("\n", ""))
    return found


def fonts_of(page: str) -> dict[tuple[str, bool], set[str]]:
    """The characters of each font within a page."""
    pattern = r'font-family: "([^"]+)"; font-weight: (\d+); src: url\(data:font/woff;base64,([^)]+)\)'
    found = {}
    for family, weight, data in re.findall(pattern, page):
        with TTFont(io.BytesIO(base64.b64decode(data))) as font:
            found[family, weight == "700"] = set(map(chr, font.getBestCmap()))
    return found


def test_the_fonts_of_the_page_have_all_that_it_shows(sampled: Brief, web_page: Opened) -> None:
    has = fonts_of(as_html(sampled.lang))
    assert len(has) == 4
    needed = shown(web_page(sampled.lang, 1200))
    assert {LATIN, CHINESE} <= {family for family, _ in needed}
    for (family, bold), characters in needed.items():
        fonts = [CHINESE] if family == CHINESE else [LATIN, CHINESE]
        missing = characters.difference(*(has[name, bold] for name in fonts))
        assert missing == set(), (family, bold)


def test_the_browser_has_loaded_every_font(sampled: Brief, web_page: Opened) -> None:
    states = web_page(sampled.lang, 1200).evaluate("[...document.fonts].map(face => face.status)")
    assert states == ["loaded"] * 4


def test_the_pictures_of_the_page_show_something(sampled: Brief, web_page: Opened) -> None:
    drawings = web_page(sampled.lang, 1200).locator(".drawing svg")
    assert drawings.count() == len(pictures(sampled))
    for n in range(drawings.count()):
        assert grey(drawings.nth(n).screenshot()).std() > SHOWS


def edges(content: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of all that is on each page of a PDF [points]."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            boxes = np.array([item.get_bounds() for item in page.get_objects()])
            found.append((*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
    return found


def within(content: bytes, margin: float) -> bool:
    """Whether all of a PDF keeps this distance [points] from the edges of its pages."""
    return all(
        left >= margin and bottom >= margin and right <= WIDTH - margin and top <= HEIGHT - margin
        for left, bottom, right, top in edges(content)
    )


def test_nothing_of_the_pdf_stands_beyond_its_margins(sampled: Brief) -> None:
    assert within(as_pdf(sampled.lang), 24)


def test_the_pictures_of_the_pdf_show_something(sampled: Brief) -> None:
    with pikepdf.open(io.BytesIO(as_pdf(sampled.lang))) as tree, pypdfium2.PdfDocument(as_pdf(sampled.lang)) as pdf:
        figures = [element for _, element in tagged(tree.Root.StructTreeRoot) if "/Alt" in element]
        assert len(figures) == len(pictures(sampled))
        for figure in figures:
            number = next(n for n, page in enumerate(tree.pages) if page.obj.objgen == _page_of(figure).objgen)
            left, bottom, right, top = (float(x) for x in _attribute(figure, "/BBox"))
            image = np.asarray(pdf[number].render(scale=1).to_pil().convert("L"))
            part = image[round(HEIGHT - top) : round(HEIGHT - bottom), round(left) : round(right)]
            assert min(part.shape) > 80
            assert part.std() > SHOWS


def _attribute(element: Any, name: str) -> Any:
    attributes = element.A if isinstance(element.A, pikepdf.Array) else [element.A]
    return next(one[name] for one in attributes if name in one)


def _page_of(element: Any) -> Any:
    """The page of an element: its own, or that of what it holds."""
    if "/Pg" in element:
        return element.Pg
    children = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return next(_page_of(child) for child in children if isinstance(child, pikepdf.Dictionary))


def test_on_paper_the_annex_begins_on_a_page_of_its_own(sampled: Brief, web_page: Opened) -> None:
    content = web_page(sampled.lang, 1200).pdf(prefer_css_page_size=True)
    assert within(content, 20)
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            assert page.get_size() == pytest.approx((WIDTH, HEIGHT), abs=1)
    besides("".join(pages(content)), said(sampled))
    starts = [text.removeprefix(str(n)).startswith(annex_start(sampled)) for n, text in enumerate(pages(content), 1)]
    assert starts.index(True) in (2, 3)
    assert starts.count(True) == 1


@cache
def in_libreoffice(lang: Lang, folder: Path) -> bytes:
    """The Word file as LibreOffice prints it, with the fonts of the brief and no others."""
    if not SOFFICE:
        pytest.skip("there is no LibreOffice on this machine")
    (folder / "brief.docx").write_bytes(as_docx(lang))
    places = "".join(f"<dir>{place}</dir>" for place in folders())
    stand_in = f"<alias><family>sans-serif</family><prefer><family>{CHINESE}</family></prefer></alias>"
    cache_folder = f"<cachedir>{folder / 'cache'}</cachedir>"
    (folder / "fonts.conf").write_text(f"<fontconfig>{places}{cache_folder}{stand_in}</fontconfig>", encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "brief.docx")]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(asked, check=True, capture_output=True, timeout=200, env=environment)
    return (folder / "brief.pdf").read_bytes()


@pytest.fixture(scope="module")
def word_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Lang], Path]:
    return cache(lambda lang: tmp_path_factory.mktemp(f"word_{lang}"))


@pytest.fixture
def printed(sampled: Brief, word_folder: Callable[[Lang], Path]) -> bytes:
    return in_libreoffice(sampled.lang, word_folder(sampled.lang))


@pytest.mark.long
def test_libreoffice_opens_the_word_file_and_shows_all_of_it(sampled: Brief, printed: bytes) -> None:
    besides("".join(pages(printed)), said(sampled))
    assert within(printed, 24)


@pytest.mark.long
def test_in_word_the_annex_begins_on_the_third_page(sampled: Brief, printed: bytes) -> None:
    assert [text.startswith(annex_start(sampled)) for text in pages(printed)[:4]] == [False, False, True, False]


@pytest.mark.long
def test_the_word_file_shows_no_boxes(printed: bytes) -> None:
    with pypdfium2.PdfDocument(printed) as document:
        texts = "".join(page.get_textpage().get_text_range() for page in document)
    assert not set("\ufffd\ufffe\x00") & set(texts)
    with pikepdf.open(io.BytesIO(printed)) as document:
        names = {str(item.BaseFont) for item in document.objects if _is_font(item)}
    assert names
    assert all(re.search("BriefLatin|NotoSansCJK|OpenSymbol", name) for name in names), names


def _is_font(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/BaseFont" in item


@pytest.mark.long
def test_the_pictures_of_the_word_file_show_something(sampled: Brief, printed: bytes) -> None:
    with pypdfium2.PdfDocument(printed) as document:
        images = [item for page in document for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        assert len(images) == len(pictures(sampled))
        for image in images:
            assert np.asarray(image.get_bitmap().to_pil().convert("L")).std() > SHOWS
