"""Names and texts in the data do nothing but stand there, whatever they hold."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

HOSTILE = [
    "<img src=x onerror=\"document.title='hacked'\">",
    "<script>document.title='hacked'</script>",
    "${document.title='hacked'}`${alert(1)}`",
    "</script><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "\u202eevil\u202c \u2028 '\"; alert(1)//",
    "[link](javascript:alert(1)) **bold** :red[x]",
]


@pytest.fixture(scope="module")
def hostile_app(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("directory")
    lines = [
        {
            "id": f"hostile-{number}",
            "name": text,
            "translations": [
                {"field": field, "language": "en", "text": text, "of": "0" * 16, "origin": "person"}
                for field in ("name", "description")
            ],
            "description": text,
            "audience_note": text,
            "hours_note": text,
            "categories": ["library"],
            "organization": {"name": text, "website": "javascript:alert(1)"},
            "address": text,
            "postcode": "1550",
            "city": text,
            "lat": 55.6761 + number / 1000,
            "lon": 12.5683,
            "precision": "address",
            "point_source": text,
            "emails": [text],
            "website": "javascript:alert(1)",
            "sources": [{"url": "https://example.org/?q=<script>", "evidence": text}],
        }
        for number, text in enumerate(HOSTILE)
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (folder / "hostile.jsonl").write_text(text, encoding="utf-8")
    return serve(NAERVED_DIRECTORY=str(folder))


@pytest.fixture
def victim(browser: Browser, hostile_app: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Visit(context, hostile_app)
    context.close()


def test_hostile_names_do_nothing(victim: Visit):
    page = victim.open("/?category=library&at=1550")
    cards = page.locator("li.nv-card")
    expect(cards).to_have_count(len(HOSTILE))
    frame = page.frame_locator("iframe[title*='folium']")
    expect(frame.locator(".pin")).to_have_count(len(HOSTILE))
    for number in range(len(HOSTILE)):
        card = cards.nth(number)
        card.locator("summary").click()
        card.get_by_role("button", name="Show on map").click()
    expect(frame.locator(".leaflet-popup-content").last).to_be_visible()
    page.get_by_role("button", name="Print", exact=True).click()
    page.get_by_role("button", name=re.compile("^Open the print view")).click()
    expect(page.get_by_role("heading", name="Help near you")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.title() != "hacked"
    assert not victim.dialogs
    assert not victim.outside
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator(".handout img, .handout script").count() == 0
    victim.shot("hostile")
