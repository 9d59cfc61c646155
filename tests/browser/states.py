"""Every page in every state that a person meets, for tests and pictures of all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

NARROW = 900  # pixels: below, the map is another view of the list
_LONGEST_MS = 60_000


def _nothing(page: Page) -> None:
    """The page as it comes."""


@dataclass(frozen=True)
class State:
    """One state of one page.

    Attributes:
        name: of its picture.
        path: what to open, without the language.
        there: a selector of what must be seen before the state is whole.
        act: what brings the page into it.
        narrow: only below `NARROW` pixels.
        printed: as it is on paper.
    """

    name: str
    path: str
    there: str
    act: Callable[[Page], None] = _nothing
    narrow: bool = False
    printed: bool = False

    def reach(self, page: Page, base: str, lang: str) -> None:
        """Bring `page`, of the server at `base`, into this state."""
        path, _, fragment = self.path.partition("#")
        page.emulate_media(media="screen")
        page.goto(base + "/nowhere")
        page.evaluate("[localStorage, sessionStorage].forEach((store) => store.clear())")
        mark = "&" if "?" in path else "?"
        page.goto(f"{base}{path}{mark}lang={lang}{'#' + fragment if fragment else ''}")
        expect(page.locator(self.there).first).to_be_visible(timeout=_LONGEST_MS)
        page.wait_for_timeout(400)
        self.act(page)
        page.wait_for_timeout(300)
        if self.printed:
            page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
            page.emulate_media(media="print")


def _open_menu(page: Page) -> None:
    page.locator(".nv-menu summary").last.click()


def _unfold(page: Page) -> None:
    if (line := page.locator(".nv-fold")).is_visible():
        line.click()


def _open_details(page: Page) -> None:
    page.locator(".nv-card summary").first.click()
    page.locator(".nv-card").first.evaluate("(card) => card.scrollIntoView({ block: 'center' })")


def _show_on_map(page: Page) -> None:
    page.locator(".nv-show").first.click()
    expect(page.locator(".nv-sheet .nv-card")).to_be_visible()
    frame = page.frame_locator(".st-key-chart iframe")
    expect(frame.locator(".pin").first).to_be_visible(timeout=_LONGEST_MS)


def _suggest(page: Page) -> None:
    page.locator("#nv-address").press_sequentially("Nørreg", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()


def _open_share(page: Page) -> None:
    page.locator("[class*=st-key-share] button").first.click()
    expect(page.get_by_test_id("stPopoverBody").locator("code")).to_be_visible()


def _choose_to_print(page: Page) -> None:
    page.locator("[class*=st-key-printing] button").first.click()
    expect(page.locator(".nv-printing fieldset")).to_be_visible()


def _keep(page: Page) -> None:
    for number in range(2):
        page.locator(".nv-card .nv-keep").nth(number).click()
    page.locator(".nv-mine").click()
    expect(page.locator("#nv-list .nv-card")).to_have_count(2)
    page.locator(".nv-own-note textarea").first.fill("Ring først, spørg efter Anna")


def _share_list(page: Page) -> None:
    _keep(page)
    page.locator(".nv-share").click()
    expect(page.locator(".nv-sharing svg")).to_be_visible()


def _delete_all(page: Page) -> None:
    _keep(page)
    page.locator(".nv-delete").click()


def _shift(page: Page) -> None:
    page.keyboard.press("Shift")


_FOUND, _CARD = "/?need=food&at=1650", ".nv-card"
_PAPER = "/handout#c=soc-hl-mariakirken&c=soc-meal-absalon"
STATES = (
    State("find", "/", ".nv-filters"),
    State("suggestions", "/", ".nv-filters", _suggest),
    State("found", _FOUND, _CARD),
    State("found-end", _FOUND, _CARD, lambda p: p.evaluate("scrollTo(0, 1e6)")),
    State("filters", _FOUND, _CARD, _unfold),
    State("menu", _FOUND, _CARD, _open_menu),
    State("details", _FOUND, _CARD, _open_details),
    State("sheet", _FOUND, _CARD, _show_on_map, narrow=True),
    State("share", _FOUND, _CARD, _open_share),
    State("found-printed", _FOUND, _CARD, printed=True),
    State("shift", _FOUND, _CARD, _shift),
    State("which", "/?at=N%C3%B8rregade+10", ".st-key-question"),
    State("unknown-street", "/?at=Xyzzygade+5", ".st-key-question"),
    State("violence", "/?category=domestic_violence_help&at=1650", _CARD),
    State("printing", _FOUND, _CARD, _choose_to_print),
    State("handout", _PAPER, ".handout h3"),
    State("handout-printed", _PAPER, ".handout h3", printed=True),
    State("handout-empty", "/handout", "main p"),
    State("list-empty", "/list", "#nv-list p"),
    State("list", _FOUND, _CARD, _keep),
    State("list-shared", _FOUND, _CARD, _share_list),
    State("list-deleted", _FOUND, _CARD, _delete_all),
    State("list-printed", _FOUND, _CARD, _keep, printed=True),
    State("list-theirs", "/list#c=soc-hl-mariakirken&n=Anna", _CARD),
    State("about", "/about", ".stMain h2"),
    State("directory", "/directory", ".stMain h1"),
    State("coverage", "/coverage", ".stMain iframe"),
    State("no-such-page", "/nowhere", "#nv-main h1"),
)
