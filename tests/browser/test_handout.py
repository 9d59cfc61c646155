"""The page for paper: what was ticked, in the language chosen, telling nothing of the person."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

SEARCH = "/?lang=en&need=papers&at=1550&within=25000"


def choose(page: Page) -> None:
    expect(page.locator("li.nv-card").first).to_be_visible()
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page.get_by_role("group", name="Which places?")).to_be_visible()


def open_it(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Open the print view")).click()
    expect(
        page.get_by_role("heading", name=re.compile("Help near you|Hjælp nær dig"))
    ).to_be_visible(timeout=30_000)


def sheet(page: Page) -> str:
    return page.locator(".handout").inner_text()


def test_what_is_ticked_is_printed_on_one_page_with_all_to_act_on(visit: Visit):
    page = visit.open(SEARCH)
    choose(page)
    boxes = page.get_by_role("group", name="Which places?").get_by_role("checkbox")
    for box in boxes.all()[2:]:
        box.uncheck()
    names = page.locator(".nv-printing fieldset bdi").all_inner_texts()[:2]
    expect(page.get_by_role("button", name="Open the print view (2)")).to_be_enabled()
    open_it(page)
    expect(page.locator(".handout h3 bdi")).to_have_text(names)
    expect(page.locator(".nv-large").first).to_be_visible()
    text = sheet(page)
    assert re.search(r"Monday.*\d\d:\d\d–\d\d:\d\d", text)
    assert "How to get there" in text
    assert not re.search(r"\b(Mo|Tu|We|Th|Fr)-", text)
    expect(page.get_by_role("img", name="Code to scan with a phone")).to_be_visible()
    page.emulate_media(media="print")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    visit.shot("handout")


def test_a_note_and_the_place_stay_after_a_reload_and_never_leave_the_tab(visit: Visit):
    page = visit.open(SEARCH)
    asked: list[str] = []
    choose(page)
    page.get_by_label("Print where I searched from").check()
    page.on("request", lambda request: asked.append(request.url))
    open_it(page)
    page.get_by_label("Your own note").first.fill("Ask for Anna")
    page.reload()
    expect(page.get_by_label("Your own note").first).to_have_value("Ask for Anna")
    assert "From: 1550 København V" in sheet(page)
    assert "1550" not in page.url
    assert not any("1550" in url or "Anna" in url for url in asked)
    page.emulate_media(media="print")
    expect(page.locator(".nv-lines").first).to_have_text("Ask for Anna")


def test_where_one_searched_from_is_told_only_when_wanted(visit: Visit):
    page = visit.open(SEARCH)
    choose(page)
    open_it(page)
    assert "From:" not in sheet(page)
    assert not re.search(r"\d (m|km) ", sheet(page))


def test_it_is_printed_in_the_language_chosen_and_turns_into_another_whole(visit: Visit):
    page = visit.open(SEARCH)
    choose(page)
    page.locator(".nv-printing select").select_option("da")
    open_it(page)
    expect(page.locator(".handout").get_by_text("Sådan kommer du derhen").first).to_be_visible()
    assert "Citizen service" not in sheet(page)
    count = page.locator(".nv-entry").count()
    page.get_by_label("Sidens sprog").select_option("en")
    expect(page.locator(".handout").get_by_text("How to get there").first).to_be_visible(
        timeout=30_000
    )
    assert page.locator(".nv-entry").count() == count
