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
    box = page.get_by_role("combobox", name="Your address, postcode or town")
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
    box = page.get_by_role("combobox", name="Your address, postcode or town")
    box.fill("Solsikkevej 1")
    box.press("Enter")
    expect(page.get_by_text("Several places fit. Which one do you mean?")).to_be_visible()
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
        "document.querySelector('iframe[title*=folium]').contentWindow.map"
        ".setView([56.1502, 10.2002], 16, {animate: false})"
    )
    expect(frame.locator(".label.street", has_text="Solsikkevej")).to_have_count(1)
    assert not visit.outside
