"""The one field understands a need, a service's name and a number as well as a place."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Your address or town, or what you need")


def ask(page: Page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")


def test_a_need_is_understood_and_the_place_is_asked_for(visit: Visit):
    page = visit.open("/?lang=en")
    ask(page, "mad")
    expect(page.get_by_text("Food banks, because you wrote “mad”")).to_be_visible()
    expect(page.get_by_text("Where are you? Write your address")).to_be_visible()
    expect(field(page)).to_be_focused()
    ask(page, "8000")
    expect(page.get_by_role("heading", name=re.compile("near Aarhus C$"))).to_be_visible()
    expect(page.locator(".nv-category").first).to_contain_text("Food banks")
    assert "mad" not in page.url
    assert "mad" not in page.evaluate("JSON.stringify(sessionStorage)").split('"')


def test_a_need_and_a_place_in_one_line(visit: Visit):
    page = visit.open("/?lang=da")
    box = page.get_by_role("combobox", name="Din adresse eller by, eller hvad du har brug for")
    box.fill("retshjælp Nørrebro")
    box.press("Enter")
    expect(page.get_by_text("Fra: Nørrebro")).to_be_visible()
    expect(page.locator(".nv-category").first).to_contain_text("Retshjælp")
    expect(box).to_have_value("Nørrebro")


def test_violence_in_any_language_shows_the_way_out_first(visit: Visit):
    page = visit.open("/?lang=en")
    ask(page, "zawji yadribni")
    expect(page.get_by_text("To leave this page at once")).to_be_visible()
    expect(page.locator(".nv-category").first).to_contain_text("Help against violence at home")


def test_while_typing_needs_services_and_places_are_told_apart(visit: Visit):
    page = visit.open("/?lang=en")
    field(page).press_sequentially("kvinfo", delay=30)
    option = page.get_by_role("option", name=re.compile("^KVINFO"))
    expect(option.first).to_contain_text("service")
    option.first.click()
    expect(page.get_by_role("heading", name="KVINFO Mentor Network", exact=True)).to_be_visible()
    field(page).fill("")
    field(page).press_sequentially("læge", delay=30)
    expect(page.get_by_role("option", name=re.compile("Clinics and health help"))).to_be_visible()


def test_a_number_is_shown_as_one_to_call(visit: Visit):
    page = visit.open("/?lang=en")
    ask(page, "1888")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name=re.compile("1888"))).to_have_attribute("href", "tel:1888")
    expect(main.get_by_text("Lev Uden Vold")).to_be_visible()


def test_what_may_be_several_things_is_asked(visit: Visit):
    page = visit.open("/?lang=en")
    ask(page, "kindergarten or doctor for kids")
    kinds = page.get_by_role("main").get_by_role("radio")
    expect(kinds.first.or_(page.get_by_text("because you wrote"))).to_be_visible()
