"""The whole main job by keyboard alone, and the focus is always to be seen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

_COVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const bar = document.querySelector("#nv-bar").getBoundingClientRect();
  if (one === document.body || one.tagName === "IFRAME" || one.closest("#nv-bar")) return "";
  const hidden = box.bottom > bar.top + 1 && box.top > 0 || box.bottom < 0;
  return hidden ? one.outerHTML.slice(0, 120) : "";
}"""


def tab_to(page: Page, selector: str, *, most: int = 60, key: str = "Tab") -> int:
    """Press `key` until what has the focus matches; how often. What is passed is not covered."""
    for pressed in range(most + 1):
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return pressed
        page.keyboard.press(key)
        page.wait_for_timeout(30)
        assert page.evaluate(_COVERED) == ""
    raise AssertionError(f"{selector} is not reached")


def test_the_whole_job_is_done_by_keyboard(visit: Visit):
    page = visit.open("/?lang=en&need=food")
    assert tab_to(page, "#nv-address") <= 6
    page.keyboard.type("Istedgade 50, 1650", delay=15)
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=re.compile("near Istedgade$"))
    expect(heading).to_be_focused()
    tab_to(page, ".nv-card .nv-keep")
    page.keyboard.press("Space")
    keep = page.locator(".nv-card .nv-keep").first
    expect(keep).to_have_attribute("aria-pressed", "true")
    tab_to(page, ".nv-card summary")
    page.keyboard.press("Enter")
    expect(page.locator(".nv-card details").first).to_have_attribute("open", "")
    # To the end of the page, through all cards: nothing that has the focus is behind the bar.
    tab_to(page, ".nv-show-more, [data-testid=stPopoverButton]", most=150)
    # Back to the filters, and to the list of one's own.
    tab_to(page, "select[data-key=within]", most=200, key="Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("within=25000"))
    expect(page.locator("select[data-key=within]")).to_be_focused()
    tab_to(page, ".nv-mine", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My list")).to_be_visible()
    page.wait_for_load_state()  # the bar comes last
    tab_to(page, "textarea")
    page.keyboard.type("Ask for Anna")
    tab_to(page, ".nv-delete", key="Shift+Tab")
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your own note")).to_have_value("Ask for Anna")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("blob:**")
    assert page.evaluate("document.title") != "My list – Nærved"


def test_at_twice_the_size_and_lying_down_the_page_is_usable(phone: Visit):
    page = phone.page
    for width, height in [(650, 450), (844, 390)]:
        page.set_viewport_size({"width": width, "height": height})
        phone.open("/?lang=en&need=food&at=1650")
        card = page.locator(".nv-card h3").first
        expect(card).to_be_visible()
        heading = page.get_by_role("heading", name=re.compile("near København V$"))
        heading.scroll_into_view_if_needed()
        bar = page.locator("#nv-bar").bounding_box()["height"]
        assert bar <= 0.2 * height
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
