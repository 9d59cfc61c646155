"""Keeping the directory right in a real browser: what is saved is what is seen."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from locator.directory.store import FolderStore
from locator.settings import EMBEDDED
from tests.browser.conftest import Visit

SLOW = 30_000  # milliseconds: the directory is read anew after each change


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def librarian(serve: Callable[..., str], browser: Browser, data: Path) -> Iterator[Visit]:
    base = serve(NAERVED_DATA=str(data), NAERVED_EDIT_SECRET="hest")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    yield Visit(context, base)
    context.close()


def open_record(page: Page, name: str) -> None:
    page.get_by_label("Navn eller by").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^\d+ post"))).not_to_have_text("2629 poster")
    page.get_by_label("Åbn en post").click()
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", name="Som folk ser den")).to_be_visible()


def log_in(page: Page) -> None:
    page.get_by_text("Vedligeholdere").click()
    page.get_by_label("Dit navn, til historikken").fill("Ida")
    page.get_by_label("Hemmelig kode").fill("hest")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ret", exact=True)).to_be_visible()


def test_a_click_is_not_undone_by_the_form_that_was_open(librarian: Visit, data: Path):
    """The form kept the day it was opened with, and put it back when it was saved."""
    page = librarian.open("/directory?lang=da")
    open_record(page, "ics-odense")
    log_in(page)
    page.get_by_role("button", name="Stadig rigtigt i dag").click()
    expect(page.get_by_text("Tak: kontrolleret i dag.")).to_be_visible(timeout=SLOW)
    page.get_by_text("Hvornår der er åbent").click()
    page.get_by_label("Tirsdag").fill("10-12 og 13-16")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Gemt.", exact=True)).to_be_visible(timeout=SLOW)
    last, first = FolderStore(EMBEDDED, data).history()
    assert last.after["assured_date"] == first.after["assured_date"]
    assert "Tu 10:00-12:00,13:00-16:00" in last.after["opening_hours"]
    librarian.shot("upkeep")
    page.get_by_role("button", name="Fortryd").first.click()
    expect(page.get_by_role("button", name="Fortryd")).to_have_count(3, timeout=SLOW)
    expect(page.get_by_label("Tirsdag")).not_to_have_value("10-12 og 13-16")
    assert not librarian.outside
