"""The web page for everybody: axe finds nothing wrong, and no page is wider than its screen, however small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sim.brief.model import Brief
from sim.words import Lang
from tests.brief.rendered import as_html

PHONE, DESK = 360, 1200
"""Widths of a screen [px]."""

READABLE = 12
"""No text may be smaller [px]."""

Opened = Callable[[Lang, int], Page]


@pytest.fixture(params=(PHONE, DESK))
def page(request: pytest.FixtureRequest, sampled: Brief, web_page: Opened) -> Page:
    return web_page(sampled.lang, request.param)


def violations(page: Page) -> set[str]:
    found = Axe().run(page).response
    assert len(found["passes"]) > 20
    return {violation["id"] for violation in found["violations"]}


def test_axe_finds_nothing_on_a_phone(sampled: Brief, web_page: Opened) -> None:
    assert violations(web_page(sampled.lang, PHONE)) == set()


@pytest.mark.long
def test_axe_finds_nothing_on_a_desk(sampled: Brief, web_page: Opened) -> None:
    assert violations(web_page(sampled.lang, DESK)) == set()


@pytest.mark.long
def test_axe_would_find_something(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(as_html("en").replace('<html lang="en-GB">', "<html>").replace("#55606e", "#bbbbbb"), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert violations(page) >= {"html-has-lang", "color-contrast"}
    page.close()


def test_the_page_is_not_wider_than_its_screen(page: Page) -> None:
    scroll, client = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll <= client
    outside = """[...document.querySelectorAll('h1, h2, h3, p, li, figcaption, caption span, pre')].filter(
        e => { const box = e.getBoundingClientRect(); return box.right > innerWidth || box.left < 0 }).length"""
    assert page.evaluate(outside) == 0


def test_text_is_large_enough_to_read(page: Page) -> None:
    sizes = """[...document.querySelectorAll('p, li, th, td, figcaption, caption, pre, h1, h2, h3')].map(
        e => parseFloat(getComputedStyle(e).fontSize))"""
    assert min(page.evaluate(sizes)) >= READABLE


def test_wide_tables_can_be_scrolled_by_keyboard(sampled: Brief, web_page: Opened) -> None:
    page = web_page(sampled.lang, PHONE)
    box = page.locator(".scroll:has(table)").first
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    moved = "e => new Promise(done => e.scrollLeft ? done(true) : e.addEventListener('scroll', () => done(true)))"
    assert box.evaluate(moved)


def test_the_first_link_skips_to_the_text(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.locator(".skip").focus()
    assert page.evaluate("document.querySelector('.skip').getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "brief"


def test_nothing_is_asked_for_outside(sampled: Brief, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(as_html(sampled.lang), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    page.close()
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
