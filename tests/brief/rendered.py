"""One Chromium for all tests of the pages, and each sample rendered once in each format."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sim.brief.docx import docx
from sim.brief.html import html
from sim.brief.model import Brief
from sim.brief.pdf import pdf
from sim.words import LANGS, Lang
from tests.brief.sample import sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(params=LANGS)
def sampled(request: pytest.FixtureRequest) -> Brief:
    """The sample in each language."""
    lang: Lang = request.param
    return sample(lang)


@cache
def as_html(lang: Lang) -> str:
    """The sample as a web page."""
    return html(sample(lang))


@cache
def as_pdf(lang: Lang) -> bytes:
    """The sample as PDF."""
    return pdf(sample(lang))


@cache
def as_docx(lang: Lang) -> bytes:
    """The sample as a Word file."""
    return docx(sample(lang))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    options = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def web_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Lang, int], Page]:
    """Opens the sample of a language on a screen of a width [px]; the same page again if it is open already."""
    folder = tmp_path_factory.mktemp("web")

    @cache
    def opened(lang: Lang, width: int) -> Page:
        path = folder / f"brief_{lang}.html"
        path.write_text(as_html(lang), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    return opened
