"""The page "Coverage" in headless Chromium: the map answers a click with what would change."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_click_tries_a_new_place(visit: Visit):
    page = visit.page
    page.goto(visit.base + "/coverage?lang=en")
    frame = page.frame_locator("iframe[title*='folium']")
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1500)
    visit.shot("coverage")
    # Odense, wherever the map has put it.
    at = page.evaluate(
        "() => { const map = document.querySelector('iframe[title*=folium]').contentWindow.map;"
        " const p = map.latLngToContainerPoint([55.40, 10.39]); return {x: p.x, y: p.y}; }"
    )
    frame.locator(".leaflet-container").click(position=at)
    expect(page.get_by_text("live nearer to help than today")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Remove the new places").click()
    expect(page.get_by_text("live nearer to help than today")).to_have_count(0)
