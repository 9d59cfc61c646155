"""The street map of this machine, as a person sees it."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from locator.map import build_tiles
from tests.browser.test_find_help import map_frame, search


@pytest.fixture(scope="module")
def with_streets(serve, shared, tmp_path_factory) -> str:
    data = tmp_path_factory.mktemp("data")
    extract = shared / "osm" / "inner_copenhagen_2025.osm.pbf"
    build_tiles(extract, data / "map.pmtiles", lambda step: None)
    return serve(NAERVED_DATA=str(data), NAERVED_VECTORS="off")


def zoom_to(page: Page, zoom: int) -> None:
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    frame.evaluate(
        "zoom => void Object.values(window).find(v => v instanceof L.Map)"
        ".setZoom(zoom, {animate: false})",
        zoom,
    )


def test_streets_are_drawn_from_this_machine_alone(with_streets, browser: Browser):
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{with_streets}/?lang=en")
    search(page, "Nyhavn 17, 1051 København K")
    frame = map_frame(page)
    home = frame.get_by_role("button", name="Back to my place")
    expect(home).to_be_visible(timeout=30_000)  # the first search of this server
    # The street map leaves the view as it is: all within ten kilometres.
    expect(frame.get_by_text("10 km")).to_be_visible()
    expect(frame.locator(".pin").first).to_be_visible()
    zoom_to(page, 16)
    expect(frame.locator(".leaflet-streets-pane canvas.leaflet-tile-loaded").first).to_be_visible()
    assert [url for url in asked if "/tiles/" in url]
    assert not [url for url in asked if not url.startswith((with_streets, "data:", "blob:"))]
    expect(frame.get_by_text("No street map is installed here.")).to_be_hidden()
    # Colours of water and of streets are really there.
    colours = frame.locator(".leaflet-streets-pane").evaluate(
        """pane => { const found = new Set();
        for (const canvas of pane.querySelectorAll("canvas")) {
          const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          for (let i = 0; i < data.length; i += 40) found.add(data.slice(i, i + 3).join());
        } return [...found]; }"""
    )
    assert {"255,255,255", "215,230,240"} <= set(colours)
    page.close()


@pytest.mark.parametrize("late", [0, 3], ids=["", "drawing_late"])
def test_a_place_beyond_the_street_map_is_said_to_be(with_streets, browser: Browser, late):
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.route("**/streets.js", lambda route: (time.sleep(late), route.continue_()))
    page.goto(f"{with_streets}/?lang=en")
    search(page, "5000 Odense C")
    frame = map_frame(page)
    home = frame.get_by_role("button", name="Back to my place")
    expect(home).to_be_visible(timeout=30_000)  # the first search of this server
    zoom_to(page, 16)
    expect(frame.get_by_text("No street map is installed here.")).to_be_visible()
    frame.get_by_role("button", name="Back to my place").click()
    expect(frame.get_by_text("No street map is installed here.")).to_be_hidden()
    page.close()


def test_without_a_street_map_its_drawing_is_not_fetched(visit):
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open()
    search(page, "5000 Odense C")
    expect(map_frame(page).get_by_role("button", name="Back to my place")).to_be_visible()
    assert not [url for url in asked if re.search("protomaps|streets.js", url)]
