"""Help by how long it takes on foot, once an operator has built a street network."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from locator.travel import build_streets
from tests.browser.conftest import Visit
from tests.browser.test_handout import choose, open_it, sheet

# Town Hall Square in Copenhagen.
HERE = "/?lang=en&at=55.67610,12.56830"


@pytest.fixture(scope="module")
def walked(
    serve: Callable[..., str], shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of an app with the streets of inner Copenhagen."""
    tmp_path = tmp_path_factory.mktemp("network")
    build_streets(shared / "osm" / "inner_copenhagen_2025.osm.pbf", tmp_path / "streets")
    return serve(NAERVED_NETWORK=str(tmp_path))


@pytest.fixture
def walker(walked: str, browser: Browser) -> Visit:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    return Visit(context, walked)


def test_on_foot_the_list_is_in_minutes_and_the_way_is_drawn(walker):
    page = walker.open(HERE)
    travel = page.get_by_label("How you travel")
    expect(travel).to_be_visible(timeout=30_000)
    expect(travel.locator("option")).to_have_text(
        ["in a straight line", "on foot", "by bicycle", "by car"]
    )
    map_ = page.frame_locator("iframe[title*='folium']")
    expect(map_.locator(".label.ring")).to_have_text(["5 km", "10 km"], timeout=30_000)
    travel.select_option(label="on foot")
    far = page.get_by_label("How far").locator("option:checked")
    expect(far).to_have_text("within 30 min", timeout=30_000)
    distances = page.locator(".nv-results .nv-distance")
    expect(distances.first).to_contain_text("min on foot", timeout=30_000)
    expect(page.get_by_text("Travel times are on foot along streets and paths")).to_be_visible()
    expect(page.get_by_text("Near in a straight line, but no quick way known")).to_be_visible()
    # What is within reach, and no circles.
    expect(map_.locator(".label.ring")).to_have_text(["30 min"], timeout=30_000)
    expect(map_.locator("path.way")).to_have_count(0)
    page.get_by_role("button", name="Show on map").nth(1).click()
    expect(map_.locator("path.way")).to_have_count(2)  # the line, and its edge
    walker.shot("travel_on_foot")
    # What was chosen stands in the address, and a link brings it back.
    expect(page).to_have_url(re.compile("travel=foot"))
    walker.open(f"{HERE}&travel=foot&within=10min")
    expect(page.get_by_label("How you travel")).to_have_value("foot", timeout=30_000)
    expect(page.get_by_label("How far").locator("option:checked")).to_have_text("within 10 min")
    assert not walker.outside


def test_where_the_network_does_not_reach_nothing_else_is_offered(walker):
    page = walker.open("/?lang=en&at=55.39590,10.38830&travel=foot")
    told = page.get_by_text("Our street map does not reach this place, so distances are straight")
    expect(told).to_be_visible(timeout=30_000)
    expect(page.get_by_label("How you travel")).to_have_count(0)
    assert not walker.outside


def test_what_is_printed_tells_minutes_and_what_they_are(walker):
    page = walker.open(f"{HERE}&travel=foot")
    expect(page.locator(".nv-results .nv-distance").first).to_contain_text(
        "min on foot", timeout=30_000
    )
    choose(page)
    page.get_by_label("Print where I searched from").check()
    open_it(page)
    text = sheet(page)
    assert "min on foot" in text
    assert "Travel times are on foot along streets and paths" in text
    assert "straight lines" not in text
