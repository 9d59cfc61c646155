"""On every page: nothing leaves the machine, nothing hostile runs, nobody is shut out."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

PAGES = [
    "/?need=food&at=1550&within=25000",
    "/about?lang=en",
    "/directory?lang=en",
    "/coverage?lang=en",
    "/handout?lang=en#c=ics-odense&c=ics-aarhus",
]


def open_page(visit: Visit, path: str) -> Page:
    visit.page.goto(visit.base + path)
    expect(visit.page.get_by_role("heading").first).to_be_visible(timeout=20_000)
    if path.startswith("/coverage"):  # the first one compiles the bulk search
        expect(visit.page.get_by_text("Where help is missing")).to_be_visible(timeout=60_000)
    visit.page.wait_for_timeout(2500)
    return visit.page


LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page and in its frames, by WCAG 2.2 AA or by these rules alone."""
    found = []
    run = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": LEVELS}
    # What happens to lie half under the bar would count as a target too small to hit.
    page.add_style_tag(content=".nv-bar { position: static !important }")
    for frame in page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        for one in frame.evaluate(
            "async (runOnly) => (await axe.run(document, {iframes: false, runOnly})).violations",
            run,
        ):
            targets = [node["target"] for node in one["nodes"]][:4]
            found.append(f"{one['id']}: {one['help']} {targets}")
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_the_machine_or_is_refused(visit: Visit, path: str):
    open_page(visit, path)
    assert visit.outside == []
    assert visit.failed == []


@pytest.mark.parametrize("path", [PAGES[0], PAGES[3]])
def test_axe_finds_no_violation_on_a_wide_screen(visit: Visit, path: str):
    assert violations(open_page(visit, path)) == []


def test_street_tiles_come_only_after_the_person_agrees(visit: Visit):
    page = open_page(visit, PAGES[0])
    assert visit.outside == []
    page.get_by_text("Detailed street map").click()
    page.wait_for_timeout(1500)
    assert visit.outside
    assert {url.split("/")[2] for url in visit.outside} == {"tile.openstreetmap.org"}


@pytest.mark.parametrize("path", ["/directory", "/about", "/handout"])
def test_the_first_visitor_of_a_new_server_may_come_to_any_page(serve, browser, path: str):
    context = browser.new_context(locale="en-GB")
    visit = Visit(context, serve())
    page = open_page(visit, path)
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    assert page.get_by_role("heading", name="Find help near you").count() == 0
    assert page.get_by_role("dialog").count() == 0
    context.close()
