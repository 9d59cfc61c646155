"""The page "Coverage" in headless Chromium: the map answers a click with what would change."""

from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import expect

from locator.cli import main
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
    frame.get_by_role("button", name="Try a new place here").click()
    expect(page.get_by_text("live nearer to help than today")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Remove the new places").click()
    expect(page.get_by_text("live nearer to help than today")).to_have_count(0)


def test_it_shows_where_new_places_would_help_most(visit: Visit):
    page = visit.page
    page.goto(visit.base + "/coverage?lang=en")
    page.get_by_role("button", name="Show where they would help most").click(timeout=60_000)
    expect(page.get_by_text("New places (pink on the map) near")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("more live within")).to_be_visible()


def test_the_map_of_an_export_opens_as_a_file_and_asks_nobody(visit: Visit, tmp_path: Path):
    arguments = ["coverage", "-c", "food_bank", "--within", "5km", "--out", str(tmp_path)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    visit.base = tmp_path.as_uri()
    visit.page.goto(f"{visit.base}/map.html")
    expect(visit.page.locator(".leaflet-container canvas").first).to_be_visible()
    expect(visit.page.get_by_text("Aarhus", exact=True)).to_be_visible()  # the base map is there
    assert visit.page.evaluate("window.naervedPainted") == 1
    assert not visit.outside
