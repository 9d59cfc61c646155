"""The page "Find help" as a person meets it, in headless Chromium."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

ADDRESS = "Rådhuspladsen 1, 1550 København V"


def map_frame(page: Page):
    return page.frame_locator("iframe[title*='folium']")


def search(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Your address or town, or what you need").fill(text)
    page.get_by_role("button", name="Search", exact=True).click()


def cards(page: Page):
    return page.locator("ol.nv-cards").first.locator("li.nv-card")


def test_choosing_an_address_by_keyboard_alone(visit: Visit):
    page = visit.open("/?need=papers")
    page.get_by_role("combobox", name="Your address or town, or what you need").focus()
    page.keyboard.type("Nørrevoldgade", delay=30)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Nørre Voldgade")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_text("From: Nørre Voldgade")).to_be_visible()
    expect(cards(page).first.locator(".nv-distance")).to_contain_text(re.compile(r"\d+ m"))
    visit.shot("desktop")


def test_the_nearest_newcomer_office_to_the_town_hall(visit: Visit):
    page = visit.open("/?category=international_citizen_service&within=0")
    search(page, ADDRESS)
    expect(cards(page).first).to_contain_text("Nyropsgade 1")
    expect(cards(page)).to_have_count(5)
    expect(page.get_by_role("heading", name="Address not known to us")).to_be_visible()  # Odense


def test_the_address_never_enters_the_link_unasked(visit: Visit):
    page = visit.open()
    search(page, ADDRESS)
    expect(page.get_by_text("From: ")).to_be_visible()
    assert "1550" not in page.url
    assert "dhus" not in page.url


def test_a_link_brings_back_the_filters(visit: Visit):
    page = visit.open("/?lang=en&category=library&within=5000&at=2200")
    expect(page.get_by_role("heading", name="places near København N")).to_be_visible()
    expect(cards(page).first).to_contain_text("Libraries")
    assert "category=library" in page.url
    assert "at=" not in page.url


def test_a_filter_keeps_the_zoom(visit: Visit):
    page = visit.open("/?need=meet&within=25000&at=1550")
    frame = map_frame(page)
    expect(frame.locator(".pin").first).to_be_visible()
    frame.get_by_role("button", name="Zoom in").click()
    zoom = "() => document.querySelector('iframe[title*=folium]').contentWindow.map.getZoom()"
    page.wait_for_timeout(500)
    before = page.evaluate(zoom)
    page.get_by_text("Free only").click()
    expect(page).to_have_url(re.compile("free=1"))
    page.wait_for_timeout(500)
    assert page.evaluate(zoom) == before


def test_rings_tell_distances_at_every_zoom(visit: Visit):
    page = visit.open("/?category=library&within=5000&at=1550")
    frame = map_frame(page)
    expect(frame.locator(".ring span", has_text="5 km")).to_be_visible()
    for _ in range(6):
        frame.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(300)
    expect(frame.locator(".ring span", has_text=re.compile(r"^[125]00? m$")).first).to_be_visible()
    visit.shot("street-level")


def test_marker_and_list_follow_each_other(visit: Visit):
    page = visit.open("/?category=library&at=1550")
    frame = map_frame(page)
    expect(frame.locator(".pin").first).to_be_visible()
    frame.locator(".pin", has_text="17").click()
    chosen = page.locator("li.nv-card.nv-chosen")
    expect(chosen).to_have_count(1)
    name = cards(page).nth(3).locator("h3 bdi").inner_text()
    cards(page).nth(3).get_by_role("button", name="Show on map").click()
    expect(frame.locator(".leaflet-popup-content", has_text=name)).to_be_visible()


def test_a_tap_on_the_map_offers_to_measure_from_there_and_back_again(visit: Visit):
    page = visit.open("/?category=library&at=1550")
    frame = map_frame(page)
    expect(frame.locator(".pin").first).to_be_visible()
    before = page.get_by_role("heading", name="near København V")
    frame.locator(".leaflet-container").click(position={"x": 60, "y": 80})
    offer = frame.get_by_role("button", name="Measure from here")
    expect(offer).to_be_visible()
    expect(before).to_be_visible()  # the tap alone changed nothing
    offer.click()
    expect(page.get_by_role("heading", name="near the point on the map")).to_be_visible()
    page.get_by_role("button", name="Back to København V").click()
    expect(before).to_be_visible()
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)


def test_the_phones_own_position(visit: Visit):
    visit.context.grant_permissions(["geolocation"])
    visit.context.set_geolocation({"latitude": 57.0488, "longitude": 9.9217})
    page = visit.open("/?category=international_citizen_service&within=50000")
    page.get_by_role("button", name="Use my position").click()
    expect(cards(page).first).to_contain_text("Aalborg")
    expect(page.get_by_text("From: your position")).to_be_visible()


def test_danish_is_whole_and_said_to_the_browser(visit: Visit):
    page = visit.open("/?lang=da&need=papers&at=1550")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("heading", name="Find hjælp nær dig")).to_be_visible()
    visit.shot("danish")


@pytest.mark.parametrize(
    "text",
    [
        "qwxz qwxz",
        "10 Downing Street, London",
        "😀",
        "x" * 10_000,
        "'; DROP TABLE addresses; --",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u202eNyropsgade 1\u202e <b>",
        "0,0",
        "999,999",
    ],
)
def test_text_that_is_no_place_gets_a_plain_answer(visit: Visit, text: str):
    page = visit.open()
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.fill(text)
    box.press("Enter")
    said = page.get_by_text("From: ").or_(page.get_by_text("Did you mean one of these?"))
    expect(page.get_by_role("alert").or_(said).first).to_be_visible()
    assert "Traceback" not in page.content()
    assert not visit.dialogs


def test_help_by_phone_needs_no_place(visit: Visit):
    page = visit.open("/?category=crisis_line")
    expect(page.get_by_role("heading", name="By phone and online")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("70 ?20 ?12 ?01"))).to_have_attribute(
        "href", re.compile("^tel:")
    )


def test_emergency_numbers_are_in_reach(visit: Visit):
    page = visit.open()
    bar = page.locator("#nv-bar nav a strong")
    assert bar.all_inner_texts() == ["112", "114", "1888"]


def test_the_doctors_number_is_that_of_the_persons_own_region(visit: Visit):
    page = visit.open("/?at=1550")
    bar = page.locator("#nv-bar nav a strong")
    expect(bar).to_have_text(["112", "114", "1813", "1888"])
    search(page, "6700 Esbjerg")
    expect(bar).to_have_text(["112", "114", "70 11 07 07", "1888"])
    assert page.locator("#nv-bar a[href='tel:+4570110707']").count() == 1


def test_a_mistake_is_told_where_it_is_seen(serve, browser: Browser, tmp_path):
    base = serve(NAERVED_DATA=str(tmp_path))
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = Visit(context, base).open("/?at=8000&need=papers")
    page.locator(".nv-card summary").first.click()
    assert page.locator("a[href^='geo:']").count()
    page.locator(".nv-card .nv-report").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("It is closed for good").click()
    dialog.get_by_label("How it should be, as far as you know").fill("Shut since May")
    dialog.get_by_text("Send the suggestion").click()
    expect(dialog.get_by_text("Thank you. It is kept for review.")).to_be_visible()
    (kept,) = (tmp_path / "suggestions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(kept)["text"] == "It is closed for good · Shut since May"
    context.close()
