"""A card read aloud: by a voice on the device only, numbers digit by digit, Danish in Danish."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

# A browser with these voices, which notes what it is asked to say.
SPEECH = """
window.said = [];
class Utterance { constructor(text) { this.text = text; } }
const speech = new EventTarget();
Object.assign(speech, {
  getVoices: () => VOICES,
  speak: (one) => said.push([one.text, one.lang, one.voice.name]),
  cancel: () => said.push(["stop"]),
});
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = Utterance;
"""
LOCAL = """[{ name: "Anna", lang: "en-GB", localService: true },
  { name: "Naja", lang: "da-DK", localService: true },
  { name: "Cloud", lang: "en-US", localService: false }]"""
REMOTE = '[{ name: "Cloud", lang: "en-US", localService: false }]'


@pytest.mark.parametrize(("voices", "offered"), [(LOCAL, True), (REMOTE, False)])
def test_it_is_offered_where_a_voice_is_on_the_device(visit: Visit, voices: str, offered: bool):
    visit.page.add_init_script(SPEECH.replace("VOICES", voices))
    page = visit.open("/?lang=en&need=papers&at=1550")
    card = page.locator(".nv-card").first
    expect(card).to_be_visible()
    button = card.get_by_role("button", name="Read aloud")
    expect(button).to_be_visible(visible=offered)
    if not offered:
        return
    phone = card.locator("a[href^='tel:']").first
    digits = " ".join(phone.get_attribute("href").removeprefix("tel:").removeprefix("+45"))
    button.click()
    said = page.evaluate("said")
    words = [one[0] for one in said]
    assert card.locator("h3 bdi").inner_text() in words
    assert digits in words
    place = card.locator(".nv-place").inner_text()
    assert [place, "da-DK", "Naja"] in said
    assert {one[2] for one in said if len(one) > 1} <= {"Anna", "Naja"}
    card.get_by_role("button", name="Stop reading").click()
    assert page.evaluate("said.at(-1)") == ["stop"]
    expect(card.get_by_role("button", name="Read aloud")).to_be_visible()
