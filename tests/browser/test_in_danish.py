"""A card in Danish, to be shown to those who work at the place: one tap there, one back."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_card_is_turned_to_danish_and_back(visit: Visit):
    page = visit.open("/?lang=ar&need=food&at=1650")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    card = page.locator(".nv-card").first
    button, own = card.locator("button.nv-danish"), card.locator(":scope > .nv-category")
    expect(button).to_have_attribute("aria-pressed", "false")
    kind = own.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    danish = card.locator(".nv-in-danish")
    expect(danish).to_have_attribute("lang", "da")
    expect(danish).to_have_attribute("dir", "ltr")
    expect(danish).to_contain_text("Åbningstid")
    assert kind not in card.inner_text()
    expect(button).to_be_focused()
    visit.shot("card-in-danish")
    page.keyboard.press("Enter")
    expect(danish).to_have_count(0)
    expect(own).to_be_visible()


def test_a_danish_page_has_nothing_to_turn(visit: Visit):
    page = visit.open("/?lang=da&need=food&at=1650")
    expect(page.locator(".nv-card").first).to_be_visible()
    expect(page.locator("button.nv-danish")).to_have_count(0)
