"""The page speaks what the browser asks for, in either direction, and lets go of no text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit


@pytest.fixture
def testers(browser: Browser, serve: Callable[..., str]):
    """A visitor on a phone 320 pixels wide; the server offers the testers' languages."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="en-GB")
    yield Visit(context, serve(NAERVED_PSEUDO_LANGUAGES="1"))
    context.close()


def test_the_first_wish_of_the_browser_that_can_be_met_is(browser: Browser, app: str):
    """A script is told the first wish alone; the others stand in the header."""
    visit = Visit(browser.new_context(), app)
    agent = visit.page.evaluate("navigator.userAgent")
    wishes = {"userAgent": agent, "acceptLanguage": "tlh,fo,da-DK,en"}
    visit.context.new_cdp_session(visit.page).send("Emulation.setUserAgentOverride", wishes)
    expect(visit.open().locator("html")).to_have_attribute("lang", "da")
    visit.context.close()


def test_right_to_left_is_whole(testers: Visit):
    page = testers.open("/?lang=ar-XB&need=food&at=1550")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar-XB")
    expect(page.locator("ol.nv-cards li.nv-card").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    testers.shot("right_to_left")


def test_long_words_overflow_nothing(testers: Visit):
    page = testers.open("/?lang=en-XA&need=food&at=1550")
    expect(page.locator("ol.nv-cards li.nv-card").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    testers.shot("long_words")
