"""Leaving at once: from anywhere, with a dead network, with nothing left behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

VIOLENCE = "/?lang=en&category=domestic_violence_help&at=1650"


def is_neutral(page: Page) -> bool:
    """A calendar stands there: nothing of what was looked at, in words, title or storage."""
    text = page.locator("body").inner_text()
    assert "Nærved" not in text
    assert "1888" not in text
    return page.locator("table td").count() >= 28 and "Nærved" not in page.title()


def test_before_anything_about_violence_stands_who_to_call_and_how_to_leave(visit: Visit):
    page = visit.open("/?lang=en&need=food&at=1650")
    expect(page.locator(".nv-card").first).to_be_visible()
    expect(page.get_by_text("In danger now?")).to_have_count(0)
    page.get_by_role("button", name="Emergency and crisis").click()
    line = page.locator(".nv-warning")
    expect(line).to_contain_text("press Shift three times")
    expect(line.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(line.get_by_role("link", name="1888")).to_have_attribute("href", "tel:1888")
    assert line.bounding_box()["y"] < page.locator(".nv-card").first.bounding_box()["y"]
    # Neither the address nor the title tells the browser's history what was looked for.
    assert "emergency" not in page.url
    assert page.title() == "Help near 1650 – Nærved"


def test_leaving_goes_elsewhere_at_once_and_leaves_nothing(visit: Visit):
    page = visit.open(VIOLENCE)
    expect(page.locator(".nv-card").first).to_be_visible()
    page.get_by_role("button", name="Food and shelter").click()
    expect(page).to_have_url(re.compile("need=food"))
    asked = []
    page.route(
        "https://www.dmi.dk/**", lambda route: asked.append(route)
    )  # a network that never answers
    page.get_by_role("link", name="Leave this page").click()
    expect(page.locator("table td").first).to_be_visible(timeout=1_000)
    assert is_neutral(page)
    page.wait_for_url("blob:**", timeout=10_000)
    assert asked
    assert is_neutral(page)
    page.go_back()
    page.wait_for_timeout(500)
    assert "need=" not in page.url
    page.goto(visit.base + "/nowhere")
    for store in ("sessionStorage", "localStorage"):
        assert not [k for k in page.evaluate(f"Object.keys({store})") if "naerved" in k]


def test_three_presses_of_shift_leave_even_without_a_network(visit: Visit):
    page = visit.open("/?lang=en")
    visit.context.set_offline(True)
    page.keyboard.press("Shift")
    expect(page.locator(".nv-shifts")).to_have_text("●○○ Shift, press twice more to leave")
    page.keyboard.press("Shift")
    expect(page.locator(".nv-shifts")).to_have_text("●●○ Shift, press once more to leave")
    expect(page.locator("#nv-said")).to_have_text("Shift, press once more to leave")
    page.keyboard.press("Shift")
    page.wait_for_url("blob:**")
    assert is_neutral(page)


def press_shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_shift_means_something_else_while_typing_or_in_a_menu(visit: Visit):
    page = visit.open("/?lang=en")
    field = page.get_by_role("combobox", name="Your address or town, or what you need")
    field.focus()
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    expect(field).to_have_value("ABC")
    page.locator("summary", has_text="Menu").click()
    press_shift(page)
    page.keyboard.press("Escape")
    field.fill("")
    field.press_sequentially("Aarhus", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    press_shift(page)
    page.wait_for_timeout(300)
    expect(page.locator(".nv-name")).to_be_visible()
    for _ in range(3):  # Escape closes what is open, and never leaves
        page.keyboard.press("Escape")
    press_shift(page, 2)
    page.wait_for_timeout(5200)  # two presses are forgotten
    press_shift(page, 1)
    expect(page.locator(".nv-name")).to_be_visible()


@pytest.mark.parametrize("path", ["/about", "/nowhere"])
def test_every_page_can_be_left(visit: Visit, path: str):
    page = visit.page
    page.goto(visit.base + path + "?lang=en")
    page.wait_for_timeout(500)
    press_shift(page)
    page.wait_for_url("blob:**")
    assert is_neutral(page)
