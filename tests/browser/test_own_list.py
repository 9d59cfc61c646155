"""A list of one's own: kept on the device, with notes, shared by link, printed, deleted."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

NOTE = "Call first, ask for Anna"


class Listener:
    """Everything that the browser sends to the server, by HTTP or through the web socket."""

    def __init__(self, visit: Visit) -> None:
        self.sent: list[str] = []
        visit.page.on("request", lambda r: self.sent.append(f"{r.url} {r.post_data or ''}"))
        visit.page.on(
            "websocket",
            lambda socket: socket.on(
                "framesent", lambda frame: self.sent.append(self._text(frame))
            ),
        )

    @staticmethod
    def _text(frame: str | bytes) -> str:
        return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")

    def heard(self, *words: str) -> list[str]:
        return [sent[:200] for sent in self.sent if any(word in sent for word in words)]


@pytest.fixture
def listener(visit: Visit) -> Listener:
    return Listener(visit)


@pytest.fixture
def other(browser: Browser, app: str) -> Iterator[Visit]:
    """Someone else, on another device."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
    yield Visit(context, app)
    context.close()


def keep(page: Page, *numbers: int) -> list[str]:
    """Keep the cards with these numbers; their ids."""
    ids = []
    for number in numbers:
        card = page.locator(".nv-card").nth(number - 1)
        button = card.get_by_role("button", name=re.compile("^Keep"))
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        ids.append(card.get_attribute("data-id"))
    return ids


def test_what_is_kept_never_reaches_the_server(visit: Visit, listener: Listener, other: Visit):
    page = visit.open("/?lang=en&need=food&at=1650")
    ids = keep(page, 1, 3)
    page.locator(".nv-top .nv-mine").click()
    expect(page.get_by_role("heading", name="My list")).to_be_visible()
    expect(page).to_have_title("My list – Nærved")
    expect(page.locator(".nv-card")).to_have_count(2)
    page.get_by_label("Your own note").first.fill(NOTE)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_label("Link to this list")
    expect(link).not_to_have_value(re.compile("Anna"))  # only on purpose
    page.get_by_label("With my notes").check()
    expect(link).to_have_value(re.compile("Anna"))
    expect(page.get_by_role("img", name="Code to scan with a phone")).to_be_visible()
    shared = link.input_value()
    visit.shot("my-list")
    # Back at the search: the same place in the list, and the card says that it is kept.
    page.go_back()
    expect(page.get_by_role("heading", name="near København V")).to_be_visible()
    expect(page.locator(".nv-keep[aria-pressed=true]")).to_have_count(2)
    expect(page.locator(".nv-mine")).to_have_text(re.compile(r"My list\s+\(2\)"))
    expect(page.get_by_role("status")).to_be_attached()
    page.get_by_role("button", name="Learn Danish").click()  # something is sent meanwhile
    expect(page).to_have_url(re.compile("need=danish"))
    assert listener.sent
    assert not listener.heard(*(f'"{one}"' for one in ids), *ids, "Anna", "naerved-list")
    assert json.loads(page.evaluate("localStorage['naerved-list']"))[0]["note"] == NOTE
    assert not visit.outside

    # Someone else opens the link: the facts are the directory's, in their language.
    heard = Listener(other)
    other.page.goto(shared.replace("lang=en", "lang=da"))
    expect(other.page.get_by_role("heading", name="En liste til dig")).to_be_visible()
    expect(other.page.locator(".nv-card")).to_have_count(2)
    expect(other.page.locator(".nv-their-note")).to_contain_text(NOTE)
    assert not heard.heard(*ids, "Anna")
    other.page.get_by_role("button", name="Behold alle på min liste").click()
    other.page.goto(other.base + "/list?lang=da")
    expect(other.page.get_by_label("Din egen note").first).to_have_value(NOTE)
    assert not heard.heard(*ids, "Anna")
    assert not other.outside


def test_all_is_deleted_in_one_tap_and_by_leaving(phone: Visit):
    page = phone.open("/?lang=en&need=food&at=1650")
    keep(page, 1, 2)
    page.goto(phone.base + "/list?lang=en")
    expect(page.locator(".nv-card")).to_have_count(2)
    page.get_by_role("button", name="Delete all").click()
    expect(page.locator(".nv-card")).to_have_count(0)
    assert page.evaluate("localStorage['naerved-list']") is None
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".nv-card")).to_have_count(2)
    page.locator(".nv-card").first.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.locator(".nv-card")).to_have_count(1)
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("blob:**")
    page.goto(phone.base + "/list?lang=en")
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()


def test_on_paper_it_has_everything_and_the_code(visit: Visit):
    page = visit.open("/?lang=en&need=food&at=1650")
    keep(page, 1, 2)
    page.locator(".nv-top .nv-mine").click()
    page.get_by_label("Your own note").first.fill(NOTE)
    page.evaluate("window.print = () => { window.dispatchEvent(new Event('beforeprint')); }")
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.locator(".nv-code svg")).to_be_visible()
    expect(page.locator(".nv-paper").first).to_have_text(NOTE)
    expect(page.locator(".nv-card dl").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".nv-bar")).to_be_hidden()
    visit.shot("my-list-print")


@pytest.mark.parametrize(
    "damage", ["#c=no-such-record", "#c=%3Cscript%3E&n=%3Cimg%20src%3Dx%3E", "#x"]
)
def test_a_damaged_link_does_no_harm(visit: Visit, damage: str):
    page = visit.page
    page.goto(visit.base + "/list?lang=en" + damage)
    expect(page.get_by_text(re.compile("empty or damaged|Nothing is kept"))).to_be_visible()
    assert page.locator("img, main script").count() == 0


def test_without_a_network_the_list_is_still_there(phone: Visit):
    page = phone.open("/?lang=en&need=food&at=1650")
    keep(page, 1)
    phone.context.route("**/cards/*.json", lambda route: route.abort())
    page.goto(phone.base + "/list?lang=en")
    expect(page.locator(".nv-card")).to_have_count(1)
    expect(page.get_by_text(f"As it was on {date.today().isoformat()}")).to_be_visible()
