"""The page speaks what the browser asks for, in either direction, and lets go of no text."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit


def test_the_first_wish_of_the_browser_that_can_be_met_is(browser: Browser, app: str):
    """A script is told the first wish alone; the others stand in the header."""
    visit = Visit(browser.new_context(), app)
    agent = visit.page.evaluate("navigator.userAgent")
    wishes = {"userAgent": agent, "acceptLanguage": "tlh,fo,da-DK,en"}
    visit.context.new_cdp_session(visit.page).send("Emulation.setUserAgentOverride", wishes)
    expect(visit.open().locator("html")).to_have_attribute("lang", "da")
    visit.context.close()
