"""Every page in every state: nobody is shut out, nothing overflows, in any look and direction.

A run of all tests takes one state of each sort; all of them:
`NAERVED_ALL_STATES=1 bash tests/run tests/browser/test_states.py`, some four minutes.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.states import STATES, State
from tests.browser.test_privacy_and_access import violations
from tests.conftest import ALL_STATES

BY_NAME = {state.name: state for state in STATES}
_SHORT = ["found", "filters", "menu", "sheet", "unknown-street", "violence", "found-printed"]
_SHORT += ["handout", "list", "about", "directory"]
CHOSEN = STATES if ALL_STATES else [BY_NAME[name] for name in _SHORT]
# One of each page, and what is unlike it: for the languages that nobody speaks.
TURNED = ["found", "sheet", "handout", "list-shared", "about", "directory", "no-such-page"]
TURNED = TURNED if ALL_STATES else ["found", "list-shared", "directory"]
# Those that run from the right, and the one of the longest words.
_LEFT = ["de", "so", "es", "ro", "pl", "tr", "da", "uk"] if ALL_STATES else ["de"]
SPOKEN = ["ar", "fa", "ur", *_LEFT]


@pytest.fixture(scope="module")
def testers(browser: Browser, serve: Callable[..., str]):
    """A visitor on a narrow phone; the server offers the testers' languages."""
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, is_mobile=True, has_touch=True, locale="en-GB"
    )
    visit = Visit(context, serve(NAERVED_PSEUDO_LANGUAGES="1"))
    yield visit
    context.close()


def beyond_the_edge(page: Page) -> list[str]:
    """What reaches beyond the screen's left or right edge, though it does not scroll there."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => {
          const box = one.getBoundingClientRect();
          const seen = box.width && box.height && one.checkVisibility({ visibilityProperty: true });
          if (!seen || one.closest(".nv-skip, .nv-hidden, .nv-mine-word, svg, table")) return false;
          return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
        }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 4)"""
    )


@pytest.mark.parametrize("state", CHOSEN, ids=lambda state: state.name)
def test_axe_finds_no_violation_in_light_or_dark(phone: Visit, state: State):
    state.reach(phone.page, phone.base, "en")
    assert violations(phone.page) == []
    if not state.printed:
        phone.page.emulate_media(color_scheme="dark")
        phone.page.wait_for_timeout(300)
        assert violations(phone.page, rules=["color-contrast"]) == []
    assert beyond_the_edge(phone.page) == []
    assert phone.outside == []


@pytest.mark.parametrize("name", TURNED)
@pytest.mark.parametrize("lang", ["ar-XB", "en-XA"])
def test_any_language_fits_and_runs_its_way(testers: Visit, name: str, lang: str):
    page = testers.page
    BY_NAME[name].reach(page, testers.base, lang)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if lang == "ar-XB" else "ltr")
    assert beyond_the_edge(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    if lang == "ar-XB":
        assert against_the_stream(page) == []
        assert violations(page) == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_language_fits_a_narrow_phone(testers: Visit, lang: str):
    """A card open, then the filters too, then what the service says of itself."""
    page = testers.page
    BY_NAME["details"].reach(page, testers.base, lang)
    expect(page.locator("html")).to_have_attribute("dir", "ltr" if lang in _LEFT else "rtl")
    assert beyond_the_edge(page) == []
    BY_NAME["filters"].act(page)
    assert beyond_the_edge(page) == []
    BY_NAME["about"].reach(page, testers.base, lang)
    assert beyond_the_edge(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def against_the_stream(page: Page) -> list[str]:
    """Headings and paragraphs in the page's own language that start at the wrong edge."""
    return page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, h3, .stMain p, main p")].filter((one) => {
          const seen = one.checkVisibility({ visibilityProperty: true });
          const own = one.closest("[lang]") === document.documentElement;
          const arabic = /[\\u0600-\\u06ff]/.test(one.textContent);
          if (!seen || !own || !arabic || one.closest("button, a")) return false;
          const range = document.createRange();
          range.selectNodeContents(one);
          const text = range.getBoundingClientRect();
          const box = one.parentElement.getBoundingClientRect();
          return box.right - text.right > 60 && text.left - box.left < 5;
        }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 4)"""
    )
