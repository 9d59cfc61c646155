"""Every door, as it is typed, once an operator has imported the addresses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.table import Mapping
from tests.browser.conftest import Visit

ROWS = """street,number,postcode,city,lat,lon
Solsikkevej,1,8000,Aarhus C,56.1501,10.2001
Solsikkevej,2A,8000,Aarhus C,56.1502,10.2002
Solsikkevej,2B,8000,Aarhus C,56.1503,10.2003
Solsikkevej,1,5000,Odense C,55.4001,10.3801
"""


@pytest.fixture
def visit_with_index(
    serve: Callable[..., str], browser: Browser, tmp_path: Path
) -> tuple[Visit, Path]:
    index = tmp_path / "addresses.index"
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    return Visit(context, serve(NAERVED_ADDRESSES=str(index))), index


def test_a_new_index_is_taken_up_without_a_restart(visit_with_index, tmp_path):
    visit, index = visit_with_index
    page = visit.open()
    table = tmp_path / "rows.csv"
    table.write_text(ROWS, encoding="utf-8")
    build([table], index, Mapping(), lambda path, part: None)
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.press_sequentially("solsikevej 2", delay=30)  # one letter short
    option = page.get_by_role("option", name="Solsikkevej 2A, 8000 Aarhus C")
    expect(option).to_be_visible()
    option.click()
    said = page.get_by_text("From: Solsikkevej 2A, 8000 Aarhus C · Exact address")
    expect(said).to_be_visible()


def test_a_street_in_two_towns_is_asked_about(visit_with_index, tmp_path):
    visit, index = visit_with_index
    table = tmp_path / "rows.csv"
    table.write_text(ROWS, encoding="utf-8")
    build([table], index, Mapping(), lambda path, part: None)
    page = visit.open()
    box = page.get_by_role("combobox", name="Your address or town, or what you need")
    box.fill("Solsikkevej 1")
    box.press("Enter")
    # The first question to a new server reads what it knows of needs.
    asked = page.get_by_text("Several places have this name. Which one do you mean?")
    expect(asked.first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("From:")).to_have_count(0)  # nothing is taken before it is answered
    expect(box).to_have_value("Solsikkevej 1")
    page.get_by_role("button", name="Solsikkevej 1, 5000 Odense C").or_(
        page.get_by_role("radio", name="Solsikkevej 1, 5000 Odense C")
    ).first.click()
    expect(page.get_by_text("From: Solsikkevej 1, 5000 Odense C")).to_be_visible()


def test_the_offline_map_names_the_streets_around(visit_with_index, tmp_path):
    visit, index = visit_with_index
    table = tmp_path / "rows.csv"
    table.write_text(ROWS, encoding="utf-8")
    build([table], index, Mapping(), lambda path, part: None)
    page = visit.open("/?at=Solsikkevej%202A,%208000&lang=en")
    frame = page.frame_locator("iframe[title*='folium']")
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1000)
    page.evaluate(
        "void document.querySelector('iframe[title*=folium]').contentWindow.map"
        ".setView([56.1502, 10.2002], 16, {animate: false})"
    )
    expect(frame.locator(".label.street", has_text="Solsikkevej")).to_have_count(1)
    assert not visit.outside


FIELD = "Your address or town, or what you need"


@pytest.fixture
def page(app: str, browser: Browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Visit(context, app).open()
    context.close()


def enter(page, text: str) -> None:
    box = page.get_by_role("combobox", name=FIELD)
    box.fill(text)
    box.press("Enter")


def test_a_misspelt_street_is_asked_about_and_the_text_stays(page):
    enter(page, "Algdae 12, 4000 Roskilde")
    expect(page.get_by_text("Did you mean one of these?").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("From: 4000 Roskilde")).to_be_visible()  # what is certain
    expect(page.get_by_role("combobox", name=FIELD)).to_have_value("Algdae 12, 4000 Roskilde")
    page.get_by_role("radio", name="Algade 12, 4000 Roskilde").or_(
        page.get_by_role("button", name="Algade 12, 4000 Roskilde")
    ).first.click()
    expect(page.get_by_text("From: Algade 12, 4000 Roskilde")).to_be_visible()


def test_a_street_of_many_towns_asks_for_the_town_and_keeps_the_number(page):
    enter(page, "Algade 12")
    town = page.get_by_role("textbox", name="Town or postcode of Algade 12")
    town.fill("Vordingborg")
    town.press("Enter")
    expect(page.get_by_text("From: Algade 12, 4760 Vordingborg")).to_be_visible()


def test_an_unknown_street_asks_where_it_is(page):
    enter(page, "Qwertygade 7")
    expect(page.get_by_text("We do not know the street “Qwertygade 7”")).to_be_visible()
    town = page.get_by_role("textbox", name="Town or postcode of Qwertygade 7")
    town.fill("8000")
    town.press("Enter")
    expect(page.get_by_text("From: 8000 Aarhus C")).to_be_visible()
    expect(page.get_by_text("“Qwertygade” is not known here")).to_be_visible()
