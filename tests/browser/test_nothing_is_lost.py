"""Reload, back, forward, another page, a lost connection: the search is still there."""

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit


def near(page: Page, place: str):
    return page.get_by_role("heading", name=re.compile(f"near {place}$"))


def kept(page: Page) -> dict:
    assert page.evaluate("Object.keys(sessionStorage)") == ["naerved"]
    return json.loads(page.evaluate("sessionStorage.naerved"))


def test_back_forward_and_reload_take_up_each_search(visit: Visit):
    page = visit.open("/?lang=en&within=25000")
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.fill("Istedgade 50, 1650")
    box.press("Enter")
    expect(near(page, "Istedgade")).to_be_visible()
    page.get_by_role("button", name="Learn Danish").click()
    expect(page).to_have_url(re.compile("need=danish"))
    assert page.title() == "Learn Danish near 1650 – Nærved"
    box.fill("8000")
    box.press("Enter")
    expect(near(page, "Aarhus C")).to_be_visible()
    page.go_back()
    expect(near(page, "Istedgade")).to_be_visible()
    chip = page.get_by_role("button", name="Learn Danish")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(box).to_have_value("Istedgade 50, 1650")
    page.go_back()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(near(page, "Istedgade")).to_be_visible()
    page.go_forward()
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(near(page, "Istedgade")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Learn Danish")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert "25000" in page.url
    page.go_forward()
    expect(near(page, "Aarhus C")).to_be_visible()
    assert not re.search("1650|8000|Istedgade|Aarhus", page.url)
    for step in kept(page)["steps"].values():
        assert step.keys() == {"place", "search"}
    assert len(kept(page)["steps"]) == 4


# The part of the page that knows of the server's session comes a second after all others.
LATE_FRAME = """
let made;
Object.defineProperty(window, "naerved", { get: () => made, set: (parts) => {
  made = { ...parts, frame: (one) => setTimeout(parts.frame, 1000, one) && undefined };
} });
"""


def test_in_whatever_order_the_page_comes_a_reload_keeps_the_place(visit: Visit):
    page = visit.open("/?lang=en&need=danish")
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.fill("Istedgade 50, 1650")
    box.press("Enter")
    expect(near(page, "Istedgade")).to_be_visible()
    page.add_init_script(LATE_FRAME)
    page.reload()
    expect(near(page, "Istedgade")).to_be_visible(timeout=20_000)
    assert len(kept(page)["steps"]) == 2


def test_other_pages_and_other_tabs_keep_the_search(visit: Visit):
    page = visit.open("/?lang=en&at=8000&need=food")
    expect(near(page, "Aarhus C")).to_be_visible()
    with visit.context.expect_page() as opened:
        page.locator("summary", has_text="Menu").click()
        page.get_by_role("link", name="About and privacy").click(modifiers=["Control"])
    other = opened.value
    expect(other.get_by_role("heading", name="About Nærved")).to_be_visible(timeout=20_000)
    assert other.title() == "About and privacy – Nærved"
    assert other.evaluate("sessionStorage.length") == 0
    other.close()
    expect(near(page, "Aarhus C")).to_be_visible()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="About and privacy").click()
    expect(page.get_by_role("heading", name="About Nærved")).to_be_visible()
    page.go_back()
    expect(near(page, "Aarhus C")).to_be_visible()
    page.goto(visit.base + "/?lang=da&need=papers")  # a link opened in the same tab
    expect(page.get_by_role("heading", name=re.compile("nær Aarhus C$"))).to_be_visible(
        timeout=20_000
    )
    expect(page.get_by_role("button", name="Papirer og myndigheder")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_server_that_starts_anew_is_told_of_the_search(serve_again, browser):
    """The connection and the server's memory are lost, as after a night: the tab remembers."""
    start, stop = serve_again
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    visit = Visit(context, start())
    page = visit.open("/?lang=en&at=8000&need=food")
    expect(near(page, "Aarhus C")).to_be_visible()
    stop()
    page.wait_for_timeout(500)
    start()
    expect(page.locator(".stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=30_000
    )
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Learn Danish").click()
    expect(page).to_have_url(re.compile("need=danish"), timeout=30_000)
    expect(near(page, "Aarhus C")).to_be_visible()
    context.close()


def test_more_cards_and_the_place_in_the_list_survive_a_reload(phone: Visit):
    page = phone.open("/?lang=en&at=1550")
    page.get_by_role("button", name=re.compile("^Show .* more$")).click()
    card = page.locator(".nv-card").nth(24)
    expect(page.locator(".nv-card").nth(20).locator("h3")).to_be_focused()
    card.scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    was = page.evaluate("scrollY")
    page.reload()
    expect(card).to_be_visible(timeout=20_000)
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - was) < 30
