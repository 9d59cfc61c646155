"""The first screen of a phone, and the list and the map as two views of one search."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

BAR = ".nv-bar"


def search(page: Page, text: str) -> None:
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.fill(text)
    box.press("Enter")


def top(page: Page, selector: str) -> float:
    return page.locator(selector).first.bounding_box()["y"]


def no_sideways_scroll(page: Page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def narrower_than_their_words(page: Page, selector: str) -> list[str]:
    """Elements beyond the screen's edge, and words of the header that are broken in two."""
    return page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].filter((one) => {
          const box = one.getBoundingClientRect();
          const hidden = !one.checkVisibility({ visibilityProperty: true });
          if (hidden || !box.width || one.matches(".nv-skip, .nv-hidden")) return false;
          const broken = one.closest("#nv-top") && !one.children.length && box.height > 60;
          return broken || box.right > innerWidth || box.left < 0;
        }).map((one) => one.outerHTML.slice(0, 80))""",
        selector,
    )


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_after_a_search_the_first_card_is_on_the_first_screen(phone: Visit, width, height):
    phone.page.set_viewport_size({"width": width, "height": height})
    page = phone.open("/?lang=en&need=food")
    expect(page.locator(".nv-name")).to_have_text("Nærved")
    expect(page.get_by_role("button", name="Use my position")).to_be_in_viewport()
    frame = top(page, ".nv-first, .stMainBlockContainer") + (height - top(page, BAR))
    assert frame <= max(0.15 * height, 127)
    assert no_sideways_scroll(page)
    search(page, "Istedgade 50, 1650")
    heading = page.get_by_role("heading", name=re.compile(r"^\d+ places near Istedgade$"))
    expect(heading).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="places near Istedgade")).to_be_attached()
    page.wait_for_timeout(700)  # it scrolls
    expect(heading).to_be_in_viewport()
    assert top(page, ".nv-card") <= 0.7 * height
    assert narrower_than_their_words(page, "header, #nv-top *, .nv-field, .nv-field *") == []
    page.wait_for_function("document.querySelector('iframe').contentWindow.naervedPainted")
    assert not page.evaluate(
        """[...document.querySelectorAll(".st-key-chart *")].filter(
          (one) => one.checkVisibility({ visibilityProperty: true })).map((one) => one.className)"""
    )
    assert height - top(page, BAR) <= 0.15 * height
    assert no_sideways_scroll(page)
    assert page.title() == "Food and shelter near 1650 – Nærved"


def test_filters_fold_to_one_line(phone: Visit):
    page = phone.open("/?lang=en&need=food&at=1650&free=1")
    line = page.get_by_role("button", name="Food and shelter · within 10 km · Filters (1)")
    expect(line).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("button", name="Health")).to_be_hidden()
    line.click()
    page.get_by_role("button", name=re.compile(r"Community meals \(\d+\)")).click()
    expect(page.get_by_role("button", name="Community meals · within 10 km")).to_be_visible()
    expect(page.get_by_role("button", name="Health")).to_be_visible()  # it stays open meanwhile
    search(page, "2200")
    expect(page.get_by_role("heading", name="near København N")).to_be_focused()
    expect(page.get_by_role("button", name="Health")).to_be_hidden()


def test_the_map_opens_at_the_card_and_back_returns_to_it(phone: Visit):
    page = phone.open("/?lang=en&need=food&at=1650")
    third = page.locator(".nv-card").nth(2)
    name = third.locator("h3 bdi").inner_text()
    third.get_by_role("button", name="Show on map").scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    was = page.evaluate("scrollY")
    third.get_by_role("button", name="Show on map").click()
    sheet = page.get_by_role("region", name=name)
    expect(sheet.get_by_role("heading", name=name)).to_be_focused()
    expect(page.locator("iframe").first).to_be_in_viewport()
    expect(page.get_by_role("combobox")).to_be_hidden()
    pin = page.frame_locator("iframe").first.locator(".pin", has_text=re.compile("^3$"))
    expect(pin).to_be_in_viewport()
    assert pin.bounding_box()["y"] < sheet.bounding_box()["y"]
    phone.shot("phone-sheet")
    page.go_back()
    expect(third.get_by_role("button", name="Show on map")).to_be_focused()
    assert abs(page.evaluate("scrollY") - was) < 5
    expect(sheet).to_have_count(0)


def test_a_pin_shows_its_card_over_the_map(phone: Visit):
    page = phone.open("/?lang=en&category=library&at=1550")
    page.get_by_role("button", name="Map", exact=True).click()
    pins = page.frame_locator("iframe").first
    pins.locator(".pin", has_text="17").tap()
    card = page.locator(".nv-sheet .nv-card")
    expect(card.locator(".nv-pin")).to_have_text("17")
    page.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="List", exact=True).click()
    expect(page.get_by_role("heading", name="places near København V")).to_be_in_viewport()


@pytest.mark.parametrize(("typed", "asked"), [("Nørregade 10", "Which"), ("Xyzzygade 5", "")])
def test_what_must_be_answered_first_comes_to_the_fore(phone: Visit, typed: str, asked: str):
    page = phone.open("/?lang=en&need=food")
    search(page, typed)
    question = page.get_by_role("group", name=re.compile(asked)).and_(
        page.locator(".st-key-question")
    )
    expect(question).to_be_focused()
    expect(question).to_be_in_viewport()
    said = page.locator("#nv-said")
    expect(said).not_to_be_empty()
    assert said.inner_text() == question.get_attribute("aria-label")


@pytest.mark.parametrize("name", ["Share a link", "Print"])
def test_what_a_button_at_the_end_opens_has_room(phone: Visit, name: str):
    page = phone.open("/?lang=en&need=food&at=1650")
    page.get_by_role("button", name=name, exact=True).click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body.locator("code, fieldset").first).to_be_visible()
    box = body.bounding_box()
    assert box["height"] >= 150
    assert box["y"] + box["height"] <= top(page, BAR) + 1
