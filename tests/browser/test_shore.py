"""The shore close up, on a map without an extract."""

import time

import pytest


@pytest.mark.parametrize("late", [0, 4], ids=["", "styles_late"])
def test_copenhagen_has_its_harbour_once_one_is_near(visit, late):
    """Also where the map's styles come after all else: the sea is not left grey."""
    visit.context.route("**/naerved.css", lambda route: (time.sleep(late), route.continue_()))
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open("/")
    page.wait_for_function(
        "document.querySelector(\"iframe[title*='folium']\")?.contentWindow.naervedPainted"
    )
    assert not [url for url in asked if "/shore/" in url]  # the first view grows by nothing
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    with page.expect_response("**/shore/278_31.json"):
        frame.evaluate(
            "() => void Object.values(window).find(v => v instanceof L.Map)"
            ".setView([55.6825, 12.5985], 15, {animate: false})"
        )
    pixel = """() => { const box = document.querySelector(".leaflet-land-pane canvas");
        const map = Object.values(window).find(v => v instanceof L.Map);
        const at = map.latLngToLayerPoint([LAT, LON]).subtract(L.DomUtil.getPosition(box));
        const scale = box.width / box.clientWidth;
        return box.getContext("2d").getImageData(at.x * scale, at.y * scale, 1, 1).data.join(); }"""
    water = pixel.replace("LAT", "55.6825").replace("LON", "12.5985")
    land = pixel.replace("LAT", "55.6802").replace("LON", "12.5905")
    frame.wait_for_function(f"({water})() === '215,230,240,255'")
    assert frame.evaluate(land) == "247,244,236,255"
    assert visit.outside == []
